// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.jena.graph.Node;

/**
 * What the marketplace pays an organization for a month, or asks of it.
 *
 * @param currency of all amounts
 */
public record Settlement(String organization, String currency, List<Entry> entries) {
    /** Why an amount is there. */
    public enum Kind {
        /** What consumers were charged, without tax. */
        SALES,
        /** The tax on that, which the organization owes to its state. */
        TAX,
        /** What was given back by credit notes, without tax; negative. */
        CREDIT,
        /** The tax on that; negative. */
        CREDIT_TAX,
        /** The marketplace's part of each payment; negative. */
        PERCENTAGE,
        /** What others get of it; negative. */
        SHARE_GIVEN,
        /** What the organization gets of the sales of others. */
        SHARE_RECEIVED,
        /** Once, in the month of the first contract; negative. */
        ENTRY_FEE,
        /** For offerings that are in the catalogue; negative. */
        LISTING_FEE,
        /** For support; negative. */
        SUPPORT_FEE,
        /** For calls of the catalogue's API; negative. */
        CALL_FEE,
        /** For days of promotion; negative. */
        PROMOTION_FEE;

        /** As it stands in data. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether it is the marketplace's. */
        public boolean isFee() {
            return this == PERCENTAGE || name().endsWith("_FEE");
        }
    }

    /**
     * One amount.
     *
     * @param offering that it is for; empty for the organization as a whole
     * @param other id of the organization that gets a share or gives it; empty elsewhere
     * @param quantity times the price of one; of a percentage or share what it is taken of
     * @param amount that it adds to the payout; negative for what it takes away
     */
    public record Entry(
            Kind kind,
            Optional<Node> offering,
            String other,
            BigDecimal quantity,
            BigDecimal unitPrice,
            BigDecimal amount) {}

    public Settlement {
        entries = List.copyOf(entries);
    }

    /** The sum of some kinds of entries. */
    public BigDecimal sum(Kind... kinds) {
        List<Kind> wanted = List.of(kinds);
        return entries.stream()
                .filter(entry -> wanted.contains(entry.kind()))
                .map(Entry::amount)
                .reduce(Money.zero(currency), BigDecimal::add);
    }

    /** What was charged and not given back, without tax. */
    public BigDecimal gross() {
        return sum(Kind.SALES, Kind.CREDIT);
    }

    /** What the marketplace gets of it. */
    public BigDecimal fees() {
        return entries.stream()
                .filter(entry -> entry.kind().isFee())
                .map(entry -> entry.amount().negate())
                .reduce(Money.zero(currency), BigDecimal::add);
    }

    /** What is paid to the organization; negative for what it owes. */
    public BigDecimal payout() {
        return sum(Kind.values());
    }
}
