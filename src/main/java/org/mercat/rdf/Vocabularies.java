// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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
        return graph;
    }

    /** The ontology that a vocabulary's graph describes, which names the graph. */
    public static Node ontologyOf(Graph graph) {
        return graph.find(Node.ANY, RDF.Nodes.type, OWL.Ontology.asNode())
                .nextOptional()
                .map(triple -> triple.getSubject())
                .orElseThrow(
                        () -> new IllegalStateException("A vocabulary file says of no IRI that it is an owl:Ontology"));
    }

    /** All of them together. */
    public Graph union() {
        Graph union = GraphFactory.createDefaultGraph();
        byName.values().forEach(graph -> graph.find().forEachRemaining(union::add));
        return union;
    }

    /** Writes those that differ from the store's copies. @return how many were written */
    public int publish(Store store) {
        int written = 0;
        for (Map.Entry<String, Graph> entry : byName.entrySet()) {
            Node name = ontologyOf(entry.getValue());
            if (!isPublished(store, name, entry.getValue())) {
                store.write(view -> Change.of(name, entry.getValue()));
                written++;
            }
        }
        return written;
    }

    private static boolean isPublished(Store store, Node name, Graph graph) {
        return store.read(database -> {
            Graph stored = database.getGraph(name);
            int[] count = {0};
            stored.find().forEachRemaining(triple -> count[0]++);
            return count[0] == graph.size() + 1
                    && graph.find().toList().stream().allMatch(stored::contains);
        });
    }
}
