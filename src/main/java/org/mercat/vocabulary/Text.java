// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;

/**
 * A text that people read.
 *
 * @param language tag; empty if it has none
 */
public record Text(String text, String language) {
    static final List<Node> LABELS = List.of(SKOS.prefLabel.asNode(), RDFS.label.asNode(), DCTerms.title.asNode());
    static final List<Node> DEFINITIONS =
            List.of(SKOS.definition.asNode(), DCTerms.description.asNode(), RDFS.comment.asNode());

    /** All that a graph says of a thing by a property, in the order of languages. */
    static List<Text> all(Graph graph, Node subject, Node property) {
        return graph
                .find(subject, property, Node.ANY)
                .mapWith(Triple::getObject)
                .filterKeep(Node::isLiteral)
                .mapWith(literal -> new Text(literal.getLiteralLexicalForm(), literal.getLiteralLanguage()))
                .toList()
                .stream()
                .sorted(Comparator.comparing(Text::language).thenComparing(Text::text))
                .toList();
    }

    /** The first of some properties that says anything, in a language, else in English, else in any. */
    public static Optional<Text> best(Graph graph, Node subject, List<Node> properties, String language) {
        for (Node property : properties) {
            Optional<Text> best =
                    all(graph, subject, property).stream().min(Comparator.comparingInt(text -> text.rank(language)));
            if (best.isPresent()) {
                return best;
            }
        }
        return Optional.empty();
    }

    private int rank(String wanted) {
        return language.equals(wanted) ? 0 : language.equals("en") ? 1 : language.isEmpty() ? 2 : 3;
    }

    /** The name of a thing; without one the last part of its IRI. */
    static Text label(Graph graph, Node thing, String language) {
        return best(graph, thing, LABELS, language).orElseGet(() -> new Text(Glossary.localName(thing.toString()), ""));
    }
}
