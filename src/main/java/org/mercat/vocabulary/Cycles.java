// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;

/**
 * Finds rings in the hierarchies of a graph, in time linear in its size, which no property path of SPARQL does. Terms
 * that are said to be the same count as one, so that a ring may close through {@code owl:equivalentClass}; two that are
 * only said to be the same are none.
 *
 * @see <a href="https://doi.org/10.1137/0201010">Tarjan, Depth-first search and linear graph algorithms (1972)</a>
 */
final class Cycles {
    /** A ring: where it begins, the term that comes next, and all of it, with the first again at its end. */
    record Ring(List<Node> path) {
        Node first() {
            return path.get(0);
        }

        Node next() {
            return path.get(1);
        }
    }

    private final Map<Node, List<Node>> up = new LinkedHashMap<>();
    private final Set<Triple> narrowing = new HashSet<>();

    private Cycles() {}

    /** The rings of each hierarchy: classes, properties, concepts. */
    static List<Ring> of(Graph graph) {
        List<Ring> rings = new ArrayList<>();
        rings.addAll(hierarchy(graph, RDFS.subClassOf.asNode(), null, OWL.equivalentClass.asNode()));
        rings.addAll(hierarchy(graph, RDFS.subPropertyOf.asNode(), null, OWL.equivalentProperty.asNode()));
        rings.addAll(hierarchy(graph, SKOS.broader.asNode(), SKOS.narrower.asNode(), SKOS.exactMatch.asNode()));
        return rings;
    }

    private static List<Ring> hierarchy(Graph graph, Node broader, Node narrower, Node same) {
        Cycles cycles = new Cycles();
        each(graph, broader, (child, parent) -> cycles.addParent(child, parent));
        if (narrower != null) {
            each(graph, narrower, (parent, child) -> cycles.addParent(child, parent));
        }
        each(graph, same, (one, other) -> {
            cycles.add(one, other);
            cycles.add(other, one);
        });
        return cycles.rings();
    }

    private static void each(Graph graph, Node property, BiConsumer<Node, Node> action) {
        graph.find(Node.ANY, property, Node.ANY).forEachRemaining(triple -> {
            if (!triple.getObject().isLiteral()) {
                action.accept(triple.getSubject(), triple.getObject());
            }
        });
    }

    private void addParent(Node child, Node parent) {
        add(child, parent);
        narrowing.add(Triple.create(child, SKOS.broader.asNode(), parent));
    }

    private void add(Node from, Node to) {
        up.computeIfAbsent(from, node -> new ArrayList<>(2)).add(to);
    }

    private boolean isNarrowing(Node child, Node parent) {
        return narrowing.contains(Triple.create(child, SKOS.broader.asNode(), parent));
    }

    private List<Ring> rings() {
        List<Ring> rings = new ArrayList<>();
        for (Set<Node> component : components()) {
            component.stream()
                    .sorted(Comparator.comparing(Node::toString))
                    .flatMap(child -> up.getOrDefault(child, List.of()).stream()
                            .filter(parent -> component.contains(parent) && isNarrowing(child, parent))
                            .map(parent -> new Ring(way(child, parent, component))))
                    .findFirst()
                    .ifPresent(rings::add);
        }
        return rings;
    }

    /** The shortest way round: from a term to its parent and back again. */
    private List<Node> way(Node child, Node parent, Set<Node> component) {
        Map<Node, Node> before = new HashMap<>();
        Deque<Node> queue = new ArrayDeque<>(List.of(parent));
        before.put(parent, child);
        while (!before.containsKey(child) && !parent.equals(child)) {
            Node node = queue.remove();
            for (Node next : up.getOrDefault(node, List.of())) {
                if (component.contains(next) && before.putIfAbsent(next, node) == null) {
                    queue.add(next);
                }
            }
        }
        List<Node> back = new ArrayList<>(List.of(child));
        for (Node node = parent.equals(child) ? null : before.get(child); node != null && !node.equals(child); ) {
            back.add(node);
            node = before.get(node);
        }
        back.add(child);
        Collections.reverse(back);
        return back;
    }

    /** A node under way and which of its edges comes next. */
    private record Step(Node node, int[] edge) {}

    /** The strongly connected components that can hold a ring; without recursion, a chain may be long. */
    private List<Set<Node>> components() {
        List<Set<Node>> components = new ArrayList<>();
        Map<Node, Integer> index = new HashMap<>();
        Map<Node, Integer> low = new HashMap<>();
        Deque<Node> open = new ArrayDeque<>();
        Set<Node> isOpen = new HashSet<>();
        for (Node root : up.keySet()) {
            if (index.containsKey(root)) {
                continue;
            }
            Deque<Step> steps = new ArrayDeque<>();
            enter(root, index, low, open, isOpen, steps);
            while (!steps.isEmpty()) {
                Step step = steps.peek();
                List<Node> edges = up.getOrDefault(step.node, List.of());
                if (step.edge[0] < edges.size()) {
                    Node next = edges.get(step.edge[0]++);
                    if (!index.containsKey(next)) {
                        enter(next, index, low, open, isOpen, steps);
                    } else if (isOpen.contains(next)) {
                        low.merge(step.node, index.get(next), Math::min);
                    }
                    continue;
                }
                steps.pop();
                if (!steps.isEmpty()) {
                    low.merge(steps.peek().node, low.get(step.node), Math::min);
                }
                if (low.get(step.node).equals(index.get(step.node))) {
                    components.add(close(step.node, open, isOpen));
                }
            }
        }
        components.removeIf(component -> component.size() == 1
                && component.stream()
                        .noneMatch(node -> up.getOrDefault(node, List.of()).contains(node)));
        return components;
    }

    private static void enter(
            Node node,
            Map<Node, Integer> index,
            Map<Node, Integer> low,
            Deque<Node> open,
            Set<Node> isOpen,
            Deque<Step> steps) {
        index.put(node, index.size());
        low.put(node, index.get(node));
        open.push(node);
        isOpen.add(node);
        steps.push(new Step(node, new int[1]));
    }

    private static Set<Node> close(Node root, Deque<Node> open, Set<Node> isOpen) {
        Set<Node> component = new HashSet<>();
        Node node;
        do {
            node = open.pop();
            isOpen.remove(node);
            component.add(node);
        } while (!node.equals(root));
        return component;
    }
}
