// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.mercat.rdf.Activities;
import org.mercat.rdf.Activities.Activity;

/** What was done with a proposal, as {@link Activities} keep it. */
final class History {
    private History() {}

    /** Adds a step. @param revision of the proposal before it; empty for a new one @param text empty for nothing */
    static Node add(Graph graph, Node proposal, Optional<Long> revision, Step step, Instant time, String text) {
        return Activities.add(graph, proposal, revision, step.node(), time, text);
    }

    /** The step that nobody is said to have taken yet, if there is one. */
    static Optional<Node> withoutAgent(Graph graph, Node proposal) {
        return Activities.of(graph, proposal).stream()
                .filter(activity -> activity.agent().isEmpty())
                .map(Activity::node)
                .findFirst();
    }

    /**
     * A step that was taken.
     *
     * @param agent who took it; empty if that is not on record
     * @param text what was said with it; empty for nothing
     * @param revision that wrote it; empty for the newest, and for those that were taken in another catalogue
     */
    record Taken(Step step, Instant time, Optional<Node> agent, String text, Optional<Long> revision) {}

    /** All steps, the oldest first. */
    static List<Taken> steps(Graph graph, Node proposal) {
        return Activities.of(graph, proposal).stream()
                .flatMap(activity -> Step.of(activity.step())
                        .map(step -> new Taken(
                                step, activity.time(), activity.agent(), activity.text(), activity.revision()))
                        .stream())
                .toList();
    }

    private static Optional<Taken> newest(Graph graph, Node proposal) {
        List<Taken> steps = steps(graph, proposal);
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1));
    }

    /** The newest step. */
    static Step last(Graph graph, Node proposal) {
        return newest(graph, proposal).map(Taken::step).orElse(Step.PROPOSE);
    }

    /** What was said with the newest step; empty for nothing. */
    static String lastText(Graph graph, Node proposal) {
        return newest(graph, proposal).map(Taken::text).orElse("");
    }
}
