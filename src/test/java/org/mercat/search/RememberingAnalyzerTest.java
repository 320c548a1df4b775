// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttribute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered is what the analyzer made. */
class RememberingAnalyzerTest {
    private static final List<String> FIELDS = List.of("en", "de", "es", "ca", "it").stream()
            .map(language -> Fields.of(Fields.TEXT, language))
            .toList();

    private static List<String> tokens(Analyzer analyzer, String field, String text) throws IOException {
        List<String> tokens = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream(field, text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            PositionIncrementAttribute increment = stream.addAttribute(PositionIncrementAttribute.class);
            PositionLengthAttribute length = stream.addAttribute(PositionLengthAttribute.class);
            OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            boolean more;
            do {
                more = stream.incrementToken();
                if (!more) {
                    stream.end();
                }
                tokens.add((more ? term + " " + length.getPositionLength() : "end") + " "
                        + increment.getPositionIncrement() + " " + offset.startOffset() + " " + offset.endOffset());
            } while (more);
        }
        return tokens;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Parking",
                "Free parking spaces in the old town, with the",
                "Parkhausbelegung und Straßenverkehr",
                "l'aparcament d'aquí",
                "air-quality PM10 WiFi2go",
                "🅿 مرحبا 停车场"
            })
    void tokens_are_the_same_the_first_time_and_later(String text) throws IOException {
        Analyzer plain = new Languages(Set.of("park", "haus", "belegung")).analyzer();
        Analyzer remembering = new RememberingAnalyzer(plain);
        for (String field : FIELDS) {
            List<String> expected = tokens(plain, field, text);
            assertThat(tokens(remembering, field, text)).isEqualTo(expected);
            assertThat(tokens(remembering, field, "between")).isEqualTo(tokens(plain, field, "between"));
            assertThat(tokens(remembering, field, text)).isEqualTo(expected);
        }
    }
}
