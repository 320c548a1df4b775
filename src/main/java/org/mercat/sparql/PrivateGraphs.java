// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.mercat.http.Caller;

/**
 * Which graphs of the ledger a caller may read. Each feature names those of its own, and never one with a secret in it;
 * what none of them names nobody reads.
 */
@FunctionalInterface
public interface PrivateGraphs {
    /**
     * The names of graphs; those of all callers for the operator.
     *
     * @param ledger in a transaction
     */
    Set<Node> of(Caller caller, DatasetGraph ledger);

    /** All that several features name. */
    static PrivateGraphs all(List<PrivateGraphs> features) {
        return (caller, ledger) -> {
            Set<Node> names = new HashSet<>();
            features.forEach(feature -> names.addAll(feature.of(caller, ledger)));
            return names;
        };
    }

    /** Graphs that are made when they are asked for by name. */
    @FunctionalInterface
    interface Made {
        /** That of a name; empty if there is none for this caller. */
        Optional<Graph> of(Caller caller, Node name);
    }
}
