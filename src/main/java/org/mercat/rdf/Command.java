// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;

/**
 * A write that decides on the writer thread, where nothing can change under it. It must be quick and free of side
 * effects: it may run twice. To refuse, it throws; then nothing of it is written and its batch goes on without it.
 */
@FunctionalInterface
public interface Command {
    /** Reads what it must and answers what to write. */
    Change decide(View view);

    /** The databases as this command finds them: all commands before it in the same batch are visible. */
    interface View {
        /** The public graph of that name, empty if there is none; valid only during {@link Command#decide}. */
        Graph catalogue(Node graph);

        /** The private graph of that name, empty if there is none; valid only during {@link Command#decide}. */
        Graph ledger(Node graph);

        /** The subjects in the public database that have that value for that property. */
        List<Node> having(Node property, Node value);

        /** The subjects in the private database that have that value for that property. */
        List<Node> ledgerHaving(Node property, Node value);
    }
}
