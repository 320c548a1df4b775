// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;

/** Broader and narrower terms, as the vocabularies say them: between concepts, between classes, between properties. */
final class Hierarchy {
    /** Enough to tell where a term belongs. */
    static final int MOST_PATHS = 6;

    private static final List<Node> UP =
            List.of(SKOS.broader.asNode(), RDFS.subClassOf.asNode(), RDFS.subPropertyOf.asNode());
    private static final Set<Node> EVERYTHING = Set.of(OWL.Thing.asNode(), RDFS.Resource.asNode());
    private static final Comparator<Node> BY_IRI = Comparator.comparing(Node::getURI);

    private final Graph graph;

    Hierarchy(Graph graph) {
        this.graph = graph;
    }

    /** What is directly above a term. */
    Set<Node> broader(Node term) {
        Stream<Node> said = UP.stream()
                .flatMap(property -> graph.find(term, property, Node.ANY).toList().stream())
                .map(Triple::getObject);
        return named(
                term,
                said,
                graph.find(Node.ANY, SKOS.narrower.asNode(), term)
                        .mapWith(Triple::getSubject)
                        .toList());
    }

    /** What is directly below a term. */
    Set<Node> narrower(Node term) {
        Stream<Node> said = UP.stream()
                .flatMap(property -> graph.find(Node.ANY, property, term).toList().stream())
                .map(Triple::getSubject);
        return named(
                term,
                said,
                graph.find(term, SKOS.narrower.asNode(), Node.ANY)
                        .mapWith(Triple::getObject)
                        .toList());
    }

    private static Set<Node> named(Node term, Stream<Node> said, List<Node> more) {
        Set<Node> named = new TreeSet<>(BY_IRI);
        Stream.concat(said, more.stream())
                .filter(other -> other.isURI() && !other.equals(term) && !EVERYTHING.contains(other))
                .forEach(named::add);
        return named;
    }

    /** The ways from the top down to a term, each without the term; at most {@value #MOST_PATHS}. */
    List<List<Node>> paths(Node term) {
        List<List<Node>> paths = new ArrayList<>();
        climb(term, new LinkedHashSet<>(Set.of(term)), paths);
        return paths;
    }

    private void climb(Node here, Set<Node> way, List<List<Node>> paths) {
        List<Node> above =
                broader(here).stream().filter(parent -> !way.contains(parent)).toList();
        if (above.isEmpty() && way.size() > 1) {
            List<Node> path = new ArrayList<>(way);
            java.util.Collections.reverse(path);
            path.remove(path.size() - 1);
            paths.add(path);
        }
        for (Node parent : above) {
            if (paths.size() == MOST_PATHS) {
                return;
            }
            way.add(parent);
            climb(parent, way, paths);
            way.remove(parent);
        }
    }
}
