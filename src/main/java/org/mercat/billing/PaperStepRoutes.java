// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Caller;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Members;
import org.mercat.http.Negotiation;
import org.mercat.http.Preconditions;
import org.mercat.http.Route;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;
import org.mercat.rdf.Syntax;

/** What is done with invoices over HTTP, by the organization that issued them or by the operator: paid, and given back. */
final class PaperStepRoutes {
    private static final int MOST_LINES = 10_000;
    private static final int LONGEST_TEXT = 2_000;

    private final Archive archive;
    private final Store store;
    private final Places places;
    private final Answers answers;
    private final InstantSource clock;

    PaperStepRoutes(Archive archive, Answers answers, InstantSource clock) {
        this.archive = archive;
        this.store = archive.store();
        this.places = archive.places();
        this.answers = answers;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.post(PaperRoutes.INVOICE + "/steps/{step}", Access.ORGANIZATIONS, this::step),
                Route.post(PaperRoutes.INVOICE + "/credit-notes", Access.ORGANIZATIONS, this::credit));
    }

    /** The invoice, if it was the caller who wrote it, or the operator asks. */
    private Description issued(Context ctx) {
        Caller caller = Authentication.callerOf(ctx);
        Description its =
                archive.find(caller, places.invoices(), ctx.pathParam("organization") + "/" + ctx.pathParam("number"));
        String issuer = places.organizationId(its.one(MC.issuer));
        if (!caller.owns(issuer)) {
            throw Kind.FORBIDDEN.because("That is for who issued the invoice, \"" + issuer + "\".");
        }
        return its;
    }

    private Node agent(Context ctx) {
        Caller caller = Authentication.callerOf(ctx);
        return caller.role() == Caller.Role.OPERATOR ? places.node("") : places.organization(caller.id());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private void step(Context ctx) {
        Description its = issued(ctx);
        Syntax syntax = Negotiation.accepted(ctx);
        String step = ctx.pathParam("step");
        if (!step.equals("pay")) {
            throw Kind.NOT_FOUND.because("There is no step \"" + step + "\" of an invoice, only pay. What was wrong is"
                    + " given back: POST " + its.node() + "/credit-notes.");
        }
        Node agent = agent(ctx);
        Node node = its.node();
        Preconditions preconditions = Preconditions.of(ctx);
        store.write(view -> {
            Description next = new Description(BillingRuns.copy(view.ledger(node)), node);
            preconditions.check(Resources.revisionOf(next.graph(), node));
            if (!next.one(MC.status).orElseThrow().equals(MC.issued)) {
                throw Kind.CONFLICT.because("The invoice is "
                        + (next.one(MC.status).orElseThrow().equals(MC.paid) ? "paid already." : "void."));
            }
            BillingRuns.step(next, MC.pay, agent, now());
            next.replace(MC.status, MC.paid);
            return Change.ofLedger(node, next.graph());
        });
        answers.answer(ctx, store.ledgerGraph(node), node, syntax);
    }

    private void credit(Context ctx) {
        Description its = issued(ctx);
        Syntax syntax = Negotiation.accepted(ctx);
        Members sent = Members.of(ctx, answers.documents(), Set.of("lines", "text"));
        Map<Integer, BigDecimal> amounts = new HashMap<>();
        for (Members line : sent.objects("lines")) {
            line.mustBeAmong(Set.of("line", "amount"));
            int number = line.decimal("line", new BigDecimal(MOST_LINES)).intValue();
            BigDecimal amount = line.decimal("amount");
            boolean isThere = its.parts(MC.line).stream()
                    .anyMatch(part -> part.number(MC.lineNumber).intValue() == number);
            if (!isThere || amount.signum() == 0 || amounts.put(number, amount) != null) {
                throw line.refused(
                        "line",
                        "Each line is one of the invoice, once, with an amount: write {\"line\": 1,"
                                + " \"amount\": \"2.50\"}, or leave \"lines\" out to give all back.");
            }
        }
        CreditCommand command = new CreditCommand(
                places,
                places.idOf("invoices/", its.node()),
                amounts,
                sent.text("text", LONGEST_TEXT),
                agent(ctx),
                now());
        store.write(command);
        ctx.status(201).header("Location", command.note().getURI());
        answers.answer(ctx, store.ledgerGraph(command.note()), command.note(), syntax);
    }
}
