// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;

/** What a JSON body says, and the way back from a node of it to the place in the body. */
public final class ReadResult {
    private final Graph graph;
    private final JsonSource source;

    ReadResult(Graph graph, JsonSource source) {
        this.graph = graph;
        this.source = source;
    }

    /** Without blank nodes; new, and the caller's own. */
    public Graph graph() {
        return graph;
    }

    /**
     * Says of something that is wrong where it was sent.
     *
     * @param focus the node it is wrong with
     * @param path the property, or null for the node as a whole
     * @param value of the property, or null for all of them
     * @param message what is wrong and what to write
     */
    public Fault fault(Node focus, Node path, Node value, String message) {
        return source.position(source.pointer(focus, path, value))
                .of(new Fault(source.pointer(focus, path, value), message));
    }
}
