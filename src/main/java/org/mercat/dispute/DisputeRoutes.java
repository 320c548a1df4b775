// SPDX-License-Identifier: Apache-2.0
package org.mercat.dispute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.mercat.contract.Contract;
import org.mercat.contract.Contracts;
import org.mercat.dispute.DisputeCommand.Opening;
import org.mercat.dispute.DisputeCommand.Said;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Bodies;
import org.mercat.http.Caller;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Negotiation;
import org.mercat.http.Preconditions;
import org.mercat.http.Route;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Syntax;
import org.mercat.search.PageWriter;

/** Disputes over HTTP, for both sides of the contract and the operator. */
public final class DisputeRoutes {
    private static final String PATH = "/disputes/{organization}/{name}/{number}";
    private static final int DEFAULT_LIMIT = 20;
    private static final int MOST = 100;
    private static final Set<String> OPENING =
            Set.of("contract", "month", "metric", "invoice", "line", "text", "evidence");

    private final Disputes disputes;
    private final Contracts contracts;
    private final Documents documents;
    private final Resources resources;
    private final PageWriter pages;
    private final InstantSource clock;

    /** @param resources of the ledger @param pages of the ledger */
    public DisputeRoutes(
            Disputes disputes, Documents documents, Resources resources, PageWriter pages, InstantSource clock) {
        this.disputes = disputes;
        this.contracts = disputes.contracts();
        this.documents = documents;
        this.resources = resources;
        this.pages = pages;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/disputes", Access.PARTIES, this::list),
                Route.post("/disputes", Access.PARTIES, this::open),
                Route.get(PATH, Access.PARTIES, this::read),
                Route.post(PATH + "/steps/{step}", Access.PARTIES, this::step));
    }

    private void list(Context ctx) {
        Caller caller = Authentication.callerOf(ctx);
        Syntax syntax = Negotiation.accepted(ctx);
        int limit = limit(ctx);
        String status = ctx.queryParam("status");
        if (status != null && Status.of(status).isEmpty()) {
            throw Kind.BAD_REQUEST.because("status is one of "
                    + Stream.of(Status.values()).map(Status::word).collect(Collectors.joining(", ")) + ", not \""
                    + status + "\".");
        }
        List<Dispute> found = disputes.page(
                dispute -> contracts.isOf(caller, dispute.contract())
                        && (status == null || dispute.status().word().equals(status)),
                after(ctx),
                limit + 1);
        List<Node> page = found.stream().limit(limit).map(Dispute::node).toList();
        Optional<String> next = found.size() <= limit
                ? Optional.empty()
                : Optional.of(disputes.collection().baseIri() + "disputes?"
                        + (status == null ? "" : "status=" + status + "&") + "limit=" + limit + "&cursor="
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(found.get(limit - 1).id().getBytes(StandardCharsets.UTF_8)));
        ctx.header("Cache-Control", "private, no-cache");
        pages.answer(ctx, "disputes", page, next, syntax);
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
            if (id.isEmpty() || disputes.collection().isId(id)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw Kind.BAD_REQUEST.because(
                "This cursor is none that this list has given: follow the link of rel=\"next\" as it is.");
    }

    private void open(Context ctx) {
        Caller caller = Authentication.callerOf(ctx);
        Syntax syntax = Negotiation.accepted(ctx);
        if (caller.role() == Caller.Role.OPERATOR) {
            throw Kind.FORBIDDEN.because(
                    "A dispute is opened by one of the two sides of a contract, not the operator.");
        }
        DisputeBody body = new DisputeBody(json(ctx), OPENING);
        String id = body.text("contract", true);
        Contract contract = contracts
                .find(id)
                .filter(its -> contracts.isOf(caller, its))
                .orElseThrow(() -> Kind.NOT_FOUND.because(
                        "There is no contract \"" + id + "\" in which you take part: \"contract\" is the id of one."));
        Said said = new Said(
                agent(caller),
                body.text("text", true),
                body.evidence(),
                Optional.empty(),
                Optional.empty(),
                new Preconditions(null, null));
        Node about = body.about(contract, disputes.collection().baseIri());
        disputes.redress().mustBeThere(contract, about);
        Opening opening = new Opening(contract, about, caller.owns(contract.consumer()));
        String free = freeId(contract);
        Node node = disputes.collection().resource(free);
        disputes.write(
                node, new DisputeCommand(disputes, free, Step.DISPUTE, caller, said, Optional.of(opening), now()));
        ctx.status(201).header("Location", node.getURI());
        answer(ctx, node, syntax);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private Node agent(Caller caller) {
        return contracts.agent(caller);
    }

    private String freeId(Contract contract) {
        int number = 1;
        while (disputes.find(contract.id() + "/" + number).isPresent()) {
            number++;
        }
        return contract.id() + "/" + number;
    }

    private ObjectNode json(Context ctx) {
        byte[] body = Bodies.read(ctx, Bodies.RESOURCE_LIMIT);
        if (body.length == 0) {
            return documents.checkedJson("{}".getBytes(StandardCharsets.UTF_8));
        }
        if (Bodies.syntax(ctx) != Syntax.JSON) {
            throw Kind.UNSUPPORTED_MEDIA_TYPE.because(
                    "This is a JSON object: send {\"text\": \"...\"} as Content-Type: application/json.");
        }
        return documents.checkedJson(body);
    }

    private Dispute found(Context ctx) {
        String path = ctx.pathParam("organization") + "/" + ctx.pathParam("name") + "/" + ctx.pathParam("number");
        String id = Syntax.endingOf(path)
                .map(syntax ->
                        path.substring(0, path.length() - syntax.extension().length() - 1))
                .orElse(path);
        return disputes.find(id)
                .filter(dispute -> contracts.isOf(Authentication.callerOf(ctx), dispute.contract()))
                .orElseThrow(() -> Kind.NOT_FOUND.because(
                        "There is no dispute \"" + id + "\" of yours. GET /disputes lists those that are."));
    }

    private void read(Context ctx) {
        Syntax syntax = Syntax.endingOf(ctx.pathParam("number")).orElseGet(() -> Negotiation.accepted(ctx));
        answer(ctx, found(ctx).node(), syntax);
    }

    private void answer(Context ctx, Node dispute, Syntax syntax) {
        Resources.Document document = resources.find(dispute, syntax).orElseThrow();
        String tag = Preconditions.tag(document.revision(), syntax, documents.version());
        ctx.header("ETag", tag).header("Vary", "Accept").header("Cache-Control", "private, no-cache");
        if (ctx.method() == HandlerType.GET && Preconditions.of(ctx).isFresh(tag)) {
            ctx.status(304);
            return;
        }
        ctx.contentType(syntax.contentType()).result(document.content());
    }

    private void step(Context ctx) {
        String word = ctx.pathParam("step");
        Step step = Step.of(word)
                .orElseThrow(() -> Kind.NOT_FOUND.because("There is no step \"" + word + "\". There are "
                        + Step.posted().stream().map(Step::word).collect(Collectors.joining(", ")) + "."));
        Syntax syntax = Negotiation.accepted(ctx);
        Caller caller = Authentication.callerOf(ctx);
        Dispute dispute = found(ctx);
        Preconditions.of(ctx).check(Optional.of(dispute.revision()));
        dispute.mustBePossible(caller, step, now());
        DisputeBody body = new DisputeBody(
                json(ctx), step == Step.AWARD ? Set.of("text", "evidence", "amount") : Set.of("text", "evidence"));
        Optional<BigDecimal> amount =
                step == Step.AWARD ? Optional.of(body.amount(dispute.currency())) : Optional.empty();
        boolean isExplained = step == Step.ANSWER || step == Step.REJECT;
        String text = body.text("text", isExplained);
        Said said = new Said(
                agent(caller),
                text,
                body.evidence(),
                amount,
                amount.map(its -> disputes.redress().give(dispute.award(its, text, agent(caller), now()))),
                Preconditions.of(ctx));
        disputes.write(
                dispute.node(),
                new DisputeCommand(disputes, dispute.id(), step, caller, said, Optional.empty(), now()));
        answer(ctx, dispute.node(), syntax);
    }
}
