// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * One line of what a month costs: quantity times unit price, rounded.
 *
 * @param metric what was counted, such as {@code access}, {@code day}, {@code month}
 * @param amount in the smallest coins of the tariff's currency
 */
public record Line(Kind kind, String metric, BigDecimal quantity, BigDecimal unitPrice, BigDecimal amount) {
    /** Why a line is there. */
    public enum Kind {
        /** Used in the trial, which costs nothing. */
        TRIAL,
        /** Within the free quota. */
        FREE_QUOTA,
        /** Counted usage, or a tier of it. */
        USAGE,
        /** Days in force. */
        DAYS,
        /** A month, or the part of it in which the contract was in force. */
        MONTH,
        /** What the conclusion of the contract costs. */
        ONE_OFF,
        /** What is missing to the least that the month costs. */
        MINIMUM,
        /** What is above the most that the month costs; negative. */
        MAXIMUM,
        /** What a dispute has given back; negative. */
        ADJUSTMENT;

        /** As it stands in data. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
