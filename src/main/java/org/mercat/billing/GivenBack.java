// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.util.List;

/**
 * What consumers get back in a month.
 *
 * @param credits by credit notes, of what was charged before
 * @param adjustments on the invoices of the month itself
 */
public record GivenBack(List<Credit> credits, List<Adjustment> adjustments) {
    /** Nothing. */
    public static final GivenBack NOTHING = new GivenBack(List.of(), List.of());

    public GivenBack {
        credits = List.copyOf(credits);
        adjustments = List.copyOf(adjustments);
    }
}
