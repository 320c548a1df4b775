// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.List;
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
        try {
            TurtleReader.readFile(text, graph);
        } catch (Unreadable e) {
            Fault fault = e.faults().get(0);
            throw new IllegalStateException("vocabularies/" + file + ", line " + fault.line() + ", column "
                    + fault.column() + ": " + fault.message());
        }
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

    /** Queues the writing of those that differ from the store's copies. @return done when all of them are written */
    public CompletableFuture<Void> publish(Store store) {
        List<Command> changes = byName.values().stream()
                .filter(graph -> !isPublished(store, graph))
                .<Command>map(graph -> view -> Change.of(ontologyOf(graph), graph))
                .toList();
        return CompletableFuture.allOf(store.submit(changes).toArray(CompletableFuture[]::new));
    }

    private static boolean isPublished(Store store, Graph graph) {
        Graph stored = store.graph(ontologyOf(graph));
        return stored.size() == graph.size() + 1 // one says the revision
                && graph.stream()
                        .allMatch(triple -> stored.contains(
                                triple.getSubject(), triple.getPredicate(), Store.asStored(triple.getObject())));
    }
}
