// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import org.apache.jena.graph.Node;

/** Finds places in a text by the line that said a property first; where the syntax keeps no lines, it knows none. */
record Lines(Skolemizer names, TurtleReader lines) implements Submission.Locator {
    @Override
    public Fault fault(Node focus, Node path, Node value, String message) {
        Node sent = names.sentAs(focus);
        return new Fault("", lines.lineOf(sent, path == null ? Node.ANY : path), 0, message);
    }
}
