// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.vocabulary.RDF;
import org.mercat.rdf.ParameterType;
import org.mercat.rdf.Suggestion;
import org.mercat.rdf.Terms;

/** Understands the words of a search: bare words as in the JSON of an offering, compact IRIs and full ones. */
public final class Words {
    private static final int SUGGESTIONS = 3;
    private static final int FEW = 12;

    private final Terms terms;
    private final Map<String, String> prefixes;

    /** @param prefixes namespace by prefix, as the JSON-LD context has them */
    public Words(Terms terms, Map<String, String> prefixes) {
        this.terms = terms;
        this.prefixes = Map.copyOf(prefixes);
    }

    /** The IRI of a word, known or not; empty if no IRI can be made of it. */
    Optional<Node> iri(String word, String namespace) {
        int colon = word.indexOf(':');
        String expanded = colon < 0
                ? namespace + word
                : Optional.ofNullable(prefixes.get(word.substring(0, colon)))
                        .map(prefix -> prefix + word.substring(colon + 1))
                        .orElse(word);
        Node node = NodeFactory.createURI(expanded);
        return !word.isBlank() && ParameterType.IRI.accepts(node) ? Optional.of(node) : Optional.empty();
    }

    /** Namespace by prefix. */
    Map<String, String> prefixes() {
        return prefixes;
    }

    /** All terms of a class, by their local names. */
    List<String> all(Node type) {
        return terms
                .graph()
                .find(Node.ANY, RDF.Nodes.type, type)
                .mapWith(triple -> triple.getSubject().getLocalName())
                .toList()
                .stream()
                .sorted()
                .toList();
    }

    /** A term as people of that language call it. */
    String label(Node term, String language) {
        return terms.label(term, language);
    }

    /** A term by prefix and local name, as the JSON-LD context has them; another IRI as it is. */
    String shortened(Node term) {
        String iri = term.toString();
        return prefixes.entrySet().stream()
                .filter(prefix -> iri.startsWith(prefix.getValue()))
                .max(Comparator.comparingInt(prefix -> prefix.getValue().length()))
                .map(prefix ->
                        prefix.getKey() + ":" + iri.substring(prefix.getValue().length()))
                .orElse(iri);
    }

    /** Whether some vocabulary has such a term of that class, or an alias of one. */
    boolean isKnown(Node term, Node type) {
        return terms.graph().contains(term, RDF.Nodes.type, type);
    }

    /** The known terms of that class that are most alike, in a clause to end a message with. */
    String nearest(String word, Node type) {
        List<Suggestion> nearest = terms.nearest(word, type, SUGGESTIONS);
        if (nearest.isEmpty()) {
            List<String> all = all(type);
            return all.size() <= FEW
                    ? "Write one of " + String.join(", ", all) + "."
                    : "GET /terms?q=... finds terms by their labels.";
        }
        return "Do you mean "
                + String.join(
                        ", ",
                        nearest.stream()
                                .map(s -> s.label() + " (" + s.term().getURI() + ")")
                                .toList())
                + "?";
    }
}
