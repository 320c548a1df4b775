// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import org.apache.jena.graph.Node;

/**
 * What is given back of an invoice's line.
 *
 * @param issuer id of the organization that had charged it
 * @param recipient id of the organization that had been charged
 * @param amount without tax, as it was charged: positive where the line was
 */
public record Credit(
        String issuer, String recipient, Node offering, String currency, BigDecimal amount, BigDecimal tax) {}
