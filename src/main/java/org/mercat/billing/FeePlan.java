// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;

/**
 * What the marketplace charges an organization of providers.
 *
 * @param currency three letters of ISO 4217, of all but the percentage, which is taken in that of the payment
 * @param percentage of each payment, 0 to 100
 * @param entry once, in the month of the first contract
 * @param listing for each offering and month
 * @param support for each month
 * @param call for each call of the catalogue's API
 * @param promotion for each offering and day that it is promoted
 * @param waiverMonths how many months, from that of the first contract on, cost nothing
 */
public record FeePlan(
        String currency,
        BigDecimal percentage,
        BigDecimal entry,
        BigDecimal listing,
        BigDecimal support,
        BigDecimal call,
        BigDecimal promotion,
        int waiverMonths) {}
