// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Bodies;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Negotiation;
import org.mercat.http.Preconditions;
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
    private static final int DEFAULT_LIMIT = 20;
    private static final int MOST = 100;
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
        int limit = limit(ctx);
        Predicate<StoredProposal> wanted = wanted(ctx);
        List<StoredProposal> found = proposals.page(wanted, after(ctx), limit + 1);
        List<Node> page = found.stream().limit(limit).map(StoredProposal::node).toList();
        Optional<String> next = found.size() <= limit
                ? Optional.empty()
                : Optional.of(proposals.collection().baseIri() + "proposals?" + filters(ctx) + "limit=" + limit
                        + "&cursor="
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(found.get(limit - 1).id().getBytes(StandardCharsets.UTF_8)));
        pages.answer(ctx, "proposals", page, next, syntax);
    }

    private Predicate<StoredProposal> wanted(Context ctx) {
        String status = ctx.queryParam("status");
        String vocabulary = ctx.queryParam("vocabulary");
        String organization = ctx.queryParam("organization");
        if (status != null && Status.of(status).isEmpty()) {
            throw Kind.BAD_REQUEST.because("status is one of "
                    + Arrays.stream(Status.values()).map(Status::word).collect(Collectors.joining(", ")) + ", not \""
                    + status + "\".");
        }
        return proposal -> (status == null || proposal.status().word().equals(status))
                && (vocabulary == null || proposal.vocabulary().equals(vocabulary))
                && (organization == null || proposal.organization().equals(organization));
    }

    private static String filters(Context ctx) {
        StringBuilder filters = new StringBuilder();
        for (String name : List.of("status", "vocabulary", "organization")) {
            String value = ctx.queryParam(name);
            if (value != null) {
                filters.append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                        .append('&');
            }
        }
        return filters.toString();
    }

    private static int limit(Context ctx) {
        String word = Optional.ofNullable(ctx.queryParam("limit")).orElse(String.valueOf(DEFAULT_LIMIT));
        if (word.matches("\\d{1,3}") && Integer.parseInt(word) >= 1 && Integer.parseInt(word) <= MOST) {
            return Integer.parseInt(word);
        }
        throw Kind.BAD_REQUEST.because("limit is a number from 1 to " + MOST + ", not \"" + word + "\".");
    }

    private String after(Context ctx) {
        String word = Optional.ofNullable(ctx.queryParam("cursor")).orElse("");
        try {
            String id = new String(Base64.getUrlDecoder().decode(word), StandardCharsets.UTF_8);
            if (id.isEmpty() || proposals.collection().isId(id)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw Kind.BAD_REQUEST.because(
                "This cursor is none that this list has given: follow the link of rel=\"next\" as it is.");
    }

    private void step(Context ctx) {
        String id = members.idOf(ctx);
        String word = ctx.pathParam("step");
        Step step = Step.of(word)
                .orElseThrow(() -> Kind.NOT_FOUND.because("There is no step \"" + word + "\". There are "
                        + Step.posted().stream().map(Step::word).collect(Collectors.joining(", "))
                        + "; a proposal is revised with PUT or PATCH."));
        Syntax syntax = Negotiation.accepted(ctx);
        Caller caller = Authentication.callerOf(ctx);
        decisions.stewards().mustBeAllowed(caller, step, id);
        found(ctx);
        ObjectNode body = body(ctx);
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

    private ObjectNode body(Context ctx) {
        byte[] body = Bodies.read(ctx, Bodies.RESOURCE_LIMIT);
        if (body.length == 0) {
            return documents.checkedJson("{}".getBytes(StandardCharsets.UTF_8));
        }
        if (Bodies.syntax(ctx) != Syntax.JSON) {
            throw Kind.UNSUPPORTED_MEDIA_TYPE.because(
                    "A step is a JSON object: send {\"text\": \"...\"} as Content-Type: application/json.");
        }
        ObjectNode json = documents.checkedJson(body);
        json.fieldNames().forEachRemaining(name -> {
            if (!List.of("text", "early").contains(name)) {
                throw new Failure.Malformed(
                                "A step has \"text\" and, to accept, \"early\"; there is no member \"" + name + "\".")
                        .asException();
            }
        });
        return json;
    }

    private static String text(ObjectNode body, Step step) {
        JsonNode text = body.path("text");
        if (!text.isMissingNode() && !text.isTextual() || text.asText().length() > LONGEST_TEXT) {
            throw new Failure.Malformed("\"text\" is what you say, up to " + LONGEST_TEXT + " characters.")
                    .asException();
        }
        if (step.needsText() && text.asText().isBlank()) {
            throw new Failure.Malformed("To " + step.word().replace('-', ' ')
                            + " takes a reason or a remark: send {\"text\": \"...\"}.")
                    .asException();
        }
        return text.asText().strip();
    }

    private static boolean early(ObjectNode body, Step step, String text) {
        JsonNode early = body.path("early");
        if (!early.isMissingNode() && (!early.isBoolean() || step != Step.ACCEPT)) {
            throw new Failure.Malformed("\"early\" is true or false, and only to accept.").asException();
        }
        if (early.asBoolean() && text.isEmpty()) {
            throw new Failure.Malformed(
                            "Who accepts before the time for comments is over says why: {\"early\": true, \"text\": \"...\"}.")
                    .asException();
        }
        return early.asBoolean();
    }
}
