// SPDX-License-Identifier: Apache-2.0
package org.mercat.dispute;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.mercat.ns.MC;

/** How far a dispute has come. */
enum Status {
    OPEN(MC.open),
    ANSWERED(MC.answered),
    ESCALATED(MC.escalated),
    AWARDED(MC.awarded),
    REJECTED(MC.rejected),
    WITHDRAWN(MC.withdrawn);

    private final Node node;

    Status(Node node) {
        this.node = node;
    }

    Node node() {
        return node;
    }

    /** As it stands in data. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isDecided() {
        return compareTo(ESCALATED) > 0;
    }

    static Optional<Status> of(Node node) {
        return Arrays.stream(values())
                .filter(status -> status.node.equals(node))
                .findFirst();
    }
}
