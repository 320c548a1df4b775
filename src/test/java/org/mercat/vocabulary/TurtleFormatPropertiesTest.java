// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.junit.jupiter.api.Test;

/** What must hold for any Turtle, on generated texts with comments anywhere; a seed that fails is in the message. */
class TurtleFormatPropertiesTest {
    private static final int TEXTS = 1000;

    @Test
    void the_graph_and_all_comments_survive_and_a_second_time_changes_nothing() {
        for (int seed = 0; seed < TEXTS; seed++) {
            RandomTurtle random = new RandomTurtle(seed);
            String text = random.text();
            String formatted = TurtleFormat.format(text);
            String message = "seed " + seed + ":\n" + text + "\nbecame:\n" + formatted;
            assertThat(graph(formatted).isIsomorphicWith(graph(text)))
                    .as(message)
                    .isTrue();
            assertThat(diff(text, formatted).isEmpty())
                    .as("no difference: %s", message)
                    .isTrue();
            assertThat(TurtleFormat.format(formatted))
                    .as("formatted once more: %s", message)
                    .isEqualTo(formatted);
            for (int comment = 0; comment < random.comments; comment++) {
                assertThat(formatted).as(message).containsOnlyOnce("#c" + comment + "!");
            }
        }
    }

    private static VocabularyDiff diff(String before, String after) {
        return VocabularyDiff.between(
                new TreeMap<>(Map.of("a.ttl", graph(before))), new TreeMap<>(Map.of("b.ttl", graph(after))));
    }

    private static Graph graph(String text) {
        return RDFParser.fromString(text, Lang.TURTLE).base("http://base/").toGraph();
    }

    /** Writes small graphs in all ways that Turtle has. */
    private static final class RandomTurtle {
        private static final List<String> IRIS = List.of(
                "ex:a",
                "ex:b",
                "<http://e/c>",
                "<http://e/d/e>",
                "x:a.b",
                "skos:Concept",
                "<rel>",
                "ex:",
                "ex:u\\/v",
                "<http://other/>",
                "s:Concept");
        private static final List<String> VERBS = List.of(
                "a", "ex:p", "rdfs:label", "rdfs:isDefinedBy", "<http://e/q>", "rdf:first", "rdf:rest", "rdf:type");
        private static final List<String> LITERALS = List.of(
                "1",
                "-1.5",
                "1e3",
                ".5",
                "true",
                "\"x\"",
                "'y \"quoted\"'",
                "\"en\"@en",
                "\"de\"@de",
                "\"fr\"@fr-CA",
                "\"\"\"two\nlines # no comment\"\"\"",
                "\"\\t\\n\\\\ \\u00E9 \\\"\"",
                "\"5\"^^xsd:integer",
                "\"é𝄞\"",
                "'''it''s\r\n\"\"\"'''",
                "\"\"",
                "\"a long text that fills the line and more and more and more of it\"@es");

        private final Random random;
        private final StringBuilder out = new StringBuilder();
        private final List<String> words = new ArrayList<>();
        private int comments;

        RandomTurtle(int seed) {
            random = new Random(seed);
        }

        String text() {
            for (String prefix : List.of(
                    "ex: <http://e/>",
                    "x: <http://x/y#>",
                    "skos: <http://mine/>",
                    "rdfs: <http://www.w3.org/2000/01/rdf-schema#>",
                    "s: <http://www.w3.org/2004/02/skos/core#>",
                    "rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>",
                    "xsd: <http://www.w3.org/2001/XMLSchema#>")) {
                String[] parts = prefix.split(" ");
                words.addAll(
                        random.nextBoolean()
                                ? List.of("@prefix", parts[0], parts[1], ".")
                                : List.of("PREFIX", parts[0], parts[1]));
            }
            IntStream.range(0, random.nextInt(7)).forEach(any -> statement());
            words.forEach(this::write);
            space();
            return out.toString();
        }

        private void statement() {
            int kind = random.nextInt(10);
            if (kind == 0) {
                words.addAll(List.of("@prefix", "late:", "<http://late/>", "."));
                return;
            }
            boolean empty = random.nextBoolean();
            if (kind == 1 && empty) {
                words.addAll(List.of("[", "]"));
            } else if (kind == 1) {
                anonymous(2, false);
            } else if (kind == 2) {
                list(2, true);
            } else {
                words.add(kind < 5 ? label() : any(IRIS));
            }
            if (kind != 1 || empty || random.nextBoolean()) {
                properties(3);
            }
            words.add(".");
        }

        private void properties(int depth) {
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                words.add(any(VERBS));
                object(depth);
                while (random.nextInt(3) == 0) {
                    words.add(",");
                    object(depth);
                }
                if (i < count - 1 || random.nextInt(4) == 0) {
                    words.add(";");
                }
            }
        }

        private void object(int depth) {
            int kind = random.nextInt(depth > 0 ? 10 : 7);
            if (kind < 3) {
                words.add(any(LITERALS));
            } else if (kind < 5) {
                words.add(any(IRIS));
            } else if (kind < 7) {
                words.add(label());
            } else if (kind < 9) {
                anonymous(depth - 1, true);
            } else {
                list(depth - 1, false);
            }
        }

        private void anonymous(int depth, boolean canBeEmpty) {
            words.add("[");
            if (!canBeEmpty || random.nextInt(4) > 0) {
                properties(depth);
            }
            words.add("]");
        }

        private void list(int depth, boolean isSubject) {
            words.add("(");
            IntStream.range(isSubject ? 1 : 0, 1 + random.nextInt(4)).forEach(any -> object(depth));
            words.add(")");
        }

        private String label() {
            return "_:b" + random.nextInt(5);
        }

        private String any(List<String> choices) {
            return choices.get(random.nextInt(choices.size()));
        }

        private void write(String word) {
            space();
            out.append(word);
        }

        private void space() {
            out.append(' ');
            if (random.nextInt(8) == 0) {
                out.append("\n".repeat(random.nextInt(3))).append("  #c" + comments++ + "!\n");
            }
            out.append("\n".repeat(Math.max(0, random.nextInt(12) - 9)));
        }
    }
}
