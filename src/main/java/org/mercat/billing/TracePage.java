// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mercat.contract.Contract;
import org.mercat.contract.Tariff;
import org.mercat.ns.MC;
import org.mercat.rdf.Amounts;
import org.mercat.usage.Booked;

/**
 * Why a line is there, to be shown.
 *
 * @param arithmetic in figures
 * @param booked the events that were charged, in the order in which they came
 * @param next where the following ones are, below the invoice; empty if these are the last
 */
public record TracePage(
        Description invoice,
        Description line,
        Contract contract,
        Tariff tariff,
        String arithmetic,
        List<Booked> booked,
        Optional<String> next) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One report of use. */
    public record Event(String id, String source, String reporter, String time, String quantity) {}

    /** The events, as they are shown. */
    public List<Event> events() {
        return booked.stream()
                .map(Booked::event)
                .map(event -> new Event(
                        event.key().id(),
                        event.key().source(),
                        event.key().reporter(),
                        event.time().toString(),
                        event.quantities().get(metric()).toPlainString()))
                .toList();
    }

    /** Where the invoice is, in this catalogue. */
    public String path() {
        return "/invoices/" + id();
    }

    /** The number of the invoice. */
    public String id() {
        return invoice.text(org.apache.jena.vocabulary.DCTerms.identifier.asNode());
    }

    /** The number of the line. */
    public String number() {
        return line.text(MC.lineNumber);
    }

    /** What was counted. */
    public String metric() {
        return line.text(MC.metric);
    }

    /** How many of them. */
    public String quantity() {
        return line.text(MC.quantity);
    }

    /** The price of one. */
    public String unitPrice() {
        return line.text(MC.unitPrice);
    }

    /** What they cost, without tax. */
    public String amount() {
        return line.text(MC.amount);
    }

    /** In hundredths. */
    public String taxRate() {
        return line.text(MC.taxRate);
    }

    /** The tax; empty if none is stated. */
    public String tax() {
        return line.text(MC.taxAmount);
    }

    /** Three letters. */
    public String currency() {
        return invoice.text(StoredConditions.CURRENCY);
    }

    /** The month that is charged. */
    public YearMonth month() {
        return invoice.month(MC.month).orElseThrow();
    }

    /** The month in which it was used. */
    public YearMonth usedIn() {
        return line.month(MC.usedIn).orElseThrow();
    }

    String json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("invoice", invoice.node().getURI()).put("line", Integer.parseInt(number()));
        json.put("contract", contract.node().getURI())
                .put("offering", contract.offering().getURI());
        json.put("month", month().toString()).put("usedIn", usedIn().toString());
        json.set("tariff", tariff(tariff));
        json.put("arithmetic", arithmetic);
        ArrayNode events = json.putArray("events");
        booked.forEach(one -> events.addObject()
                .put("number", one.number())
                .put("reporter", one.event().key().reporter())
                .put("source", one.event().key().source())
                .put("id", one.event().key().id())
                .put("time", one.event().time().toString())
                .put("quantity", one.event().quantities().get(metric()).toPlainString()));
        next.ifPresent(its -> json.put("next", invoice.node() + its));
        return json.toString();
    }

    private static ObjectNode tariff(Tariff tariff) {
        String currency = tariff.currency();
        ObjectNode json = JSON.createObjectNode()
                .put("pricingModel", tariff.model().name())
                .put("price", Amounts.text(tariff.price(), currency))
                .put("currency", currency)
                .put("freeQuota", tariff.freeQuota().toPlainString())
                .put("trialDays", tariff.trialDays());
        ArrayNode tiers = json.putArray("tiers");
        tariff.tiers()
                .forEach(tier -> tiers.addObject()
                        .put("upTo", tier.upTo().toPlainString())
                        .put("price", Amounts.text(tier.price(), currency)));
        json.put("tiering", tariff.tiering().name().toLowerCase(Locale.ROOT));
        tariff.minimum().ifPresent(its -> json.put("minimum", Amounts.text(its, currency)));
        tariff.maximum().ifPresent(its -> json.put("maximum", Amounts.text(its, currency)));
        return json;
    }
}
