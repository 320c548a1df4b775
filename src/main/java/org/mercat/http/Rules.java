// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import java.time.Instant;
import java.util.Map;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.mercat.rdf.Change;
import org.mercat.rdf.Command.View;

/** What a feature says of its resources, beyond their shape. All of it may throw a {@link FailureException}. */
public interface Rules {
    /** Whether the caller may register, change or withdraw that resource. */
    void mayWrite(Caller caller, String id);

    /** Adds to a new state what the catalogue itself keeps of it, from the state before (empty if it is new). */
    default void complete(Node resource, Graph next, Graph present, Instant now) {}

    /** On the writer thread: refuses what contradicts other resources, and answers all that is to be written. */
    default Change decide(View view, Node resource, Graph next, boolean created) {
        return Change.of(resource, next);
    }

    /** On the writer thread: refuses to withdraw what others need, and answers all that is to be written. */
    default Change decideWithdrawal(View view, Node resource, Graph tombstone) {
        return Change.of(resource, tombstone);
    }

    /** What the answer to a creation tells once and never again (credentials), by JSON member. */
    default Map<String, String> shownOnce(Node resource) {
        return Map.of();
    }
}
