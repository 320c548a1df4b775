// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.out.NodeFmtLib;
import org.apache.jena.vocabulary.RDF;
import org.mercat.vocabulary.VocabularyState.Value;

/** Writes the nodes of a graph so that equal texts mean the same: a blank node is what is said of it. */
final class NodeTexts {
    private static final int MOST_STEPS = 20_000;
    private static final int DEEPEST = 500;
    private static final String RING = "[ ... ]";
    private static final int LONGEST = 10_000;

    private final Graph graph;
    private final UnaryOperator<String> names;
    private final Map<Node, String> known = new HashMap<>();
    private int steps;

    /** @param names another name for an IRI, or the same */
    NodeTexts(Graph graph, UnaryOperator<String> names) {
        this.graph = graph;
        this.names = names;
    }

    Value value(Node node) {
        steps = 0;
        String language = node.isLiteral() ? node.getLiteralLanguage().toLowerCase(Locale.ROOT) : "";
        return new Value(text(node, new HashSet<>()), language);
    }

    /** Blank nodes that are nobody's value. */
    List<Value> withoutPlace() {
        Set<Node> placed = graph.stream().map(Triple::getObject).collect(Collectors.toSet());
        List<Value> values = new ArrayList<>();
        graph.stream()
                .map(Triple::getSubject)
                .filter(subject -> subject.isBlank() && !placed.contains(subject))
                .distinct()
                .forEach(subject -> values.add(value(subject)));
        return values;
    }

    private String text(Node node, Set<Node> inside) {
        if (node.isURI()) {
            return "<" + names.apply(node.getURI()) + ">";
        }
        if (!node.isBlank()) {
            return NodeFmtLib.strTTL(node);
        }
        if (known.containsKey(node)) {
            return known.get(node);
        }
        if (inside.contains(node)) {
            return RING;
        }
        if (++steps > MOST_STEPS || inside.size() == DEEPEST) {
            throw new IllegalArgumentException(
                    "Blank nodes lead to each other in too many ways to be compared: give some of them names.");
        }
        inside.add(node);
        List<Node> members = members(node);
        String text = members.isEmpty()
                ? content(node, inside)
                : members.stream().map(member -> text(member, inside)).collect(Collectors.joining(" ", "( ", " )"));
        inside.remove(node);
        boolean isInRing = text.contains(RING);
        if (text.length() > LONGEST) {
            text = "[ " + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)) + (isInRing ? RING : "") + " ]";
        }
        if (!isInRing) { // else it depends on where it was begun
            known.put(node, text);
        }
        return text;
    }

    private String content(Node node, Set<Node> inside) {
        return graph.stream(node, Node.ANY, Node.ANY)
                .map(triple -> "<" + triple.getPredicate().getURI() + "> " + text(triple.getObject(), inside))
                .sorted()
                .collect(Collectors.joining(" ; ", "[ ", " ]"));
    }

    /** Of a list that has them in one order and nothing else; else empty. */
    private List<Node> members(Node head) {
        List<Node> members = new ArrayList<>();
        Set<Node> cells = new HashSet<>();
        Node cell = head;
        while (cell.isBlank() && cells.add(cell)) {
            List<Triple> said = graph.find(cell, Node.ANY, Node.ANY).toList();
            List<Node> first = objects(said, RDF.Nodes.first);
            List<Node> rest = objects(said, RDF.Nodes.rest);
            if (said.size() != 2 || first.size() != 1 || rest.size() != 1) {
                return List.of();
            }
            members.add(first.get(0));
            cell = rest.get(0);
        }
        return cell.equals(RDF.Nodes.nil) ? members : List.of();
    }

    private static List<Node> objects(List<Triple> triples, Node property) {
        return triples.stream()
                .filter(triple -> triple.getPredicate().equals(property))
                .map(Triple::getObject)
                .toList();
    }
}
