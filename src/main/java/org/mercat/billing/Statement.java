// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a month comes to.
 *
 * @param invoices by issuer, recipient and currency
 * @param settlements by organization and currency
 * @param credits that were taken into account
 */
public record Statement(YearMonth month, List<Invoice> invoices, List<Settlement> settlements, List<Credit> credits) {
    public Statement {
        invoices = List.copyOf(invoices);
        settlements = List.copyOf(settlements);
        credits = List.copyOf(credits);
    }

    /** The books: what each account gets. Whether they are zero together shows whether a cent was lost. */
    public List<Posting> postings() {
        Map<String, Map<String, BigDecimal>> sums = new TreeMap<>();
        for (Invoice invoice : invoices) {
            add(sums, "receivable/" + invoice.recipient(), invoice.currency(), invoice.total());
        }
        for (Credit credit : credits) {
            BigDecimal given = credit.amount().add(credit.tax()).negate();
            add(sums, "receivable/" + credit.recipient(), credit.currency(), given);
        }
        for (Settlement settlement : settlements) {
            String currency = settlement.currency();
            add(
                    sums,
                    "payable/" + settlement.organization(),
                    currency,
                    settlement.payout().negate());
            add(sums, "income/fees", currency, settlement.fees().negate());
        }
        List<Posting> postings = new ArrayList<>();
        sums.forEach((account, currencies) -> currencies.forEach((currency, amount) -> {
            if (amount.signum() != 0) {
                postings.add(new Posting(account, currency, amount));
            }
        }));
        return postings;
    }

    private static void add(
            Map<String, Map<String, BigDecimal>> sums, String account, String currency, BigDecimal amount) {
        sums.computeIfAbsent(account, name -> new TreeMap<>()).merge(currency, amount, BigDecimal::add);
    }
}
