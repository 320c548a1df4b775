// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.mercat.ns.MC;

/** What can be done with a proposal, when, and what it is then. */
enum Step {
    PROPOSE(MC.propose, Set.of(), Status.OPEN, false),
    COMMENT(MC.comment, Set.of(Status.OPEN, Status.CHANGES_REQUESTED), null, true),
    REQUEST_CHANGES(MC.requestChanges, Set.of(Status.OPEN), Status.CHANGES_REQUESTED, true),
    REVISE(MC.revise, Set.of(Status.OPEN, Status.CHANGES_REQUESTED), Status.OPEN, false),
    ACCEPT(MC.accept, Set.of(Status.OPEN), Status.ACCEPTED, false),
    REJECT(MC.reject, Set.of(Status.OPEN, Status.CHANGES_REQUESTED), Status.REJECTED, true),
    WITHDRAW(MC.withdraw, Set.of(Status.OPEN, Status.CHANGES_REQUESTED), Status.WITHDRAWN, false);

    private final Node node;
    private final Set<Status> from;
    private final Status to;
    private final boolean needsText;

    Step(Node node, Set<Status> from, Status to, boolean needsText) {
        this.node = node;
        this.from = from;
        this.to = to;
        this.needsText = needsText;
    }

    Node node() {
        return node;
    }

    /** As the last part of an address. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isPossible(Status status) {
        return from.contains(status);
    }

    /** What a proposal is after it. */
    Status after(Status before) {
        return to == null ? before : to;
    }

    /** Whether it says nothing without a text. */
    boolean needsText() {
        return needsText;
    }

    /** Whether only a steward takes it. */
    boolean isStewards() {
        return this == REQUEST_CHANGES || this == ACCEPT || this == REJECT;
    }

    /** Those that have an address of their own. */
    static List<Step> posted() {
        return List.of(COMMENT, REQUEST_CHANGES, ACCEPT, REJECT, WITHDRAW);
    }

    static Optional<Step> of(Node node) {
        return Arrays.stream(values()).filter(step -> step.node.equals(node)).findFirst();
    }

    /** What can be done with a proposal of a status, for sentences. */
    static String possible(Status status) {
        String words = Arrays.stream(values())
                .filter(step -> step.isPossible(status))
                .map(Step::word)
                .collect(Collectors.joining(", "));
        return words.isEmpty()
                ? "Nothing can be done with it any more; make a new proposal"
                : "What can be done: " + words;
    }
}
