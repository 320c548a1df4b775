// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import io.javalin.http.Context;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mercat.contract.Contract;
import org.mercat.contract.Contracts;
import org.mercat.http.Failure.Kind;
import org.mercat.ns.MC;
import org.mercat.usage.Booked;
import org.mercat.usage.UsageEvent.Side;
import org.mercat.usage.UsageLog;

/** Why a line of an invoice is there: the tariff that was agreed, the arithmetic, and the events that were charged. */
record Trace(Places places, Contracts contracts, Supplier<UsageLog> usage) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1_000;

    /** Which events are wanted. @param after number of the last one that is known */
    record Page(long after, int limit) {
        static Page of(Context ctx) {
            long limit = Math.max(1, Math.min(MOST, number(ctx, "limit", DEFAULT_LIMIT)));
            return new Page(number(ctx, "after", 0), (int) limit);
        }

        private static long number(Context ctx, String name, long other) {
            String word = Optional.ofNullable(ctx.queryParam(name)).orElse(String.valueOf(other));
            if (!word.matches("\\d{1,18}")) {
                throw Kind.BAD_REQUEST.because(name + " is a number, not \"" + word + "\".");
            }
            return Long.parseLong(word);
        }
    }

    TracePage of(Description invoice, Description line, Page page) {
        String id = places.idOf("contracts/", line.one(MC.contract).orElseThrow());
        Contract contract = contracts.find(id).orElseThrow();
        YearMonth usedIn = line.month(MC.usedIn).orElseThrow();
        List<Booked> found = new ArrayList<>();
        usage.get()
                .events(contract.id(), invoice.month(MC.month).orElseThrow(), page.after, page.limit + 1, found::add);
        Optional<String> next = found.size() <= page.limit
                ? Optional.empty()
                : Optional.of("/lines/" + line.text(MC.lineNumber) + "/trace?limit=" + page.limit + "&after="
                        + found.get(page.limit - 1).number());
        return new TracePage(
                invoice,
                line,
                contract,
                Invoicing.tariff(contract, usedIn),
                arithmetic(invoice, line),
                found.stream()
                        .limit(page.limit)
                        .filter(booked -> isCharged(booked, line.text(MC.metric), usedIn))
                        .toList(),
                next);
    }

    private static String arithmetic(Description invoice, Description line) {
        String currency = invoice.text(StoredConditions.CURRENCY);
        String product = line.text(MC.quantity) + " " + line.text(MC.metric) + " x " + line.text(MC.unitPrice) + " "
                + currency + " = " + line.text(MC.amount) + " " + currency;
        return line.one(MC.taxRate).isEmpty()
                ? product
                : product + ", and " + line.text(MC.taxRate) + " % tax = " + line.text(MC.taxAmount) + " " + currency;
    }

    /** Those that the provider reported of this metric for the month. */
    private static boolean isCharged(Booked booked, String metric, YearMonth usedIn) {
        return booked.event().side() == Side.PROVIDER
                && booked.event().quantities().containsKey(metric)
                && YearMonth.from(booked.event().day()).equals(usedIn);
    }
}
