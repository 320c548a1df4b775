// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;

/**
 * An entry of the books: all of a run together are zero in each currency.
 *
 * @param account {@code receivable/bob}, {@code payable/acme} or {@code income/fees}
 * @param amount positive for what the marketplace is owed
 */
public record Posting(String account, String currency, BigDecimal amount) {}
