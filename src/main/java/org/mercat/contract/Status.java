// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.mercat.ns.MC;

/** Whether a contract is in force. */
public enum Status {
    PROPOSED(MC.proposed),
    ACTIVE(MC.active),
    SUSPENDED(MC.suspended),
    ENDED(MC.ended);

    private final Node node;

    Status(Node node) {
        this.node = node;
    }

    Node node() {
        return node;
    }

    /** As it stands in data. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Status> of(Node node) {
        return Arrays.stream(values())
                .filter(status -> status.node.equals(node))
                .findFirst();
    }
}
