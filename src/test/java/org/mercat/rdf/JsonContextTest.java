// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JsonContextTest {
    /** Terms that are values of members: of core those that are individuals of a class of ours. */
    private static final Pattern SUBJECT =
            Pattern.compile("^(?:(?:dt|cat|lic|unit):(\\S+)|mc:(\\S+)\\s+a mc:)", Pattern.MULTILINE);

    @Test
    void no_term_of_a_vocabulary_is_hidden_by_a_name_of_the_context() throws IOException {
        Set<String> words = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("vocabularies"))) {
            List<Path> turtle =
                    files.filter(file -> file.toString().endsWith(".ttl")).toList();
            assertThat(turtle).isNotEmpty();
            turtle.forEach(file -> SUBJECT.matcher(Bodies.file(file.toString()))
                    .results()
                    .forEach(m -> words.add(m.group(1) == null ? m.group(2) : m.group(1))));
        }
        assertThat(words).contains("number", "HTTP_GET").hasSizeGreaterThan(100).allMatch(IriSyntax::isWord);
        assertThat(words)
                .doesNotContainAnyElementsOf(Bodies.CONTEXT.scope().names().keySet());
    }

    @Test
    void every_own_iri_of_the_context_is_in_the_core_vocabulary() {
        String core = Bodies.file("vocabularies/core.ttl");
        Set<String> used = new TreeSet<>();
        collect(Bodies.CONTEXT.scope(), used);
        assertThat(used).hasSizeGreaterThan(15).allMatch(name -> core.contains("\nmc:" + name + " a "));
    }

    private static void collect(JsonScope scope, Set<String> names) {
        for (JsonTerm term : scope.terms()) {
            String iri = term.predicate.getURI();
            boolean isNew =
                    !iri.startsWith("https://w3id.org/mercat/core#") || names.add(iri.substring(iri.indexOf('#') + 1));
            if (isNew && term.kind == JsonTerm.Kind.NODE) {
                collect(term.inner, names);
            }
        }
    }

    @Test
    void the_base_is_put_in() {
        assertThat(Bodies.CONTEXT.text()).doesNotContain("{base}").contains("https://market.example/providers/");
        assertThat(Bodies.CONTEXT.iri()).isEqualTo("https://market.example/context/v1.jsonld");
        assertThat(Bodies.CONTEXT.iris()).containsExactlyInAnyOrder(Bodies.CONTEXT.iri(), JsonContext.PUBLISHED);
    }
}
