// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;

/**
 * The tax that an organization puts on its invoices, as it states it itself.
 *
 * @param rate percent of the net amount
 * @param note such as why it is 0; may be empty
 */
public record TaxRule(BigDecimal rate, String note) {
    static final TaxRule NONE = new TaxRule(BigDecimal.ZERO, "");
}
