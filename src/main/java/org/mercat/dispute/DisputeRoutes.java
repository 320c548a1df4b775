// SPDX-License-Identifier: Apache-2.0
package org.mercat.dispute;

import io.javalin.http.Context;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.mercat.contract.Contract;
import org.mercat.contract.Contracts;
import org.mercat.dispute.DisputeCommand.Opening;
import org.mercat.dispute.DisputeCommand.Said;
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
import org.mercat.rdf.Documents;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Syntax;
import org.mercat.search.PageWriter;

/** Disputes over HTTP, for both sides of the contract and the operator. */
public final class DisputeRoutes {
    private static final String PATH = "/disputes/{organization}/{name}/{number}";
    private static final Set<String> OPENING =
            Set.of("contract", "month", "metric", "invoice", "line", "text", "evidence");

    private static final Set<String> STEP = Set.of("text", "evidence");
    private static final Set<String> AWARD = Set.of("text", "evidence", "amount");

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
        Paging paging = Paging.of(ctx, disputes.collection(), "status");
        Optional<String> status = Paging.oneOf(
                ctx, "status", Stream.of(Status.values()).map(Status::word).toList());
        List<Dispute> found = disputes.page(
                dispute -> contracts.isOf(caller, dispute.contract())
                        && (status.isEmpty() || dispute.status().word().equals(status.get())),
                paging.after(),
                paging.oneMore());
        ctx.header("Cache-Control", "private, no-cache");
        pages.answer(ctx, "disputes", paging, found.stream().map(Dispute::id).toList(), syntax);
    }

    private void open(Context ctx) {
        Caller caller = Authentication.callerOf(ctx);
        Syntax syntax = Negotiation.accepted(ctx);
        if (caller.role() == Caller.Role.OPERATOR) {
            throw Kind.FORBIDDEN.because(
                    "A dispute is opened by one of the two sides of a contract, not the operator.");
        }
        DisputeBody body = new DisputeBody(Members.of(ctx, documents, OPENING));
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

    private Dispute found(Context ctx) {
        String id = PrivateAnswers.plain(
                ctx.pathParam("organization") + "/" + ctx.pathParam("name") + "/" + ctx.pathParam("number"));
        return disputes.find(id)
                .filter(dispute -> contracts.isOf(Authentication.callerOf(ctx), dispute.contract()))
                .orElseThrow(() -> Kind.NOT_FOUND.because(
                        "There is no dispute \"" + id + "\" of yours. GET /disputes lists those that are."));
    }

    private void read(Context ctx) {
        Syntax syntax = PrivateAnswers.syntax(ctx, ctx.pathParam("number"));
        answer(ctx, found(ctx).node(), syntax);
    }

    private void answer(Context ctx, Node dispute, Syntax syntax) {
        new PrivateAnswers(documents).answer(ctx, resources, dispute, syntax);
    }

    private void step(Context ctx) {
        Step step = PrivateAnswers.step(ctx, Step.posted(), Step::word);
        Syntax syntax = Negotiation.accepted(ctx);
        Caller caller = Authentication.callerOf(ctx);
        Dispute dispute = found(ctx);
        Preconditions.of(ctx).check(Optional.of(dispute.revision()));
        dispute.mustBePossible(caller, step, now());
        DisputeBody body = new DisputeBody(Members.of(ctx, documents, step == Step.AWARD ? AWARD : STEP));
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
