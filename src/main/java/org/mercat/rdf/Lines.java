// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;

/** Finds places in a text by the line that said a property first; where the syntax keeps no lines, it knows none. */
record Lines(Skolemizer names, TurtleReader lines) implements Submission.Locator {
    @Override
    public Fault fault(Node focus, Node path, Node value, String message) {
        Node sent = names.sentAs(focus);
        return new Fault("", lines.lineOf(sent, path == null ? Node.ANY : path), 0, message);
    }

    /**
     * Refuses a graph that says anything of something else: in the union of all graphs it would be taken for what its
     * owner says.
     */
    static void mustBeAbout(Graph graph, Node resource) {
        String children = resource.getURI() + "#";
        graph.find()
                .filterKeep(triple -> !triple.getSubject().equals(resource)
                        && !(triple.getSubject().isURI()
                                && triple.getSubject().getURI().startsWith(children)))
                .nextOptional()
                .ifPresent(triple -> {
                    throw new Unreadable(
                            "A body describes one resource, here <" + resource
                                    + "> and the nodes below it; it must not say"
                                    + " anything about "
                                    + (triple.getSubject().isBlank()
                                            ? "a blank node that hangs on nothing"
                                            : "<" + triple.getSubject() + ">")
                                    + ".",
                            0,
                            0);
                });
    }
}
