// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Map;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;

/** What a JSON body says, and the way back from a node of it to the place in the body. */
public final class ReadResult {
    private final Graph graph;
    private final JsonSource source;
    /** Found when the first fault is told: most bodies have none. */
    private Map<String, JsonText.Position> positions;

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
        String pointer = source.pointer(focus, path, value);
        return position(pointer).of(new Fault(pointer, message));
    }

    private JsonText.Position position(String pointer) {
        if (positions == null) {
            positions = JsonText.locate(source.text());
        }
        return positions.getOrDefault(pointer, JsonText.Position.UNKNOWN);
    }
}
