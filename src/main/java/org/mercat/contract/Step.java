// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.mercat.ns.MC;

/** What can be done with a contract, when, by whom, and what it is then. */
enum Step {
    SUBSCRIBE(MC.subscribe, Set.of(), Status.ACTIVE, Set.of(Party.CONSUMER)),
    OFFER(MC.offer, Set.of(), Status.PROPOSED, Set.of(Party.PROVIDER)),
    /** What was offered or announced. */
    SIGN(MC.sign, Set.of(Status.PROPOSED, Status.ACTIVE, Status.SUSPENDED), null, Set.of(Party.CONSUMER)),
    DECLINE(MC.decline, Set.of(Status.PROPOSED, Status.ACTIVE, Status.SUSPENDED), null, Set.of(Party.CONSUMER)),
    ANNOUNCE(MC.announce, Set.of(Status.ACTIVE, Status.SUSPENDED), null, Set.of(Party.PROVIDER)),
    /** By the catalogue, on the day that was announced. */
    CHANGE(MC.change, Set.of(Status.ACTIVE, Status.SUSPENDED), null, Set.of()),
    SUSPEND(MC.suspend, Set.of(Status.ACTIVE), Status.SUSPENDED, Set.of(Party.PROVIDER)),
    RESUME(MC.resume, Set.of(Status.SUSPENDED), Status.ACTIVE, Set.of(Party.PROVIDER)),
    END(
            MC.end,
            Set.of(Status.PROPOSED, Status.ACTIVE, Status.SUSPENDED),
            Status.ENDED,
            Set.of(Party.CONSUMER, Party.PROVIDER));

    /** Who takes part in a contract. The operator does as both, but for agreeing to anything. */
    enum Party {
        CONSUMER,
        PROVIDER
    }

    private final Node node;
    private final Set<Status> from;
    private final Status to;
    private final Set<Party> parties;

    Step(Node node, Set<Status> from, Status to, Set<Party> parties) {
        this.node = node;
        this.from = from;
        this.to = to;
        this.parties = parties;
    }

    Node node() {
        return node;
    }

    /** As the last part of an address. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isPossible(Status status) {
        return from.contains(status);
    }

    /** What a contract is after it. */
    Status after(Status before) {
        return to == null ? before : to;
    }

    boolean isOf(Party party) {
        return parties.contains(party);
    }

    /** Whether the operator may take it for a party: all but to agree, to refuse and to ask for money. */
    boolean isOperators() {
        return this == SUSPEND || this == RESUME || this == END;
    }

    /** Those that have an address of their own. */
    static List<Step> posted() {
        return List.of(SIGN, DECLINE, ANNOUNCE, SUSPEND, RESUME, END);
    }

    static Optional<Step> of(Node node) {
        return Arrays.stream(values()).filter(step -> step.node.equals(node)).findFirst();
    }

    /** What can be done with a contract of a status, for sentences. */
    static String possible(Status status) {
        String words = posted().stream()
                .filter(step -> step.isPossible(status))
                .map(Step::word)
                .collect(Collectors.joining(", "));
        return words.isEmpty()
                ? "Nothing can be done with it any more; make a new contract"
                : "What can be done: " + words;
    }
}
