// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;

/**
 * Finds parents that are broader than another parent of the same term. ARQ's property paths recurse and end in a stack
 * overflow on a long chain; this looks at a limited number of ancestors of each term, the nearest first.
 */
final class Shortcuts {
    /** Ancestors of one term that are looked at; with it the time is linear in the number of terms. */
    private static final int MOST = 1000;

    /** A statement that follows from others: the term's parent {@code far} is broader than its parent {@code near}. */
    record Shortcut(Node term, Node property, Node far, Node near) {}

    private Shortcuts() {}

    /** Those in the hierarchies of classes, properties and concepts. */
    static List<Shortcut> of(Graph graph) {
        List<Shortcut> shortcuts = new ArrayList<>();
        for (Node property : List.of(RDFS.subClassOf.asNode(), RDFS.subPropertyOf.asNode(), SKOS.broader.asNode())) {
            Map<Node, List<Node>> parents = parents(graph, property);
            parents.forEach((term, its) -> {
                if (its.size() > 1) {
                    its.forEach(near -> addThoseBeyond(near, term, property, parents, shortcuts));
                }
            });
        }
        return shortcuts;
    }

    private static Map<Node, List<Node>> parents(Graph graph, Node property) {
        Map<Node, List<Node>> parents = new LinkedHashMap<>();
        graph.find(Node.ANY, property, Node.ANY).forEachRemaining(triple -> {
            if (triple.getObject().isURI()) {
                parents.computeIfAbsent(triple.getSubject(), term -> new ArrayList<>(1))
                        .add(triple.getObject());
            }
        });
        return parents;
    }

    private static void addThoseBeyond(
            Node near, Node term, Node property, Map<Node, List<Node>> parents, List<Shortcut> shortcuts) {
        Set<Node> seen = new HashSet<>(Set.of(near));
        Deque<Node> queue = new ArrayDeque<>(Set.of(near));
        while (!queue.isEmpty() && seen.size() < MOST) {
            for (Node ancestor : parents.getOrDefault(queue.remove(), List.of())) {
                if (seen.add(ancestor)) {
                    queue.add(ancestor);
                    if (parents.get(term).contains(ancestor)) {
                        shortcuts.add(new Shortcut(term, property, ancestor, near));
                    }
                }
            }
        }
    }
}
