// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;

/**
 * What happened in a month under a contract; days and months are those of UTC.
 *
 * @param inForce days of the month on which the contract was in force, for a moment at least
 * @param signed the day on which it was concluded
 * @param use what was used, in any order and in parts of any size
 */
public record Month(YearMonth month, Set<LocalDate> inForce, LocalDate signed, List<Use> use) {
    /** What was used of one metric on a day; the same may be in several. */
    public record Use(LocalDate day, String metric, BigDecimal quantity) {}

    public Month {
        inForce = Set.copyOf(inForce);
        use = List.copyOf(use);
    }
}
