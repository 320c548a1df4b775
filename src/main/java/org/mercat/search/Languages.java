// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.compound.DictionaryCompoundWordTokenFilter;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.es.SpanishLightStemFilter;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.it.ItalianLightStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.miscellaneous.LengthFilter;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.mercat.rdf.Fold;
import org.tartarus.snowball.ext.CatalanStemmer;

/**
 * How text becomes words of the index, in five languages: names in one piece are taken apart, case and accents do not
 * count, the words that carry no meaning are left out, the others are reduced to their stems.
 */
final class Languages {
    /** ISO 639-1 codes; the first is that of text which names no language. */
    static final List<String> ALL = List.of("en", "de", "es", "ca", "it");

    private static final int LONGEST_WORD = 64;
    private static final int PARTS = WordDelimiterGraphFilter.GENERATE_WORD_PARTS
            | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
            | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE
            | WordDelimiterGraphFilter.SPLIT_ON_NUMERICS
            | WordDelimiterGraphFilter.STEM_ENGLISH_POSSESSIVE;

    private static final CharArraySet ARTICLES_CA = new CharArraySet(List.of("d", "l", "m", "n", "s", "t"), true);
    private static final CharArraySet ARTICLES_IT = new CharArraySet(
            List.of(
                    "c", "l", "all", "dall", "dell", "nell", "sull", "coll", "pell", "gl", "agl", "dagl", "degl",
                    "negl", "sugl", "un", "m", "t", "s", "v", "d"),
            true);

    private static final Map<String, CharArraySet> STOP_WORDS = Map.of(
            "en", EnglishAnalyzer.getDefaultStopSet(),
            "de", GermanAnalyzer.getDefaultStopSet(),
            "es", SpanishAnalyzer.getDefaultStopSet(),
            "ca", CatalanAnalyzer.getDefaultStopSet(),
            "it", ItalianAnalyzer.getDefaultStopSet());

    private static final int SHORTEST_PART = 4;
    private static final int SHORTEST_COMPOUND = 7;
    private static final int LONGEST_PART = 24;

    private static final Analyzer SPLIT = new Words(null, CharArraySet.EMPTY_SET, false);
    private static final Analyzer ANALYZER = analyzer(new Words(null, CharArraySet.EMPTY_SET, true));

    private final Map<String, Analyzer> stemmed = new HashMap<>();

    /** @param german words of which compounds are made: they are found by their parts too */
    Languages(Collection<String> german) {
        CharArraySet parts = new CharArraySet(german.size(), false);
        german.stream()
                .filter(Languages::isPart)
                .map(word -> word.toLowerCase(Locale.ROOT))
                .forEach(parts::add);
        ALL.forEach(language -> stemmed.put(language, new Words(language, parts, true)));
    }

    private static Analyzer analyzer(Analyzer written) {
        return new PerFieldAnalyzerWrapper(new KeywordAnalyzer(), Map.of(Fields.WORDS, written, Fields.PLACE, written));
    }

    /** Whether German words that have this one in them are taken apart, if it is one of which compounds are made. */
    static boolean isPart(String word) {
        return word.length() >= SHORTEST_PART;
    }

    /** The language whose rules a text goes by; unknown ones go by those of the first. */
    static String of(String tag) {
        String primary = tag.split("-", 2)[0].toLowerCase(Locale.ROOT);
        return ALL.contains(primary) ? primary : ALL.get(0);
    }

    /** Of {@link Fields#WORDS} and {@link Fields#PLACE}; fields of stems are given theirs by {@link #stems}. */
    static Analyzer analyzer() {
        return ANALYZER;
    }

    /** The words of a text in small letters. */
    List<String> split(String text) {
        return words(SPLIT, text);
    }

    /** The words of a text as {@link Fields#WORDS} has them: without accents. */
    List<String> written(String text) {
        return words(ANALYZER, text);
    }

    /** The stems of a text in a language, those of the text without accents among them: people leave accents out. */
    List<String> stems(String language, String text) {
        List<String> stems = words(stemmed.get(language), text);
        String folded = Fold.fold(text);
        if (!folded.equalsIgnoreCase(text)) {
            for (String stem : words(stemmed.get(language), folded)) {
                if (!stems.contains(stem)) {
                    stems.add(stem);
                }
            }
        }
        return stems;
    }

    private static List<String> words(Analyzer analyzer, String text) {
        List<String> words = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream(Fields.WORDS, text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    /** Whether a word, in small letters, carries no meaning in some of the languages. */
    static boolean isStopWord(String word) {
        return STOP_WORDS.values().stream().anyMatch(words -> words.contains(word));
    }

    /** Of one language; of none it neither leaves words out nor takes their endings. */
    private static final class Words extends Analyzer {
        private final String language;
        private final CharArraySet german;
        private final boolean folded;

        Words(String language, CharArraySet german, boolean folded) {
            this.folded = folded;
            this.language = language;
            this.german = german;
        }

        /** So that no phrase goes on from one text into the next. */
        @Override
        public int getPositionIncrementGap(String field) {
            return 100;
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
            StandardTokenizer tokens = new StandardTokenizer();
            TokenStream words = new WordDelimiterGraphFilter(tokens, PARTS, null);
            words = new LowerCaseFilter(new FlattenGraphFilter(words));
            if (language != null) {
                words = stemmed(words);
            }
            return new TokenStreamComponents(
                    tokens, new LengthFilter(folded ? new ASCIIFoldingFilter(words) : words, 1, LONGEST_WORD));
        }

        private TokenStream stemmed(TokenStream words) {
            TokenStream bare = switch (language) {
                case "ca" -> new ElisionFilter(words, ARTICLES_CA);
                case "it" -> new ElisionFilter(words, ARTICLES_IT);
                case "en" -> new EnglishPossessiveFilter(words);
                default -> words;
            };
            TokenStream telling = new StopFilter(bare, STOP_WORDS.get(language));
            return switch (language) {
                case "de" -> new GermanLightStemFilter(new GermanNormalizationFilter(compounds(telling)));
                case "es" -> new SpanishLightStemFilter(telling);
                case "ca" -> new SnowballFilter(telling, new CatalanStemmer());
                case "it" -> new ItalianLightStemFilter(telling);
                default -> new PorterStemFilter(telling);
            };
        }

        private TokenStream compounds(TokenStream words) {
            return new DictionaryCompoundWordTokenFilter(
                    words, german, SHORTEST_COMPOUND, SHORTEST_PART, LONGEST_PART, true);
        }
    }
}
