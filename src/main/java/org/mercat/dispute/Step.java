// SPDX-License-Identifier: Apache-2.0
package org.mercat.dispute;

import java.util.List;
import java.util.Locale;
import org.apache.jena.graph.Node;
import org.mercat.ns.MC;

/** What is done with a dispute. */
enum Step {
    DISPUTE(MC.dispute, Status.OPEN),
    ANSWER(MC.answer, Status.ANSWERED),
    ESCALATE(MC.escalate, Status.ESCALATED),
    /** The consumer is given something back. */
    AWARD(MC.award, Status.AWARDED),
    REJECT(MC.reject, Status.REJECTED),
    WITHDRAW(MC.withdraw, Status.WITHDRAWN);

    private final Node node;
    private final Status to;

    Step(Node node, Status to) {
        this.node = node;
        this.to = to;
    }

    Node node() {
        return node;
    }

    Status to() {
        return to;
    }

    /** As the last part of an address. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Those that have an address of their own. */
    static List<Step> posted() {
        return List.of(ANSWER, ESCALATE, AWARD, REJECT, WITHDRAW);
    }
}
