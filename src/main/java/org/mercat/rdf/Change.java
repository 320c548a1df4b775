// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.ArrayList;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;

/**
 * What one command writes: whole graphs, replaced. An empty graph deletes.
 *
 * @param catalogue replacements in the public database
 * @param ledger replacements in the private database, committed before the public ones; a graph of a name that is in
 *     both gets the commit's revision in both
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

    /**
     * A change that puts a resource into the private database, or changes it there: in the public one it is not, then.
     * The commit's revision is its entity tag as it is that of a public one.
     *
     * @param beside graphs of the private database that go with it
     */
    public static Change ofPrivate(Node graph, Graph content, Replacement... beside) {
        List<Replacement> ledger = new ArrayList<>(List.of(beside));
        ledger.add(new Replacement(graph, content));
        return new Change(List.of(new Replacement(graph, Graph.emptyGraph)), ledger);
    }

    /** A change of one public graph. */
    public static Change of(Node graph, Graph content) {
        return new Change(List.of(new Replacement(graph, content)), List.of());
    }
}
