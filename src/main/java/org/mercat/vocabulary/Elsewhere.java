// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.mem2.GraphMem2Fast;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.apache.jena.vocabulary.VOID;

/** Finds terms of which a file says something though another names them: a join of all files with all files in SPARQL. */
final class Elsewhere {
    private static final List<Node> NAMING = List.of(RDFS.label.asNode(), SKOS.prefLabel.asNode());

    private Elsewhere() {}

    /**
     * {@code file dcterms:references term}, where the file does not name the term, and {@code term void:inDataset file} for
     * each file that does.
     *
     * @param name of a file's graph
     */
    static Graph of(List<PlacedGraph> files, Function<PlacedGraph, Node> name) {
        Map<PlacedGraph, Set<Node>> named =
                files.stream().collect(Collectors.toMap(Function.identity(), file -> named(file.graph())));
        Map<Node, Set<Node>> homes = new HashMap<>();
        named.forEach((file, terms) -> terms.forEach(
                term -> homes.computeIfAbsent(term, key -> new HashSet<>(1)).add(name.apply(file))));
        Graph elsewhere = new GraphMem2Fast();
        for (PlacedGraph file : files) {
            Set<Node> here = named.get(file);
            file.graph().find().mapWith(Triple::getSubject).forEachRemaining(term -> {
                if (homes.containsKey(term) && !here.contains(term)) {
                    elsewhere.add(name.apply(file), DCTerms.references.asNode(), term);
                    homes.get(term).forEach(home -> elsewhere.add(term, VOID.inDataset.asNode(), home));
                }
            });
        }
        return elsewhere;
    }

    private static Set<Node> named(Graph file) {
        return NAMING.stream()
                .flatMap(naming -> file.find(Node.ANY, naming, Node.ANY).mapWith(Triple::getSubject).toList().stream())
                .collect(Collectors.toSet());
    }
}
