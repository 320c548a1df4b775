// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import io.javalin.http.Context;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Caller;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Members;
import org.mercat.http.Negotiation;
import org.mercat.http.Preconditions;
import org.mercat.http.PrivateAnswers;
import org.mercat.http.Route;
import org.mercat.ns.MC;
import org.mercat.rdf.Store;
import org.mercat.search.PageWriter;

/** Fee plans, shares and tax rules over HTTP. Their addresses say from which month on they hold. */
final class ConditionRoutes {
    private static final String SHARES = "/shares/{organization}/{provider}/{offering}/{month}";
    private static final String TAX = "/taxes/{organization}/{month}";
    private final Store store;
    private final Places places;
    private final StoredConditions conditions;
    private final Answers answers;
    private final PageWriter pages;
    private final Reception reception;
    private final ConditionBodies bodies;
    private final InstantSource clock;

    ConditionRoutes(
            Store store,
            Places places,
            StoredConditions conditions,
            Answers answers,
            PageWriter pages,
            Reception reception,
            InstantSource clock) {
        this.store = store;
        this.places = places;
        this.conditions = conditions;
        this.answers = answers;
        this.pages = pages;
        this.clock = clock;
        this.reception = reception;
        this.bodies = new ConditionBodies(store, places);
    }

    List<Route> routes() {
        return List.of(
                Route.get("/fee-plans", Access.ORGANIZATIONS, this::plans),
                Route.get("/fee-plans/{month}", Access.ORGANIZATIONS, ctx -> read(ctx, planNode(ctx, ""))),
                Route.put("/fee-plans/{month}", Access.OPERATOR, ctx -> putPlan(ctx, "")),
                Route.get("/fee-plans/{month}/{organization}", Access.ORGANIZATIONS, this::ownPlan),
                Route.put(
                        "/fee-plans/{month}/{organization}",
                        Access.OPERATOR,
                        ctx -> putPlan(ctx, mustBeThere(ctx.pathParam("organization")))),
                Route.get(SHARES, Access.PROVIDERS, ctx -> read(ctx, sharesNode(ctx))),
                Route.put(SHARES, Access.PROVIDERS, this::putShares),
                Route.get(TAX, Access.ORGANIZATIONS, ctx -> read(ctx, taxNode(ctx))),
                Route.put(TAX, Access.ORGANIZATIONS, this::putTax));
    }

    private static YearMonth month(Context ctx) {
        return Members.month(PrivateAnswers.plain(ctx.pathParam("month")));
    }

    private Node planNode(Context ctx, String organization) {
        return places.feePlan(month(ctx), organization);
    }

    private void ownPlan(Context ctx) {
        String organization = PrivateAnswers.plain(ctx.pathParam("organization"));
        Authentication.callerOf(ctx).mustOwn(organization);
        read(ctx, planNode(ctx, organization));
    }

    /** The address, if the offering is the caller's. */
    private Node sharesNode(Context ctx) {
        return places.shares(offering(ctx), month(ctx));
    }

    private Node offering(Context ctx) {
        String provider = ctx.pathParam("organization") + "/" + ctx.pathParam("provider");
        Authentication.callerOf(ctx).mustOwn(provider);
        return places.node("offerings/" + provider + "/" + ctx.pathParam("offering"));
    }

    private Node taxNode(Context ctx) {
        String organization = ctx.pathParam("organization");
        Authentication.callerOf(ctx).mustOwn(organization);
        return places.tax(organization, month(ctx));
    }

    private void read(Context ctx, Node node) {
        Graph graph = store.ledgerGraph(node);
        if (graph.isEmpty()) {
            throw Kind.NOT_FOUND.because("Nothing else begins to hold in that month. What was said for an earlier month"
                    + " holds on; if nothing was, there are no fees, no shares and no tax.");
        }
        String path = ctx.path();
        answers.answer(ctx, graph, node, PrivateAnswers.syntax(ctx, path));
    }

    private void plans(Context ctx) {
        Caller caller = Authentication.callerOf(ctx);
        List<Node> visible = new ArrayList<>(conditions.all(MC.FeePlan).stream()
                .filter(node -> {
                    String[] parts = places.idOf("fee-plans/", node).split("/");
                    return parts.length == 1 || caller.owns(parts[1]);
                })
                .sorted(java.util.Comparator.comparing(Node::getURI))
                .toList());
        ctx.header("Cache-Control", "private, no-cache");
        pages.answer(ctx, "feePlans", visible, Optional.empty(), Negotiation.accepted(ctx));
    }

    private void write(Context ctx, Description its, YearMonth month) {
        its.add(MC.firstMonth, month)
                .add(DCTerms.modified.asNode(), clock.instant().truncatedTo(ChronoUnit.SECONDS));
        boolean isNew = store.ledgerGraph(its.node()).isEmpty();
        conditions.write(its.node(), month, its.graph(), Preconditions.of(ctx));
        ctx.status(isNew ? 201 : 200);
        answers.answer(ctx, its.graph(), its.node(), Negotiation.accepted(ctx));
    }

    private String mustBeThere(String organization) {
        if (store.graph(places.organization(organization)).isEmpty()) {
            throw Kind.NOT_FOUND.because("There is no organization \"" + organization + "\".");
        }
        return organization;
    }

    private void putPlan(Context ctx, String organization) {
        YearMonth month = month(ctx);
        Node node = places.feePlan(month, organization);
        Description its = bodies.plan(reception.take(ctx, places.feePlans(organization.isEmpty() ? 1 : 2), node));
        if (!organization.isEmpty()) {
            its.add(MC.organization, places.organization(organization));
        }
        write(ctx, its, month);
    }

    private void putShares(Context ctx) {
        YearMonth month = month(ctx);
        Node offering = offering(ctx);
        if (store.graph(offering).isEmpty() && store.ledgerGraph(offering).isEmpty()) {
            throw Kind.NOT_FOUND.because("There is no such offering as <" + offering + ">.");
        }
        Node node = places.shares(offering, month);
        Description its = bodies.shares(reception.take(ctx, places.valueDistributions(), node));
        write(ctx, its.add(MC.offering, offering), month);
    }

    private void putTax(Context ctx) {
        YearMonth month = month(ctx);
        Node node = taxNode(ctx);
        String organization = mustBeThere(ctx.pathParam("organization"));
        Description its = bodies.tax(reception.take(ctx, places.taxes(), node));
        write(ctx, its.add(MC.organization, places.organization(organization)), month);
    }
}
