// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.mercat.contract.Contract;
import org.mercat.contract.Contracts;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Members;
import org.mercat.http.Route;
import org.mercat.usage.UsageEvent.Side;

/**
 * Usage over HTTP: reported as CloudEvents, one, many or a line each, and read as sums of days or as it was reported.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">CloudEvents,
 *     HTTP protocol binding</a>
 */
public final class UsageRoutes {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST_READ = 10_000;
    private static final List<String> ATTRIBUTES = List.of("specversion", "id", "source", "type", "subject", "time");

    private final Supplier<UsageLog> log;
    private final Contracts contracts;
    private final Intake intake;
    private final java.time.InstantSource clock;

    /** @param log is asked for at the first request @param clock that says what is in the future */
    public UsageRoutes(Supplier<UsageLog> log, Contracts contracts, java.time.InstantSource clock) {
        this.log = log;
        this.contracts = contracts;
        this.intake = new Intake(log, new Metering(contracts, clock));
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/usage", Access.PARTIES, intake::report),
                Route.get("/usage", Access.PARTIES, this::totals),
                Route.get("/usage/events", Access.PARTIES, this::events));
    }

    private void totals(Context ctx) {
        Contract contract = contract(ctx);
        YearMonth month = month(ctx);
        List<DayTotal> totals = log.get().totals(contract.id(), month);
        ObjectNode json = EventReader.JSON.createObjectNode();
        json.put("contract", contract.id()).put("month", month.toString());
        json.put("open", log.get().closed().map(last -> last.isBefore(month)).orElse(true));
        ArrayNode sums = json.putArray("totals");
        Comparison.of(totals).forEach(comparison -> sums.add(comparison.json(EventReader.JSON)));
        ArrayNode days = json.putArray("days");
        for (DayTotal total : totals) {
            days.addObject()
                    .put("day", total.day().toString())
                    .put("side", word(total.side()))
                    .put("metric", total.metric())
                    .put("quantity", total.quantity().toPlainString())
                    .put("events", total.events());
        }
        ctx.header("Cache-Control", "private, no-cache")
                .contentType("application/json")
                .result(json.toString());
    }

    static String word(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    private void events(Context ctx) {
        Contract contract = contract(ctx);
        YearMonth month = month(ctx);
        long after = number(ctx, "after", 0, Long.MAX_VALUE - 1);
        int limit = (int) Math.max(1, number(ctx, "limit", DEFAULT_LIMIT, MOST_READ));
        List<Booked> page = new ArrayList<>();
        log.get().events(contract.id(), month, after, limit + 1, page::add);
        ObjectNode json = EventReader.JSON.createObjectNode();
        json.put("contract", contract.id()).put("month", month.toString());
        ArrayNode events = json.putArray("events");
        page.stream().limit(limit).forEach(booked -> events.add(cloudEvent(booked)));
        if (page.size() > limit) {
            String next = contracts.collection().baseIri() + "usage/events?contract=" + contract.id() + "&month="
                    + month + "&limit=" + limit + "&after="
                    + page.get(limit - 1).number();
            json.put("next", next);
            ctx.header("Link", "<" + next + ">; rel=\"next\"");
        }
        ctx.header("Cache-Control", "private, no-cache")
                .contentType("application/json")
                .result(json.toString());
    }

    /** As it could be sent again, with who reported it and its place in the order. */
    private static ObjectNode cloudEvent(Booked booked) {
        UsageEvent event = booked.event();
        ObjectNode json = EventReader.JSON.createObjectNode();
        json.put("specversion", "1.0")
                .put("id", event.key().id())
                .put("source", event.key().source())
                .put("type", Metering.TYPE)
                .put("subject", event.contract())
                .put("time", event.until().orElse(event.time()).toString())
                .put("reporter", event.key().reporter())
                .put("side", word(event.side()))
                .put("number", booked.number());
        ObjectNode data = json.putObject("data");
        event.until()
                .ifPresent(end -> data.put("start", event.time().toString()).put("end", end.toString()));
        ObjectNode quantities = data.putObject("quantities");
        event.quantities().forEach((metric, quantity) -> quantities.put(metric, quantity.toPlainString()));
        return json;
    }

    private Contract contract(Context ctx) {
        String id = ctx.queryParam("contract");
        if (id == null) {
            throw Kind.BAD_REQUEST.because("Say of which contract: ?contract=bob/parking&month=2026-11.");
        }
        return contracts
                .find(id)
                .filter(contract -> contracts.isOf(Authentication.callerOf(ctx), contract))
                .orElseThrow(() -> Kind.NOT_FOUND.because("There is no contract \"" + id
                        + "\" in which you take part. GET /contracts lists those that are yours."));
    }

    private YearMonth month(Context ctx) {
        String word = ctx.queryParam("month");
        return word == null ? YearMonth.from(clock.instant().atOffset(java.time.ZoneOffset.UTC)) : Members.month(word);
    }

    private static long number(Context ctx, String name, long other, long most) {
        String word = ctx.queryParam(name);
        if (word == null) {
            return other;
        }
        if (word.matches("\\d{1,18}") && Long.parseLong(word) <= most) {
            return Long.parseLong(word);
        }
        throw Kind.BAD_REQUEST.because(name + " is a number from 0 to " + most + ", not \"" + word + "\".");
    }
}
