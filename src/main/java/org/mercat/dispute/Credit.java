// SPDX-License-Identifier: Apache-2.0
package org.mercat.dispute;

import java.math.BigDecimal;
import java.time.Instant;
import org.apache.jena.graph.Node;

/**
 * What a dispute has given back to a consumer: what a credit note is made of.
 *
 * @param dispute its id, {@code bob/parking/1}
 * @param contract id of the contract
 * @param about address of what was disputed: the contract, the sums of a metric in a month, an invoice or a line of one
 * @param amount above 0, without tax, with no more decimals than the currency has
 * @param currency three letters of ISO 4217
 * @param decided when
 */
public record Credit(
        String dispute, String contract, Node about, BigDecimal amount, String currency, Instant decided) {}
