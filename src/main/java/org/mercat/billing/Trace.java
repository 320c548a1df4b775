// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.mercat.contract.Contract;
import org.mercat.contract.Contracts;
import org.mercat.contract.Tariff;
import org.mercat.http.Failure.Kind;
import org.mercat.ns.MC;
import org.mercat.usage.Booked;
import org.mercat.usage.UsageEvent.Side;
import org.mercat.usage.UsageLog;

/** Why a line of an invoice is there: the tariff that was agreed, the arithmetic, and the events that were charged. */
final class Trace {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 1_000;

    private final Contracts contracts;
    private final Supplier<UsageLog> usage;

    Trace(Contracts contracts, Supplier<UsageLog> usage) {
        this.contracts = contracts;
        this.usage = usage;
    }

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

    String of(Places places, Description invoice, Description line, Page page) {
        String id = places.idOf("contracts/", line.one(MC.contract).orElseThrow());
        Contract contract = contracts.find(id).orElseThrow();
        YearMonth charged = invoice.month(MC.month).orElseThrow();
        YearMonth usedIn = line.month(MC.usedIn).orElseThrow();
        ObjectNode json = JSON.createObjectNode();
        json.put("invoice", invoice.node().getURI())
                .put("line", line.number(MC.lineNumber).intValue());
        json.put("contract", contract.node().getURI())
                .put("offering", contract.offering().getURI());
        json.put("month", charged.toString()).put("usedIn", usedIn.toString());
        json.set("tariff", tariff(Invoicing.tariff(contract, usedIn)));
        json.put("arithmetic", arithmetic(invoice, line));
        events(places, contract, invoice, line, page, json);
        return json.toString();
    }

    private static String arithmetic(Description invoice, Description line) {
        String currency = invoice.text(StoredConditions.CURRENCY);
        String product = line.text(MC.quantity) + " " + line.text(MC.metric) + " x " + line.text(MC.unitPrice) + " "
                + currency + " = " + line.text(MC.amount) + " " + currency;
        return line.one(MC.taxRate).isEmpty()
                ? product
                : product + ", and " + line.text(MC.taxRate) + " % tax = " + line.text(MC.taxAmount) + " " + currency;
    }

    private static ObjectNode tariff(Tariff tariff) {
        ObjectNode json = JSON.createObjectNode()
                .put("pricingModel", tariff.model().name())
                .put("price", tariff.price().toPlainString())
                .put("currency", tariff.currency())
                .put("freeQuota", tariff.freeQuota().toPlainString())
                .put("trialDays", tariff.trialDays());
        ArrayNode tiers = json.putArray("tiers");
        tariff.tiers()
                .forEach(tier -> tiers.addObject()
                        .put("upTo", tier.upTo().toPlainString())
                        .put("price", tier.price().toPlainString()));
        json.put("tiering", tariff.tiering().name().toLowerCase(java.util.Locale.ROOT));
        tariff.minimum().ifPresent(its -> json.put("minimum", its.toPlainString()));
        tariff.maximum().ifPresent(its -> json.put("maximum", its.toPlainString()));
        return json;
    }

    /** Those that the provider reported of this metric for the month, in the order in which they came. */
    private void events(
            Places places, Contract contract, Description invoice, Description line, Page page, ObjectNode json) {
        YearMonth charged = invoice.month(MC.month).orElseThrow();
        YearMonth usedIn = line.month(MC.usedIn).orElseThrow();
        String metric = line.text(MC.metric);
        List<Booked> found = new ArrayList<>();
        usage.get().events(contract.id(), charged, page.after, page.limit + 1, found::add);
        ArrayNode events = json.putArray("events");
        found.stream()
                .limit(page.limit)
                .filter(booked -> booked.event().side() == Side.PROVIDER
                        && booked.event().quantities().containsKey(metric)
                        && YearMonth.from(booked.event().day()).equals(usedIn))
                .forEach(booked -> events.addObject()
                        .put("number", booked.number())
                        .put("reporter", booked.event().key().reporter())
                        .put("source", booked.event().key().source())
                        .put("id", booked.event().key().id())
                        .put("time", booked.event().time().toString())
                        .put("quantity", booked.event().quantities().get(metric).toPlainString()));
        if (found.size() > page.limit) {
            json.put(
                    "next",
                    invoice.node() + "/lines/" + line.text(MC.lineNumber) + "/trace?limit=" + page.limit + "&after="
                            + found.get(page.limit - 1).number());
        }
    }
}
