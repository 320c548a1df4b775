// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;

/**
 * What somebody sent about one resource.
 *
 * @param resource the one resource that it describes
 * @param graph all of it, without blank nodes
 * @param locator the way back from a node to its place in the text
 */
public record Submission(Node resource, Graph graph, Locator locator) {
    /** Finds where something was said. */
    @FunctionalInterface
    public interface Locator {
        /**
         * The place of a property of a node, as exactly as it is known.
         *
         * @param focus node of the graph
         * @param path property of it, or null for the node itself
         * @param value of the property, or null for all of them
         * @param message what is wrong there
         */
        Fault fault(Node focus, Node path, Node value, String message);
    }
}
