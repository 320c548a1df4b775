// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;

/**
 * What one command writes: whole graphs, replaced. An empty graph deletes.
 *
 * @param catalogue replacements in the public database
 * @param ledger replacements in the private database, committed before the public ones
 */
public record Change(List<Replacement> catalogue, List<Replacement> ledger) {
    /** Nothing to write. */
    public static final Change NONE = new Change(List.of(), List.of());

    public Change {
        catalogue = List.copyOf(catalogue);
        ledger = List.copyOf(ledger);
    }

    /** A graph's new content. */
    public record Replacement(Node graph, Graph content) {}

    /** A change of one private graph. */
    public static Change ofLedger(Node graph, Graph content) {
        return new Change(List.of(), List.of(new Replacement(graph, content)));
    }

    /** A change of one public graph. */
    public static Change of(Node graph, Graph content) {
        return new Change(List.of(new Replacement(graph, content)), List.of());
    }
}
