// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Caller;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Language;
import org.mercat.http.Members;
import org.mercat.http.Negotiation;
import org.mercat.http.Pages;
import org.mercat.http.Paging;
import org.mercat.http.Route;
import org.mercat.http.Wanted;
import org.mercat.ns.MC;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Syntax;
import org.mercat.search.PageWriter;

/** Invoices, settlements and credit notes over HTTP, to read: each for those whose it is, and all for the operator. */
final class PaperRoutes {
    static final String INVOICE = "/invoices/{organization}/{number}";

    private final Archive archive;
    private final Places places;
    private final Answers answers;
    private final PageWriter lists;
    private final PaperPages papers;
    private final Trace trace;
    private final Pages pages;

    /** @param papers makes pages of documents @param trace tells why a line is there */
    PaperRoutes(Archive archive, Answers answers, PageWriter lists, PaperPages papers, Trace trace, Pages pages) {
        this.archive = archive;
        this.places = archive.places();
        this.answers = answers;
        this.lists = lists;
        this.papers = papers;
        this.trace = trace;
        this.pages = pages;
    }

    List<Route> routes() {
        Collection notes = places.creditNotes();
        Collection settlements = places.settlements();
        return List.of(
                Route.get("/invoices", Access.PARTIES, ctx -> list(ctx, places.invoices())),
                Route.get(INVOICE, Access.PARTIES, ctx -> read(ctx, places.invoices())),
                Route.get(INVOICE + "/lines/{line}/trace", Access.PARTIES, this::trace),
                Route.get("/credit-notes", Access.PARTIES, ctx -> list(ctx, notes)),
                Route.get("/credit-notes/{organization}/{number}", Access.PARTIES, ctx -> read(ctx, notes)),
                Route.get("/settlements", Access.PARTIES, ctx -> list(ctx, settlements)),
                Route.get("/settlements/{number}", Access.PARTIES, ctx -> read(ctx, settlements)));
    }

    private void list(Context ctx, Collection collection) {
        Syntax syntax = Negotiation.accepted(ctx);
        Paging paging = Paging.of(ctx, collection, "month", "status");
        String after = paging.after();
        Optional<YearMonth> month = Optional.ofNullable(ctx.queryParam("month")).map(Members::month);
        Optional<Node> status =
                Paging.oneOf(ctx, "status", List.of("issued", "paid", "void")).map(PaperRoutes::status);
        List<String> found = archive.all(Authentication.callerOf(ctx), collection, month, status).stream()
                .filter(node -> after.isEmpty() || Archive.ORDER.compare(node.getURI(), collection.iri() + after) > 0)
                .limit(paging.oneMore())
                .map(node -> places.idOf(collection.name() + "/", node))
                .toList();
        ctx.header("Cache-Control", "private, no-cache");
        lists.answer(ctx, member(collection), paging, found, syntax);
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

    private void read(Context ctx, Collection collection) {
        PaperForm form = PaperForm.of(ctx, ctx.pathParam("number"), !collection.equals(places.settlements()));
        String organization = ctx.pathParamMap().getOrDefault("organization", "");
        String id = organization.isEmpty() ? form.number() : organization + "/" + form.number();
        Caller caller = Authentication.callerOf(ctx);
        Description paper = archive.find(caller, collection, id);
        switch (form.mediaType()) {
            case Wanted.HTML -> {
                pages.answer(ctx, "paper", Map.of("page", papers.of(paper, caller, Language.of(ctx))));
                ctx.header("Cache-Control", "private, no-cache");
            }
            case PaperForm.CSV ->
                answer(ctx, PaperForm.CSV, Csv.of(places, paper).getBytes(StandardCharsets.UTF_8));
            case PaperForm.XML ->
                answer(ctx, PaperForm.XML, Ubl.of(paper, papers, papers.of(paper, caller, Ubl.LANGUAGE)));
            default ->
                answers.answer(
                        ctx,
                        paper.graph(),
                        paper.node(),
                        Syntax.of(form.mediaType()).orElseThrow());
        }
    }

    private static void answer(Context ctx, String type, byte[] content) {
        ctx.header("Cache-Control", "private, no-cache")
                .header("Vary", "Accept")
                .contentType(type)
                .result(content);
    }

    private void trace(Context ctx) {
        Caller caller = Authentication.callerOf(ctx);
        Description invoice =
                archive.find(caller, places.invoices(), ctx.pathParam("organization") + "/" + ctx.pathParam("number"));
        String word = ctx.pathParam("line");
        Description line = invoice.parts(MC.line).stream()
                .filter(part -> part.text(MC.lineNumber).equals(word))
                .filter(part -> archive.own().isOf(caller, part) || caller.role() == Caller.Role.OPERATOR)
                .findFirst()
                .orElseThrow(() -> Kind.NOT_FOUND.because("The invoice has no line " + word + " of yours."));
        TracePage page = trace.of(invoice, line, Trace.Page.of(ctx));
        if (Wanted.of(ctx, Syntax.JSON).isPage()) {
            pages.answer(ctx, "trace", Map.of("page", page, "title", papers.title(line, Language.of(ctx))));
            ctx.header("Cache-Control", "private, no-cache");
        } else {
            answer(ctx, Syntax.JSON.mediaType(), page.json().getBytes(StandardCharsets.UTF_8));
        }
    }
}
