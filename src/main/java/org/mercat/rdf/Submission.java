// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;

/**
 * What somebody sent about one resource: its graph, without blank nodes, and the way back from a node of it to the place
 * in the text.
 *
 * @param resource the one resource that it describes
 */
public record Submission(Node resource, Graph graph, Locator locator) {
    /** Finds the place of a property of a node in what was sent. */
    @FunctionalInterface
    public interface Locator {
        /**
         * @param focus node of the graph
         * @param path property of it, or null
         */
        Place locate(Node focus, Node path);
    }

    /**
     * A place in a text; what is not known is empty or 0.
     *
     * @param pointer JSON pointer
     * @param line from 1
     * @param column from 1
     */
    public record Place(String pointer, int line, int column) {
        /** No place known. */
        public static final Place UNKNOWN = new Place(null, 0, 0);
    }
}
