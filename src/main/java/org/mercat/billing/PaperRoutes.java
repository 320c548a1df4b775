// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import io.javalin.http.Context;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;
import org.mercat.contract.Contracts;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Caller;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Members;
import org.mercat.http.Negotiation;
import org.mercat.http.Paging;
import org.mercat.http.Preconditions;
import org.mercat.http.PrivateAnswers;
import org.mercat.http.Route;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;
import org.mercat.rdf.Syntax;
import org.mercat.search.PageWriter;
import org.mercat.usage.UsageLog;

/** Invoices, settlements and credit notes over HTTP: each for those whose it is, and all for the operator. */
final class PaperRoutes {
    private static final String INVOICE = "/invoices/{organization}/{number}";
    private static final int MOST_LINES = 10_000;
    private static final int LONGEST_TEXT = 2_000;

    private final Store store;
    private final Places places;
    private final Answers answers;
    private final PageWriter pages;
    private final Trace trace;

    PaperRoutes(
            Store store,
            Places places,
            Contracts contracts,
            Supplier<UsageLog> usage,
            Answers answers,
            PageWriter pages) {
        this.store = store;
        this.places = places;
        this.answers = answers;
        this.pages = pages;
        this.trace = new Trace(contracts, usage);
    }

    List<Route> routes() {
        Collection settlements = places.settlements();
        return List.of(
                Route.get("/invoices", Access.ORGANIZATIONS, ctx -> list(ctx, places.invoices())),
                Route.get(INVOICE, Access.ORGANIZATIONS, ctx -> read(ctx, places.invoices())),
                Route.post(INVOICE + "/steps/{step}", Access.ORGANIZATIONS, this::step),
                Route.post(INVOICE + "/credit-notes", Access.ORGANIZATIONS, this::credit),
                Route.get(INVOICE + "/lines/{line}/trace", Access.ORGANIZATIONS, this::trace),
                Route.get("/credit-notes", Access.ORGANIZATIONS, ctx -> list(ctx, places.creditNotes())),
                Route.get(
                        "/credit-notes/{organization}/{number}",
                        Access.ORGANIZATIONS,
                        ctx -> read(ctx, places.creditNotes())),
                Route.get("/settlements", Access.ORGANIZATIONS, ctx -> list(ctx, settlements)),
                Route.get("/settlements/{number}", Access.ORGANIZATIONS, ctx -> read(ctx, settlements)));
    }

    private void list(Context ctx, Collection collection) {
        Syntax syntax = Negotiation.accepted(ctx);
        Paging paging = Paging.of(ctx, collection, "month", "status");
        Optional<YearMonth> month = Optional.ofNullable(ctx.queryParam("month")).map(Members::month);
        Optional<Node> status =
                Paging.oneOf(ctx, "status", List.of("issued", "paid", "void")).map(PaperRoutes::status);
        String after = paging.after();
        List<String> found = found(Authentication.callerOf(ctx), collection, month, status).stream()
                .filter(node -> after.isEmpty() || ORDER.compare(node.getURI(), collection.iri() + after) > 0)
                .limit(paging.oneMore())
                .map(node -> places.idOf(collection.name() + "/", node))
                .toList();
        ctx.header("Cache-Control", "private, no-cache");
        pages.answer(ctx, member(collection), paging, found, syntax);
    }

    private static String member(Collection collection) {
        return collection.name().equals("credit-notes") ? "creditNotes" : collection.name();
    }

    private static Node status(String word) {
        return switch (word) {
            case "issued" -> MC.issued;
            case "paid" -> MC.paid;
            default -> MC.voided;
        };
    }

    /** By issuer, then by number. */
    private static final Comparator<String> ORDER = Comparator.comparing(
                    (String iri) -> iri.substring(0, iri.lastIndexOf('/')))
            .thenComparing(iri -> iri.length())
            .thenComparing(Comparator.naturalOrder());

    private List<Node> found(Caller caller, Collection collection, Optional<YearMonth> month, Optional<Node> status) {
        boolean isAll = caller.role() == Caller.Role.OPERATOR;
        Node own = places.organization(caller.id());
        return store.readLedger(ledger -> {
            Set<Node> found = new TreeSet<>(Comparator.comparing(Node::getURI, ORDER));
            for (Node property : isAll ? List.of(RDF.Nodes.type) : List.of(MC.issuer, MC.recipient)) {
                ledger.find(Node.ANY, Node.ANY, property, isAll ? collection.type() : own)
                        .forEachRemaining(quad -> found.add(quad.getGraph()));
            }
            found.removeIf(node -> !node.getURI().startsWith(collection.iri())
                    || month.filter(its -> !ledger.contains(node, node, MC.month, Description.month(its)))
                            .isPresent()
                    || status.filter(its -> !ledger.contains(node, node, MC.status, its))
                            .isPresent());
            return new ArrayList<>(found);
        });
    }

