// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import org.mercat.contract.Contract;
import org.mercat.usage.DayTotal;

/**
 * What a month comes to: a pure function of contracts, sums of usage and conditions. The order of contracts and how usage
 * was reported change nothing.
 */
public final class Statements {
    private Statements() {}

    /**
     * The statement of a month.
     *
     * @param contracts all of them
     * @param usage the sums of days that are charged to a month of a contract, both sides
     * @param back what counts to this month of it
     * @param counts what the marketplace charges by number
     */
    public static Statement of(
            YearMonth month,
            Collection<Contract> contracts,
            BiFunction<String, YearMonth, List<DayTotal>> usage,
            Conditions conditions,
            GivenBack back,
            FeeCounts counts) {
        List<Invoice> invoices = new Invoicing(month, usage, conditions).invoices(contracts, back.adjustments());
        List<Settlement> settlements =
                new Settling(month, conditions).settlements(invoices, back.credits(), contracts, counts);
        return new Statement(month, invoices, settlements, back.credits());
    }
}
