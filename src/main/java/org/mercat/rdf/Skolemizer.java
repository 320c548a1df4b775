// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.ns.MC;

/**
 * Names the blank nodes below a resource. A child's IRI is its parent's with a JSON pointer as fragment
 * ({@code .../free-spaces#/outputs/0}), the same that the JSON form of the resource gives it.
 */
final class Skolemizer {
    static final String TOO_DEEP = "It nests too deep: one resource may nest " + JsonText.MAX_NESTING + " levels deep.";

    private final Graph source;
    private final Node resource;
    private final Function<Node, Member> members;
    private final Map<Node, Node> names = new HashMap<>();
    private final Set<Node> taken = new HashSet<>();
    private final Map<String, Integer> indices = new HashMap<>();

    /** How JSON calls a property, and whether its values are a list there. */
    record Member(String name, boolean isList) {}

    Skolemizer(Graph source, Node resource, Function<Node, Member> members) {
        this.source = source;
        this.resource = resource;
        this.members = members;
    }

    /** The graph with all blank nodes named that hang on the resource; the others stay as they are. */
    Graph skolemize() {
        name();
        if (names.isEmpty()) {
            return source;
        }
        Graph named = GraphFactory.createDefaultGraph();
        source.find()
                .forEachRemaining(triple -> named.add(
                        Triple.create(nameOf(triple.getSubject()), triple.getPredicate(), nameOf(triple.getObject()))));
        return named;
    }

    /** What a blank node of the source is called now; any other node is called what it is. */
    Node nameOf(Node node) {
        return names.getOrDefault(node, node);
    }

    /** What a named node was in the source. */
    Node sentAs(Node named) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(named))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(named);
    }

    /** From level to level, beginning at the resource and at the children that have a name already. */
    private void name() {
        List<Node> parents = new ArrayList<>(List.of(resource));
        source.find().forEachRemaining(triple -> {
            taken.add(triple.getSubject());
            taken.add(triple.getObject());
            if (isNamedChild(triple.getSubject())) {
                parents.add(triple.getSubject());
            }
        });
        for (int level = 0; !parents.isEmpty(); level++) {
            if (level > JsonText.MAX_NESTING) {
                throw new Unreadable(TOO_DEEP, 0, 0);
            }
            List<Node> next = new ArrayList<>();
            parents.stream().distinct().forEach(parent -> nameChildren(parent, next));
            parents.clear();
            parents.addAll(next);
        }
    }

    private boolean isNamedChild(Node node) {
        return node.isURI() && node.getURI().startsWith(resource.getURI() + "#");
    }

    private void nameChildren(Node parent, List<Node> named) {
        childrenOf(parent).forEach((property, children) -> {
            Member member = members.apply(NodeFactory.createURI(property));
            for (Node child : children) {
                if (!names.containsKey(child)) {
                    names.put(child, freeName(nameOf(parent), member));
                    named.add(child);
                }
            }
        });
    }

    /** The first place among its siblings that no other node has. */
    private Node freeName(Node parent, Member member) {
        String iri = parent.getURI();
        String start = (iri.contains("#") ? iri : iri + "#") + "/" + member.name();
        while (true) {
            int index = indices.merge(start, 1, Integer::sum) - 1;
            Node name = NodeFactory.createURI(member.isList() || index > 0 ? start + "/" + index : start);
            if (taken.add(name)) {
                return name;
            }
        }
    }

    /** By property; siblings ordered by their name, for there is no other order in RDF. */
    private Map<String, List<Node>> childrenOf(Node parent) {
        Map<String, List<Node>> children = new TreeMap<>();
        source.find(parent, Node.ANY, Node.ANY)
                .filterKeep(triple -> triple.getObject().isBlank() && !names.containsKey(triple.getObject()))
                .forEachRemaining(
                        triple -> children.computeIfAbsent(triple.getPredicate().getURI(), p -> new ArrayList<>())
                                .add(triple.getObject()));
        children.values().forEach(list -> list.sort(Comparator.comparing(this::orderOf)));
        return children;
    }

    private String orderOf(Node child) {
        return source.find(child, MC.name, Node.ANY)
                .nextOptional()
                .map(triple -> triple.getObject().toString())
                .orElseGet(() -> source
                        .find(child, Node.ANY, Node.ANY)
                        .mapWith(triple -> triple.getPredicate() + " " + triple.getObject())
                        .toList()
                        .stream()
                        .sorted()
                        .reduce("", String::concat));
    }
}