    /** What the path names, if the caller takes part in it. */
    private Description found(Context ctx, Collection collection) {
        String number = PrivateAnswers.plain(Csv.plain(ctx.pathParam("number")));
        String id =
                ctx.pathParamMap().containsKey("organization") ? ctx.pathParam("organization") + "/" + number : number;
        Node node = collection.resource(id);
        Description its = new Description(Shown.of(store.ledgerGraph(node)), node);
        Caller caller = Authentication.callerOf(ctx);
        boolean isOwn = its.one(MC.recipient).isPresent()
                && (caller.owns(places.organizationId(its.one(MC.recipient)))
                        || its.one(MC.issuer).isPresent() && caller.owns(places.organizationId(its.one(MC.issuer))));
        if (!isOwn) {
            throw Kind.NOT_FOUND.because("There is no " + collection.memberName() + " \"" + id + "\" of yours. GET /"
                    + collection.name() + " lists those that are.");
        }
        return its;
    }

    private void read(Context ctx, Collection collection) {
        Description its = found(ctx, collection);
        String last = ctx.pathParam("number");
        if (Csv.isWanted(ctx, last)) {
            ctx.header("Cache-Control", "private, no-cache")
                    .header("Vary", "Accept")
                    .contentType(Csv.TYPE)
                    .result(Csv.of(places, its).getBytes(StandardCharsets.UTF_8));
            return;
        }
        answers.answer(ctx, its.graph(), its.node(), PrivateAnswers.syntax(ctx, last));
    }

    /** The invoice, if it was the caller who wrote it, or the operator asks. */
    private Description issued(Context ctx) {
        Description its = found(ctx, places.invoices());
        String issuer = places.organizationId(its.one(MC.issuer));
        if (!Authentication.callerOf(ctx).owns(issuer)) {
            throw Kind.FORBIDDEN.because("That is for who issued the invoice, \"" + issuer + "\".");
        }
        return its;
    }

    private Node agent(Caller caller) {
        return caller.role() == Caller.Role.OPERATOR ? places.node("") : places.organization(caller.id());
    }

    private void step(Context ctx) {
        Description its = issued(ctx);
        Syntax syntax = Negotiation.accepted(ctx);
        String step = ctx.pathParam("step");
        if (!step.equals("pay")) {
            throw Kind.NOT_FOUND.because("There is no step \"" + step + "\" of an invoice, only pay. What was wrong is"
                    + " given back: POST " + its.node() + "/credit-notes.");
        }
        Node agent = agent(Authentication.callerOf(ctx));
        Node node = its.node();
        Preconditions preconditions = Preconditions.of(ctx);
        store.write(view -> {
            Description next = new Description(BillingRuns.copy(view.ledger(node)), node);
            preconditions.check(Resources.revisionOf(next.graph(), node));
            if (!next.one(MC.status).orElseThrow().equals(MC.issued)) {
                throw Kind.CONFLICT.because("The invoice is "
                        + (next.one(MC.status).orElseThrow().equals(MC.paid) ? "paid already." : "void."));
            }
            BillingRuns.step(next, MC.pay, agent, Instant.now().truncatedTo(ChronoUnit.SECONDS));
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
                agent(Authentication.callerOf(ctx)),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
        store.write(command);
        ctx.status(201).header("Location", command.note().getURI());
        answers.answer(ctx, store.ledgerGraph(command.note()), command.note(), syntax);
    }

    private void trace(Context ctx) {
        Description its = found(ctx, places.invoices());
        String word = ctx.pathParam("line");
        Description line = its.parts(MC.line).stream()
                .filter(part -> part.text(MC.lineNumber).equals(word))
                .findFirst()
                .orElseThrow(() -> Kind.NOT_FOUND.because("The invoice has no line " + word + "."));
        ctx.header("Cache-Control", "private, no-cache")
                .contentType("application/json")
                .result(trace.of(places, its, line, Trace.Page.of(ctx)));
    }
}
