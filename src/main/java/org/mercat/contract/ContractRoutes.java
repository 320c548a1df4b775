// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Bodies;
import org.mercat.http.Caller;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Fault;
import org.mercat.http.Negotiation;
import org.mercat.http.Paging;
import org.mercat.http.PrivateAnswers;
import org.mercat.http.Registrar;
import org.mercat.http.ResourceRoutes.DryRun;
import org.mercat.http.Route;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Submission;
import org.mercat.rdf.Syntax;
import org.mercat.search.PageWriter;

/** Contracts over HTTP: concluded, read by both sides, and what is done with them. */
public final class ContractRoutes {
    private static final String PATH = "/contracts/{organization}/{name}";

    private static final String[] FILTERS = {"status", "offering", "consumer", "provider"};

    private final Contracts contracts;
    private final Collection offerings;
    private final Registrar registrar;
    private final Documents documents;
    private final Resources resources;
    private final PageWriter pages;
    private final StepReader steps;

    /**
     * @param registrar that checks what is sent; it writes nothing
     * @param resources of the ledger
     * @param pages of the ledger
     */
    public ContractRoutes(
            Contracts contracts,
            Collection offerings,
            Registrar registrar,
            Documents documents,
            Resources resources,
            PageWriter pages) {
        this.contracts = contracts;
        this.offerings = offerings;
        this.registrar = registrar;
        this.documents = documents;
        this.resources = resources;
        this.pages = pages;
        this.steps = new StepReader(contracts, offerings, registrar, documents);
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/contracts", Access.PARTIES, this::list),
                Route.post("/contracts", Access.PARTIES, this::conclude),
                Route.get(PATH, Access.PARTIES, this::read),
                Route.post(PATH + "/steps/{step}", Access.PARTIES, this::step));
    }

    private void list(Context ctx) {
        Caller caller = Authentication.callerOf(ctx);
        Syntax syntax = Negotiation.accepted(ctx);
        Paging paging = Paging.of(ctx, contracts.collection(), FILTERS);
        Predicate<Contract> wanted = wanted(ctx);
        List<Contract> found = contracts.page(
                contract -> contracts.isOf(caller, contract) && wanted.test(contract),
                paging.after(),
                paging.oneMore());
        ctx.header("Cache-Control", "private, no-cache");
        pages.answer(ctx, "contracts", paging, found.stream().map(Contract::id).toList(), syntax);
    }

    private Predicate<Contract> wanted(Context ctx) {
        Optional<String> status = Paging.oneOf(
                ctx, "status", Stream.of(Status.values()).map(Status::word).toList());
        String offering = ctx.queryParam("offering");
        String consumer = ctx.queryParam("consumer");
        String provider = ctx.queryParam("provider");
        return contract -> (status.isEmpty() || contract.status().word().equals(status.get()))
                && (offering == null || contract.offering().equals(offerings.resource(offering)))
                && (consumer == null || contract.consumer().equals(consumer))
                && (provider == null || contract.provider().equals(provider));
    }

    private void conclude(Context ctx) {
        Caller caller = Authentication.callerOf(ctx);
        Syntax answer = Negotiation.accepted(ctx);
        Syntax syntax = Bodies.syntax(ctx);
        byte[] body = Bodies.read(ctx, Bodies.RESOURCE_LIMIT);
        byte[] whole = syntax == Syntax.JSON ? completed(documents.checkedJson(body), caller) : body;
        Submission submission = documents.read(whole, syntax, contracts.collection());
        List<Fault> warnings = registrar.check(caller, submission);
        Conclusion conclusion = new Conclusion(contracts, offerings, caller, submission, offeringRevision(ctx));
        if (Negotiation.isDryRun(ctx)) {
            contracts.rehearse(conclusion);
            ctx.json(new DryRun(true, "It would be concluded; nothing was stored.", warnings));
            return;
        }
        contracts.write(submission.resource(), conclusion);
        ctx.status(201).header("Location", submission.resource().getURI());
        answer(ctx, submission.resource(), answer);
    }

    private static Optional<Long> offeringRevision(Context ctx) {
        String word = ctx.queryParam("offeringRevision");
        if (word != null && !word.matches("\\d{1,18}")) {
            throw Kind.BAD_REQUEST.because(
                    "offeringRevision is the \"revision\" of the offering as you have read it, not \"" + word + "\".");
        }
        return Optional.ofNullable(word).map(Long::valueOf);
    }

    /** A consumer that asks for itself need not say so, and an id is made of that of the offering. */
    private byte[] completed(ObjectNode json, Caller caller) {
        if (!json.has("consumer") && caller.role() == Caller.Role.CONSUMER) {
            json.put("consumer", caller.id());
        }
        String consumer = json.path("consumer").asText();
        String offering = json.path("offering").asText();
        if (!json.has("id") && !json.has("@id") && consumer.contains("/") && offering.contains("/")) {
            json.put("id", freeId(consumer.substring(0, consumer.indexOf('/')), offering));
        }
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String freeId(String organization, String offering) {
        String id = organization + "/" + offering.substring(offering.lastIndexOf('/') + 1);
        String free = id;
        for (int number = 2; contracts.find(free).isPresent(); number++) {
            free = id + "-" + number;
        }
        return free;
    }

    private Contract found(Context ctx) {
        String id = PrivateAnswers.plain(ctx.pathParam("organization") + "/" + ctx.pathParam("name"));
        return contracts
                .find(id)
                .filter(contract -> contracts.isOf(Authentication.callerOf(ctx), contract))
                .orElseThrow(() -> Kind.NOT_FOUND.because("There is no contract \"" + id
                        + "\" in which you take part. GET /contracts lists those that are yours."));
    }

    private void read(Context ctx) {
        Syntax syntax = PrivateAnswers.syntax(ctx, ctx.pathParam("name"));
        answer(ctx, found(ctx).node(), syntax);
    }

    private void answer(Context ctx, Node contract, Syntax syntax) {
        new PrivateAnswers(documents).answer(ctx, resources, contract, syntax);
    }

    private void step(Context ctx) {
        Step step = PrivateAnswers.step(ctx, Step.posted(), Step::word);
        Syntax syntax = Negotiation.accepted(ctx);
        Caller caller = Authentication.callerOf(ctx);
        Contract contract = found(ctx);
        Conclusion.mustBeAllowed(caller, step, contract);
        contracts.write(contract.node(), new StepCommand(contracts, steps.read(ctx, caller, step, contract)));
        answer(ctx, contract.node(), syntax);
    }
}
