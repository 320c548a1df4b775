// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.mercat.rdf.Change;
import org.mercat.rdf.Command.View;
import org.mercat.rdf.Submission;

/** What a feature says of its resources, beyond their shape. All of it may throw a {@link FailureException}. */
public interface Rules {
    /** Whether the caller may register, change or withdraw that resource. */
    void mayWrite(Caller caller, String id);

    /** On the writer thread: what is said of a resource now, withdrawn or not; empty if there never was one. */
    default Graph present(View view, Node resource) {
        return view.catalogue(resource);
    }

    /** What of a submission the shapes are for; the rest is for {@link #check}. */
    default Graph shaped(Submission submission) {
        return submission.graph();
    }

    /** Refuses what is well-formed and cannot be meant. In the caller's thread. */
    default void check(Submission submission) {}

    /** What could be better about what {@link #check} accepts. In the caller's thread. */
    default List<Fault> advice(Submission submission) {
        return List.of();
    }

    /** Adds to a new state what the catalogue itself keeps of it, from the state before (empty if it is new). */
    default void complete(Node resource, Graph next, Graph present, Instant now) {}

    /**
     * On the writer thread: refuses what contradicts other resources, and answers all that is to be written. It may run
     * twice for one registration; only the last decision counts, and only once it is on disk.
     */
    default Decision decide(View view, Proposal proposal) {
        return Decision.of(Change.of(proposal.resource(), proposal.next()));
    }

    /** On the writer thread: refuses to withdraw what others need, and answers all that is to be written. */
    default Change decideWithdrawal(View view, Node resource, Graph tombstone) {
        return Change.of(resource, tombstone);
    }

    /** After something was written, and before its caller is answered: does what has to be done besides. */
    default void written() {}

    /**
     * What is to be decided.
     *
     * @param caller who asks; what {@link #mayWrite} found may have changed while the registration was waiting
     * @param next the state that is to be
     * @param created whether there is no such resource yet, or only a withdrawn one
     */
    record Proposal(Caller caller, Node resource, Graph next, boolean created) {}

    /**
     * What was decided.
     *
     * @param change all that is to be written
     * @param shownOnce what the answer to this registration tells once and never again (credentials), by JSON member
     */
    record Decision(Change change, Map<String, String> shownOnce) {
        /** A decision that has nothing to tell. */
        public static Decision of(Change change) {
            return new Decision(change, Map.of());
        }
    }
}
