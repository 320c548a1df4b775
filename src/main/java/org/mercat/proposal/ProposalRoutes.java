// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Caller;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Members;
import org.mercat.http.Negotiation;
import org.mercat.http.Paging;
import org.mercat.http.Preconditions;
import org.mercat.http.PrivateAnswers;
import org.mercat.http.ResourceRoutes;
import org.mercat.http.Route;
import org.mercat.http.Wanted;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Syntax;
import org.mercat.search.PageWriter;

/** All routes of proposals. */
final class ProposalRoutes {
    static final String PATH = "/proposals/{organization}/{name}";
    private static final int LONGEST_TEXT = 5_000;

    private final Proposals proposals;
    private final Decisions decisions;
    private final Impact impact;
    private final Documents documents;
    private final Resources resources;
    private final PageWriter pages;
    private final ResourceRoutes members;

    ProposalRoutes(
            Proposals proposals,
            Decisions decisions,
            Impact impact,
            Documents documents,
            Resources resources,
            PageWriter pages,
            ResourceRoutes members) {
        this.proposals = proposals;
        this.decisions = decisions;
        this.impact = impact;
        this.documents = documents;
        this.resources = resources;
        this.pages = pages;
        this.members = members;
    }

    /** A proposal stays on record, so there is no DELETE: it is withdrawn by a step. */
    List<Route> routes() {
        List<Route> routes = new ArrayList<>(members.routes(Access.PARTIES).stream()
                .filter(route -> route.method() != HandlerType.DELETE)
                .map(this::withPage)
                .toList());
        routes.add(Route.get("/proposals", Access.PUBLIC, this::list));
        routes.add(Route.post("/proposals", Access.PARTIES, members::create));
        routes.add(Route.get(PATH + "/impact", Access.PUBLIC, ctx -> ctx.json(impact.of(found(ctx)))));
        routes.add(Route.post(PATH + "/steps/{step}", Access.PARTIES, this::step));
        return routes;
    }

    /** Leads who wants to read a page to that of the term. */
    private Route withPage(Route route) {
        if (route.method() != HandlerType.GET) {
            return route;
        }
        return Route.get(route.path(), route.access(), ctx -> {
            boolean isData = Syntax.endingOf(ctx.pathParam("name")).isPresent();
            if (!isData && Wanted.of(ctx, Syntax.JSON).isPage()) {
                StoredProposal proposal = found(ctx);
                Node term =
                        proposal.addsTerm() ? proposal.node() : proposal.term().orElseThrow();
                ctx.status(303).header("Vary", "Accept");
                ctx.header("Location", "/terms?iri=" + URLEncoder.encode(term.getURI(), StandardCharsets.UTF_8));
            } else {
                route.handler().handle(ctx);
            }
        });
    }

    private StoredProposal found(Context ctx) {
        String id = members.idOf(ctx);
        return proposals
                .find(id)
                .orElseThrow(() -> Kind.NOT_FOUND.because(
                        "There is no proposal \"" + id + "\". GET /proposals finds those that are there."));
    }

    private void list(Context ctx) {
        Syntax syntax = Negotiation.accepted(ctx);
        Paging paging = Paging.of(ctx, proposals.collection(), "status", "vocabulary", "organization");
        List<StoredProposal> found = proposals.page(wanted(ctx), paging.after(), paging.oneMore());
        pages.answer(
                ctx, "proposals", paging, found.stream().map(StoredProposal::id).toList(), syntax);
    }

    private Predicate<StoredProposal> wanted(Context ctx) {
        Optional<String> status = Paging.oneOf(
                ctx, "status", Stream.of(Status.values()).map(Status::word).toList());
        String vocabulary = ctx.queryParam("vocabulary");
        String organization = ctx.queryParam("organization");
        return proposal -> (status.isEmpty() || proposal.status().word().equals(status.get()))
                && (vocabulary == null || proposal.vocabulary().equals(vocabulary))
                && (organization == null || proposal.organization().equals(organization));
    }

    private void step(Context ctx) {
        String id = members.idOf(ctx);
        Step step = PrivateAnswers.step(ctx, Step.posted(), Step::word);
        Syntax syntax = Negotiation.accepted(ctx);
        Caller caller = Authentication.callerOf(ctx);
        decisions.stewards().mustBeAllowed(caller, step, id);
        found(ctx);
        Members body = Members.of(ctx, documents, Set.of("text", "early"));
        String text = text(body, step);
        boolean early = early(body, step, text);
        decisions.take(new StepCommand.Request(
                id, step, caller, decisions.stewards().agent(caller), text, early, Preconditions.of(ctx)));
        Resources.Document now =
                resources.find(proposals.collection().resource(id), syntax).orElseThrow();
        ctx.contentType(syntax.contentType())
                .header("ETag", Preconditions.tag(now.revision(), syntax, documents.version()));
        ctx.result(now.content());
    }

    private static String text(Members sent, Step step) {
        String text = sent.text("text", LONGEST_TEXT);
        if (step.needsText() && text.isEmpty()) {
            throw sent.refused(
                    "text",
                    "To " + step.word().replace('-', ' ') + " takes a reason or a remark: send {\"text\": \"...\"}.");
        }
        return text;
    }

    private static boolean early(Members sent, Step step, String text) {
        JsonNode early = sent.json().path("early");
        if (!early.isMissingNode() && (!early.isBoolean() || step != Step.ACCEPT)) {
            throw sent.refused("early", "\"early\" is true or false, and only to accept.");
        }
        if (early.asBoolean() && text.isEmpty()) {
            throw sent.refused(
                    "text",
                    "Who accepts before the time for comments is over says why: {\"early\": true, \"text\": \"...\"}.");
        }
        return early.asBoolean();
    }
}
