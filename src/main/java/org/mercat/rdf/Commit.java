// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.List;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;

/**
 * One transaction of a database, as its listeners get it.
 *
 * @param revision the revision that it made; each commit's is one more than the last
 * @param patches per graph, in the order of writing
 */
public record Commit(long revision, List<Patch> patches) {
    public Commit {
        patches = List.copyOf(patches);
    }

    /** What was taken from a graph and what was added to it. */
    public record Patch(Node graph, List<Triple> removed, List<Triple> added) {
        public Patch {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
        }
    }
}
