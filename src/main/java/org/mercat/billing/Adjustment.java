// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import org.apache.jena.graph.Node;

/**
 * What a dispute has given back before it was charged, or of a contract as a whole: the next invoice takes it off.
 *
 * @param dispute its address
 * @param contract id of the contract
 * @param amount above 0, without tax
 */
public record Adjustment(Node dispute, String contract, String currency, BigDecimal amount) {}
