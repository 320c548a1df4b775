// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.mem2.GraphMem2Fast;
import org.apache.jena.util.iterator.ExtendedIterator;

/** What a Turtle file says, and where it says it. */
final class PlacedGraph {
    /** Where a statement's property and object stand. */
    private record Statement(int propertyLine, int propertyColumn, int line, int column) {}

    /** A prefix as it is declared. */
    record Prefix(String namespace, Place place) {}

    private final String name;
    private final Graph graph = new GraphMem2Fast();
    private final Map<Triple, Statement> statements = new HashMap<>();
    private final Map<Node, Place> subjects = new HashMap<>();
    private final Map<String, Prefix> prefixes = new LinkedHashMap<>();

    PlacedGraph(String name) {
        this.name = name;
    }

    /** The file's name, as it is shown. */
    String name() {
        return name;
    }

    Graph graph() {
        return graph;
    }

    /** By name without the colon, in the order of the file. */
    Map<String, Prefix> prefixes() {
        return prefixes;
    }

    /** @return false if the file has said so before */
    boolean add(Triple triple, Place subject, Place property, Place object) {
        graph.add(triple);
        subjects.putIfAbsent(triple.getSubject(), subject);
        return statements.putIfAbsent(
                        triple, new Statement(property.line(), property.column(), object.line(), object.column()))
                == null;
    }

    void addPrefix(String prefix, String namespace, Place place) {
        prefixes.put(prefix, new Prefix(namespace, place));
    }

    /** Where a node is first described. */
    Optional<Place> placeOf(Node subject) {
        return Optional.ofNullable(subjects.get(subject));
    }

    /** Where such a statement stands first: its object if that is asked for, else its property. */
    Optional<Place> placeOf(Node subject, Node property, Node object) {
        Place first = null;
        ExtendedIterator<Triple> found = graph.find(subject, property, object);
        while (found.hasNext()) {
            Statement statement = statements.get(found.next());
            Place place = object.isConcrete()
                    ? new Place(statement.line, statement.column)
                    : new Place(statement.propertyLine, statement.propertyColumn);
            first = first == null || place.compareTo(first) < 0 ? place : first;
        }
        return Optional.ofNullable(first);
    }
}
