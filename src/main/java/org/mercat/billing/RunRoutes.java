// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import io.javalin.http.Context;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.mercat.http.Access;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Members;
import org.mercat.http.Negotiation;
import org.mercat.http.Preconditions;
import org.mercat.http.PrivateAnswers;
import org.mercat.http.Route;
import org.mercat.ns.MC;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;
import org.mercat.rdf.Syntax;
import org.mercat.search.PageWriter;

/** Billing runs over HTTP, for the operator. */
final class RunRoutes {
    private static final String RUN = "/billing/runs/{month}";

    private final Store store;
    private final Places places;
    private final BillingRuns runs;
    private final Answers answers;
    private final PageWriter pages;
    private final Node operator;

    RunRoutes(Store store, Places places, BillingRuns runs, Answers answers, PageWriter pages) {
        this.store = store;
        this.places = places;
        this.runs = runs;
        this.answers = answers;
        this.pages = pages;
        this.operator = places.node("");
    }

    List<Route> routes() {
        return List.of(
                Route.get("/billing/runs", Access.OPERATOR, this::list),
                Route.post("/billing/runs", Access.OPERATOR, this::draft),
                Route.get(RUN, Access.OPERATOR, this::read),
                Route.post(RUN + "/steps/{step}", Access.OPERATOR, this::step));
    }

    private void list(Context ctx) {
        ctx.header("Cache-Control", "private, no-cache");
        List<Node> all = runs.months().stream().map(places::run).toList();
        pages.answer(ctx, "runs", all, Optional.empty(), Negotiation.accepted(ctx));
    }

    private void draft(Context ctx) {
        Syntax syntax = Negotiation.accepted(ctx);
        Members sent = Members.of(ctx, answers.documents(), Set.of("month"));
        YearMonth month = Members.month(sent.text("month", 7));
        boolean isNew = runs.draft(month, operator);
        ctx.status(isNew ? 201 : 200).header("Location", places.run(month).getURI());
        answer(ctx, month, syntax);
    }

    private void read(Context ctx) {
        String last = ctx.pathParam("month");
        YearMonth month = Members.month(PrivateAnswers.plain(last));
        mustBeThere(month);
        answer(ctx, month, PrivateAnswers.syntax(ctx, last));
    }

    private void mustBeThere(YearMonth month) {
        if (runs.status(month).isEmpty()) {
            throw Kind.NOT_FOUND.because(
                    "There is no run of " + month + ": POST /billing/runs {\"month\": \"" + month + "\"} drafts one.");
        }
    }

    /** A draft with the books as they would be now. */
    private void answer(Context ctx, YearMonth month, Syntax syntax) {
        Node node = places.run(month);
        Graph graph = BillingRuns.copy(store.ledgerGraph(node));
        if (graph.contains(node, MC.status, MC.draft)) {
            BillingRuns.books(new Description(graph, node), runs.statement(month));
        }
        answers.answer(ctx, graph, node, syntax);
    }

    private void step(Context ctx) {
        YearMonth month = Members.month(ctx.pathParam("month"));
        Syntax syntax = Negotiation.accepted(ctx);
        Preconditions.of(ctx).check(Resources.revisionOf(store.ledgerGraph(places.run(month)), places.run(month)));
        switch (ctx.pathParam("step")) {
            case "issue" -> {
                boolean isDone = runs.issue(month, operator);
                ctx.header("Mercat-Changed", String.valueOf(isDone));
                answer(ctx, month, syntax);
            }
            case "void" -> {
                runs.discard(month);
                ctx.status(204);
            }
            default ->
                throw Kind.NOT_FOUND.because(
                        "There is no step \"" + ctx.pathParam("step") + "\". There are issue, and void for a draft.");
        }
    }
}
