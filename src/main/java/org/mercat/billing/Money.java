// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.mercat.rdf.Amounts;

/**
 * Amounts as the catalogue keeps them: decimals, rounded once, half to the even neighbour, to the smallest coin of their
 * currency (ISO 4217).
 */
public final class Money {
    private Money() {}

    /** Rounds an amount. @param currency three letters */
    public static BigDecimal round(BigDecimal amount, String currency) {
        return amount.setScale(Amounts.digits(currency), RoundingMode.HALF_EVEN);
    }

    /** Nothing, in a currency. */
    public static BigDecimal zero(String currency) {
        return round(BigDecimal.ZERO, currency);
    }
}
