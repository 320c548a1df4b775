// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDF;

/**
 * The vocabulary files as graphs, and their copies in the store: one public graph per file, named by its ontology.
 *
 * @param byName graph by file name without ending, for example {@code categories}
 */
public record Vocabularies(SortedMap<String, Graph> byName) {
    /** Reads all vocabulary files. @throws IllegalStateException naming file, line and column of the first error */
    public static Vocabularies read(Home home) {
        SortedMap<String, Graph> graphs = new TreeMap<>();
        home.files("vocabularies", ".ttl")
                .forEach((file, text) -> graphs.put(file.replace(".ttl", ""), parse(file, text)));
        return new Vocabularies(graphs);
    }

    static Graph parse(String file, String text) {
        Graph graph = GraphFactory.createDefaultGraph();
        TurtleReader.readFile("vocabularies/" + file, text, graph);
        if (!graph.contains(Node.ANY, RDF.Nodes.type, OWL.Ontology.asNode())) {
            throw new IllegalStateException("vocabularies/" + file + " says of no IRI that it is an owl:Ontology: write"
                    + " <https://...> a owl:Ontology, which names the vocabulary.");
        }
        return graph;
    }

    /** The ontology that a vocabulary's graph describes, which names the graph. */
    public static Node ontologyOf(Graph graph) {
        return graph.find(Node.ANY, RDF.Nodes.type, OWL.Ontology.asNode())
                .nextOptional()
                .map(triple -> triple.getSubject())
                .orElseThrow();
    }

    /**
     * Queues the writing of those that differ from the store's copies, and the removal of copies that are of none.
     *
     * @return done when all of that is written
     */
    public CompletableFuture<Void> publish(Store store) {
        List<Command> changes = new ArrayList<>();
        Set<Node> names = new HashSet<>();
        for (Graph graph : byName.values()) {
            names.add(ontologyOf(graph));
            if (!isPublished(store, graph)) {
                changes.add(view -> Change.of(ontologyOf(graph), graph));
            }
        }
        changes.add(view -> removal(view, names));
        return CompletableFuture.allOf(store.submit(changes).toArray(CompletableFuture[]::new));
    }

    private static Change removal(Command.View view, Set<Node> names) {
        return new Change(
                view.having(RDF.Nodes.type, OWL.Ontology.asNode()).stream()
                        .filter(name -> !names.contains(name)
                                && view.catalogue(name).contains(name, RDF.Nodes.type, OWL.Ontology.asNode())
                                && !OneResource.isIn(view.catalogue(name), name)) // which may say that of itself
                        .map(name -> new Change.Replacement(name, Graph.emptyGraph))
                        .toList(),
                List.of());
    }

    private static boolean isPublished(Store store, Graph graph) {
        Graph stored = store.graph(ontologyOf(graph));
        return stored.size() == graph.size() + 1 // one says the revision
                && graph.stream()
                        .allMatch(triple -> stored.contains(
                                triple.getSubject(), triple.getPredicate(), Store.asStored(triple.getObject())));
    }
}
