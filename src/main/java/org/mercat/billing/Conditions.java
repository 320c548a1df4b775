// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Node;

/** What holds in a month; nothing of it changes for a month that was closed. */
public interface Conditions {
    /** What the marketplace charges an organization; empty if nothing. */
    Optional<FeePlan> feePlan(String organization, YearMonth month);

    /** Who else gets a part of what an offering earns; no more than all of it together. */
    List<Share> shares(Node offering, YearMonth month);

    /** The tax that an organization puts on its invoices. */
    TaxRule tax(String organization, YearMonth month);
}
