// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.util.Arrays;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.mercat.ns.MC;

/** How far a proposal has come. */
enum Status {
    OPEN(MC.open, "open"),
    CHANGES_REQUESTED(MC.changesRequested, "waiting for the changes that a steward has requested"),
    ACCEPTED(MC.accepted, "accepted"),
    REJECTED(MC.rejected, "rejected"),
    WITHDRAWN(MC.withdrawn, "withdrawn");

    private final Node node;
    private final String words;

    Status(Node node, String words) {
        this.node = node;
        this.words = words;
    }

    Node node() {
        return node;
    }

    /** As JSON and URLs have it. */
    String word() {
        return node.getLocalName();
    }

    /** For sentences. */
    String words() {
        return words;
    }

    /** Whether it may still become anything. */
    boolean isPending() {
        return this == OPEN || this == CHANGES_REQUESTED;
    }

    static Optional<Status> of(Node node) {
        return Arrays.stream(values())
                .filter(status -> status.node.equals(node))
                .findFirst();
    }
}
