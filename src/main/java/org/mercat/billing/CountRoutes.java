// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.mercat.billing.Settlement.Kind;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Caller;
import org.mercat.http.Members;
import org.mercat.http.Route;

/** What is charged by number, over HTTP: each organization sees its own numbers, and what they cost so far. */
final class CountRoutes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BillingRuns runs;
    private final Conditions conditions;
    private final InstantSource clock;

    CountRoutes(BillingRuns runs, Conditions conditions, InstantSource clock) {
        this.runs = runs;
        this.conditions = conditions;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(Route.get("/billing/counts", Access.ORGANIZATIONS, this::counts));
    }

    private void counts(Context ctx) {
        Caller caller = Authentication.callerOf(ctx);
        YearMonth month = Optional.ofNullable(ctx.queryParam("month"))
                .map(Members::month)
                .orElseGet(() -> YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC)));
        ObjectNode json = JSON.createObjectNode().put("month", month.toString());
        ArrayNode all = json.putArray("counts");
        FeeCounts counts = runs.counts(month).of(caller::owns);
        counts.byOrganization().forEach((organization, its) -> {
            Optional<FeePlan> plan = conditions
                    .feePlan(organization, month)
                    .filter(fees -> counts.providers().contains(organization));
            its.forEach((kind, quantity) -> {
                ObjectNode one = all.addObject()
                        .put("organization", organization)
                        .put("kind", kind.word())
                        .put("quantity", quantity.toPlainString());
                plan.ifPresent(fees -> price(one, fees, kind, quantity));
            });
        });
        ctx.header("Cache-Control", "private, no-cache")
                .contentType("application/json")
                .result(json.toString());
    }

    /** What it costs, but for a waiver. */
    private static void price(ObjectNode json, FeePlan plan, Kind kind, BigDecimal quantity) {
        BigDecimal price = switch (kind) {
            case LISTING_FEE -> plan.listing();
            case CALL_FEE -> plan.call();
            default -> plan.promotion();
        };
        json.put("unitPrice", price.toPlainString())
                .put(
                        "amount",
                        Money.round(price.multiply(quantity), plan.currency()).toPlainString())
                .put("currency", plan.currency());
    }
}
