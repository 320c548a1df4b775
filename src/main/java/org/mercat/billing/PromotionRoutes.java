// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import io.javalin.http.Context;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.billing.Promotions.Promotion;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Negotiation;
import org.mercat.http.Preconditions;
import org.mercat.http.PrivateAnswers;
import org.mercat.http.Route;
import org.mercat.ns.MC;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;
import org.mercat.rdf.Submission;
import org.mercat.search.PageWriter;

/** Promotions over HTTP, for the providers of what is promoted. Their addresses say on which day they begin. */
final class PromotionRoutes {
    private static final String ONE = "/promotions/{organization}/{provider}/{offering}/{day}";
    private static final int LONGEST_DAYS = 366;

    private final Store store;
    private final Places places;
    private final Promotions promotions;
    private final Reception reception;
    private final Answers answers;
    private final PageWriter pages;
    private final InstantSource clock;

    PromotionRoutes(
            Store store,
            Places places,
            Promotions promotions,
            Reception reception,
            Answers answers,
            PageWriter pages,
            InstantSource clock) {
        this.store = store;
        this.places = places;
        this.promotions = promotions;
        this.reception = reception;
        this.answers = answers;
        this.pages = pages;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/promotions", Access.PROVIDERS, this::list),
                Route.get(ONE, Access.PROVIDERS, this::read),
                Route.put(ONE, Access.PROVIDERS, this::put),
                Route.delete(ONE, Access.PROVIDERS, this::stop));
    }

    private void list(Context ctx) {
        var caller = Authentication.callerOf(ctx);
        List<Node> own = promotions.nodes().stream()
                .filter(node -> caller.owns(places.idOf("promotions/", node)))
                .sorted(Comparator.comparing(Node::getURI))
                .toList();
        ctx.header("Cache-Control", "private, no-cache");
        pages.answer(ctx, "promotions", own, Optional.empty(), Negotiation.accepted(ctx));
    }

    private static LocalDate day(Context ctx) {
        String day = PrivateAnswers.plain(ctx.pathParam("day"));
        try {
            return LocalDate.parse(day);
        } catch (DateTimeParseException e) {
            throw Kind.BAD_REQUEST.because(
                    "The address of a promotion ends in its first day, 2026-12-01, not in \"" + day + "\".");
        }
    }

    private Node offering(Context ctx) {
        String provider = ctx.pathParam("organization") + "/" + ctx.pathParam("provider");
        Authentication.callerOf(ctx).mustOwn(provider);
        return places.node("offerings/" + provider + "/" + ctx.pathParam("offering"));
    }

    private Node node(Node offering, LocalDate day) {
        return places.node("promotions/" + places.idOf("offerings/", offering) + "/" + day);
    }

    private void read(Context ctx) {
        Node node = node(offering(ctx), day(ctx));
        Graph graph = store.ledgerGraph(node);
        mustBeThere(node);
        answers.answer(ctx, graph, node, PrivateAnswers.syntax(ctx, ctx.path()));
    }

    private Promotion mustBeThere(Node node) {
        return promotions
                .find(node)
                .orElseThrow(() -> Kind.NOT_FOUND.because(
                        "No promotion of this offering begins on that day. GET /promotions lists yours."));
    }

    private void put(Context ctx) {
        Node offering = offering(ctx);
        LocalDate first = day(ctx);
        Node node = node(offering, first);
        Graph offered = store.graph(offering);
        if (offered.isEmpty() || Resources.isWithdrawn(offered, offering)) {
            throw Kind.NOT_FOUND.because("There is no offering <" + offering + "> to promote.");
        }
        Optional<Promotion> before = promotions.find(node);
        Submission sent = reception.take(ctx, places.promotions(), node);
        Description its = ConditionBodies.description(sent)
                .add(MC.offering, offering)
                .add(MC.firstDay, day(first))
                .add(DCTerms.modified.asNode(), clock.instant().truncatedTo(ChronoUnit.SECONDS));
        its.replaceNumber(MC.promotionFee, its.number(MC.promotionFee));
        mustBeInTime(sent, its, first, before);
        mustBeAgreed(sent, Promotions.of(its.graph(), node));
        promotions.write(its, Preconditions.of(ctx));
        ctx.status(before.isEmpty() ? 201 : 200);
        answers.answer(ctx, its.graph(), node, Negotiation.accepted(ctx));
    }

    private static Node day(LocalDate day) {
        return NodeFactory.createLiteralDT(day.toString(), XSDDatatype.XSDdate);
    }

    /** What was begun stays begun; no day that is over is added or taken back. */
    private void mustBeInTime(Submission sent, Description its, LocalDate first, Optional<Promotion> before) {
        LocalDate today = promotions.today();
        if (before.isEmpty() && first.isBefore(today)) {
            throw Kind.CONFLICT.because(first + " is over: a promotion begins on " + today + " (UTC) or later.");
        }
        if (before.isPresent() && before.get().last().isBefore(today)) {
            throw Kind.CONFLICT.because(
                    "This promotion is over since " + before.get().last() + ": begin another one.");
        }
        LocalDate earliest = first.isBefore(today) ? today : first;
        LocalDate last = last(sent, its);
        if (last.isBefore(earliest) || last.isAfter(first.plusDays(LONGEST_DAYS))) {
            throw Reception.refused(
                    sent,
                    sent.resource(),
                    MC.lastDay,
                    "The last day is one from " + earliest + " to " + first.plusDays(LONGEST_DAYS) + ", not " + last
                            + ".");
        }
    }

    private static LocalDate last(Submission sent, Description its) {
        try {
            return LocalDate.parse(its.text(MC.lastDay));
        } catch (DateTimeParseException e) {
            throw Reception.refused(
                    sent, sent.resource(), MC.lastDay, "There is no day \"" + its.text(MC.lastDay) + "\".");
        }
    }

    private void mustBeAgreed(Submission sent, Promotion next) {
        YearMonth last = YearMonth.from(next.last());
        for (YearMonth month = YearMonth.from(next.first()); !month.isAfter(last); month = month.plusMonths(1)) {
            Optional<FeePlan> plan = promotions.dearer(next, month);
            if (plan.isPresent()) {
                String fee = plan.get().promotion().toPlainString();
                String currency = plan.get().currency();
                throw Reception.refused(
                        sent,
                        sent.resource(),
                        MC.promotionFee,
                        "A day of promotion costs " + fee + " " + currency + " in " + month
                                + ": if you agree, write \"promotionFee\": \"" + fee + "\", \"currency\": \"" + currency
                                + "\".");
            }
        }
    }

    /** What has not begun is gone; what has is over today. */
    private void stop(Context ctx) {
        Node node = node(offering(ctx), day(ctx));
        Promotion its = mustBeThere(node);
        LocalDate today = promotions.today();
        if (its.first().isAfter(today)) {
            promotions.remove(node, Preconditions.of(ctx));
        } else if (its.last().isAfter(today)) {
            Graph next = BillingRuns.copy(store.ledgerGraph(node));
            promotions.write(new Description(next, node).replace(MC.lastDay, day(today)), Preconditions.of(ctx));
        }
        ctx.status(204);
    }
}
