// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.rdf.Terms;

/** What people call the terms: labels and alternative labels by language. For any number of threads. */
final class Labels {
    private static final List<Node> NAMES =
            List.of(SKOS.prefLabel.asNode(), RDFS.label.asNode(), SKOS.altLabel.asNode(), SKOS.hiddenLabel.asNode());

    private final Terms terms;
    private final Map<Node, Map<String, String>> known = new ConcurrentHashMap<>();
    private final Map<Node, List<String>> stems = new ConcurrentHashMap<>();
    private final Map<Node, List<String>> written = new ConcurrentHashMap<>();

    Labels(Terms terms) {
        this.terms = terms;
    }

    /** All names of a term in one text a language; of one without labels the last part of its IRI. */
    Map<String, String> of(Node term) {
        return known.computeIfAbsent(term, this::read);
    }

    /** The stems of all names of a term, each by the rules of its language. */
    List<String> stems(Node term, Languages languages) {
        return stems.computeIfAbsent(term, its -> {
            List<String> all = new ArrayList<>();
            of(its).forEach((language, names) -> all.addAll(languages.stems(language, names)));
            return List.copyOf(all);
        });
    }

    /** The words of all names of a term as they are written. */
    List<String> written(Node term, Languages languages) {
        return written.computeIfAbsent(term, its -> languages.written(String.join(" ; ", of(its).values())));
    }

    /** Every single word that names of terms have in a language. */
    Set<String> words(String language) {
        Set<String> words = new TreeSet<>();
        for (Node property : NAMES) {
            terms.graph().find(Node.ANY, property, Node.ANY).forEachRemaining(label -> {
                if (label.getObject().isLiteral()
                        && label.getObject().getLiteralLanguage().equals(language)) {
                    words.addAll(
                            List.of(label.getObject().getLiteralLexicalForm().split("[^\\p{L}]+")));
                }
            });
        }
        return words;
    }

    private Map<String, String> read(Node term) {
        Map<String, StringJoiner> names = new HashMap<>();
        for (Node property : NAMES) {
            terms.graph().find(term, property, Node.ANY).forEachRemaining(label -> {
                if (label.getObject().isLiteral()) {
                    names.computeIfAbsent(
                                    Languages.of(label.getObject().getLiteralLanguage()), l -> new StringJoiner(" ; "))
                            .add(label.getObject().getLiteralLexicalForm());
                }
            });
        }
        if (names.isEmpty()) {
            return Map.of(Languages.of(""), terms.label(term, Languages.of("")));
        }
        Map<String, String> texts = new HashMap<>();
        names.forEach((language, its) -> texts.put(language, its.toString()));
        return Map.copyOf(texts);
    }
}
