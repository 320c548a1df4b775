// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Failure;
import org.mercat.http.Negotiation;
import org.mercat.http.Paging;
import org.mercat.http.ResourceRoutes;
import org.mercat.http.Route;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Syntax;
import org.mercat.search.PageWriter;
import org.mercat.search.SearchEngine;

/** All routes of demands. */
final class DemandRoutes {
    static final String PATH = "/demands/{organization}/{system}/{name}";
    /** What a search says about its answer; the rest is the demand's. */
    private static final List<String> OF_ANSWERS = List.of("sort", "limit", "cursor", "facets", "explain");

    private final Demands demands;
    private final DemandFeed feed;
    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final SearchEngine search;
    private final PageWriter pages;
    private final Resources resources;
    private final ResourceRoutes members;

    DemandRoutes(
            Demands demands,
            DemandFeed feed,
            Webhooks webhooks,
            Deliveries deliveries,
            SearchEngine search,
            PageWriter pages,
            Resources resources,
            ResourceRoutes members) {
        this.demands = demands;
        this.feed = feed;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.search = search;
        this.pages = pages;
        this.resources = resources;
        this.members = members;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>(members.routes(Access.CONSUMERS));
        routes.add(Route.get("/demands", Access.CONSUMERS, this::list));
        routes.add(Route.post("/demands", Access.CONSUMERS, members::create));
        routes.add(Route.get(PATH + "/matches", Access.CONSUMERS, this::matches));
        routes.add(Route.get(PATH + "/events", Access.CONSUMERS, ctx -> feed.answer(ctx, own(ctx))));
        routes.add(Route.get(PATH + "/webhook", Access.CONSUMERS, this::webhook));
        routes.add(Route.delete(PATH + "/webhook", Access.CONSUMERS, this::removeWebhook));
        routes.add(Route.get(PATH + "/dead-letters", Access.CONSUMERS, this::deadLetters));
        routes.add(Route.post(PATH + "/dead-letters/{number}/retry", Access.CONSUMERS, this::retry));
        routes.add(Route.delete(PATH + "/dead-letters/{number}", Access.CONSUMERS, this::deleteDeadLetter));
        return routes;
    }

    /** The demand in the path, if it is the caller's. */
    private StoredDemand own(Context ctx) {
        String id = members.idOf(ctx);
        Authentication.callerOf(ctx).mustOwn(id);
        return demands.find(id).orElseThrow(() -> {
            Optional<Resources.Document> gone =
                    resources.find(demands.collection().resource(id), Syntax.JSON);
            return gone.isPresent()
                    ? Failure.Kind.GONE.because("The demand \"" + id + "\" was withdrawn.")
                    : Failure.Kind.NOT_FOUND.because("There is no demand \"" + id + "\". GET /demands lists yours.");
        });
    }

    private void list(Context ctx) {
        Syntax syntax = Negotiation.accepted(ctx);
        Paging paging = Paging.of(ctx, demands.collection());
        List<String> found = demands.of(Authentication.callerOf(ctx), paging.after(), paging.oneMore());
        pages.answer(ctx, "demands", paging, found, syntax);
    }

    private void matches(Context ctx) {
        Map<String, List<String>> parameters =
                new LinkedHashMap<>(own(ctx).criteria().words());
        ctx.queryParamMap().forEach((name, values) -> {
            if (!OF_ANSWERS.contains(name)) {
                throw Failure.Kind.BAD_REQUEST.because(
                        "\"" + name + "\" is for the demand to say. Here are " + String.join(", ", OF_ANSWERS) + ".");
            }
            parameters.put(name, values);
        });
        search.answer(ctx, parameters, pages, resources);
    }

    private void webhook(Context ctx) {
        String id = own(ctx).id();
        Webhooks.Webhook webhook = webhooks.of(id).orElseThrow(() -> noWebhook(id));
        ObjectNode answer = Feed.JSON.createObjectNode();
        answer.put("url", webhook.url());
        answer.put("waiting", deliveries.waiting(id));
        answer.put("deadLetters", deliveries.deadLetters(id).size());
        deliveries.lastFailure(id).ifPresent(failure -> answer.put("lastFailure", failure));
        json(ctx, answer);
    }

    private static RuntimeException noWebhook(String id) {
        return Failure.Kind.NOT_FOUND.because("The demand \"" + id
                + "\" has no webhook. Send \"webhook\": \"https://...\" with PUT or PATCH of the demand.");
    }

    private static void json(Context ctx, ObjectNode answer) {
        ctx.header("Cache-Control", "no-store").contentType(Syntax.JSON.contentType());
        ctx.result(answer.toString());
    }

    private void removeWebhook(Context ctx) {
        String id = own(ctx).id();
        if (webhooks.of(id).isEmpty()) {
            throw noWebhook(id);
        }
        webhooks.remove(id);
        deliveries.removeAll(id);
        ctx.status(204);
    }

    private void deadLetters(Context ctx) {
        ObjectNode answer = Feed.JSON.createObjectNode();
        ArrayNode list = answer.putArray("deadLetters");
        for (Delivery dead : deliveries.deadLetters(own(ctx).id())) {
            ObjectNode letter = list.addObject();
            letter.put("number", dead.number());
            letter.put("since", Instant.ofEpochMilli(dead.since()).toString());
            letter.put("attempts", dead.attempts());
            letter.put("failure", dead.failure());
            letter.putRawValue("event", new RawValue(dead.body()));
        }
        answer.put("count", list.size());
        json(ctx, answer);
    }

    private void retry(Context ctx) {
        String id = own(ctx).id();
        if (!deliveries.retry(id, number(ctx))) {
            throw noDeadLetter(id, ctx);
        }
        ctx.status(202);
    }

    private void deleteDeadLetter(Context ctx) {
        String id = own(ctx).id();
        if (!deliveries.delete(id, number(ctx))) {
            throw noDeadLetter(id, ctx);
        }
        ctx.status(204);
    }

    private static long number(Context ctx) {
        String word = ctx.pathParam("number");
        return word.matches("\\d{1,18}") ? Long.parseLong(word) : -1;
    }

    private static RuntimeException noDeadLetter(String id, Context ctx) {
        return Failure.Kind.NOT_FOUND.because("The demand \"" + id + "\" has no dead letter " + ctx.pathParam("number")
                + ". GET .../dead-letters lists those that there are.");
    }
}
