// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Node;

/**
 * What an organization of consumers owes an organization of providers for a month.
 *
 * @param issuer id of the providers' organization
 * @param recipient id of the consumers' organization
 * @param currency of all amounts
 */
public record Invoice(String issuer, String recipient, String currency, List<Item> items) {
    /**
     * One line.
     *
     * @param contract id of the contract
     * @param offering address of what was used
     * @param usedIn the month whose tariff and quota count: an earlier one for what was reported late
     * @param tax amount of it
     * @param adjusts address of the dispute whose award this is; empty for what is charged
     */
    public record Item(
            String contract,
            Node offering,
            YearMonth usedIn,
            Line line,
            BigDecimal taxRate,
            String taxNote,
            BigDecimal tax,
            Optional<Node> adjusts) {}

    public Invoice {
        items = List.copyOf(items);
    }

    /** Without tax. */
    public BigDecimal net() {
        return items.stream().map(item -> item.line().amount()).reduce(Money.zero(currency), BigDecimal::add);
    }

    /** The tax alone. */
    public BigDecimal tax() {
        return items.stream().map(Item::tax).reduce(Money.zero(currency), BigDecimal::add);
    }

    /** What is to be paid. It is negative only where late usage made all of a month cheaper, by tiers of volume. */
    public BigDecimal total() {
        return net().add(tax());
    }
}
