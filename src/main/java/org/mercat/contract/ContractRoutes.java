// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.mercat.contract.StepCommand.Wish;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Bodies;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Fault;
import org.mercat.http.Negotiation;
import org.mercat.http.Preconditions;
import org.mercat.http.Registrar;
import org.mercat.http.ResourceRoutes.DryRun;
import org.mercat.http.Route;
import org.mercat.ns.MC;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Submission;
import org.mercat.rdf.Syntax;
import org.mercat.search.PageWriter;

/** Contracts over HTTP: concluded, read by both sides, and what is done with them. */
public final class ContractRoutes {
    private static final String PATH = "/contracts/{organization}/{name}";
    private static final int DEFAULT_LIMIT = 20;
    private static final int MOST = 100;
    private static final int LONGEST_TEXT = 2_000;

    /** Before a tariff can take effect. */
    private static final int NOTICE_DAYS = 30;

    private static final List<String> FILTERS = List.of("status", "offering", "consumer", "provider");

    private final Contracts contracts;
    private final Collection offerings;
    private final Registrar registrar;
    private final Documents documents;
    private final Resources resources;
    private final PageWriter pages;

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
        int limit = limit(ctx);
        Predicate<Contract> wanted = wanted(ctx);
        List<Contract> found = contracts.page(
                contract -> contracts.isOf(caller, contract) && wanted.test(contract), after(ctx), limit + 1);
        List<Node> page = found.stream().limit(limit).map(Contract::node).toList();
        Optional<String> next = found.size() <= limit
                ? Optional.empty()
                : Optional.of(contracts.collection().baseIri() + "contracts?" + filters(ctx) + "limit=" + limit
                        + "&cursor="
                        + Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(found.get(limit - 1).id().getBytes(StandardCharsets.UTF_8)));
        ctx.header("Cache-Control", "private, no-cache");
        pages.answer(ctx, "contracts", page, next, syntax);
    }

    private Predicate<Contract> wanted(Context ctx) {
        String status = ctx.queryParam("status");
        if (status != null && Status.of(status).isEmpty()) {
            throw Kind.BAD_REQUEST.because("status is one of "
                    + Stream.of(Status.values()).map(Status::word).collect(Collectors.joining(", ")) + ", not \""
                    + status
                    + "\".");
        }
        String offering = ctx.queryParam("offering");
        String consumer = ctx.queryParam("consumer");
        String provider = ctx.queryParam("provider");
        return contract -> (status == null || contract.status().word().equals(status))
                && (offering == null || contract.offering().equals(offerings.resource(offering)))
                && (consumer == null || contract.consumer().equals(consumer))
                && (provider == null || contract.provider().equals(provider));
    }

    private static String filters(Context ctx) {
        return FILTERS.stream()
                .filter(name -> ctx.queryParam(name) != null)
                .map(name -> name + "=" + URLEncoder.encode(ctx.queryParam(name), StandardCharsets.UTF_8) + "&")
                .collect(Collectors.joining());
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
            if (id.isEmpty() || contracts.collection().isId(id)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw Kind.BAD_REQUEST.because(
                "This cursor is none that this list has given: follow the link of rel=\"next\" as it is.");
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
        String id = idOf(ctx);
        return contracts
                .find(id)
                .filter(contract -> contracts.isOf(Authentication.callerOf(ctx), contract))
                .orElseThrow(() -> Kind.NOT_FOUND.because("There is no contract \"" + id
                        + "\" in which you take part. GET /contracts lists those that are yours."));
    }

    private static String idOf(Context ctx) {
        String id = ctx.pathParam("organization") + "/" + ctx.pathParam("name");
        return Syntax.endingOf(id)
                .map(syntax -> id.substring(0, id.length() - syntax.extension().length() - 1))
                .orElse(id);
    }

    private void read(Context ctx) {
        Syntax syntax = Syntax.endingOf(ctx.pathParam("name")).orElseGet(() -> Negotiation.accepted(ctx));
        Contract contract = found(ctx);
        String tag = Preconditions.tag(contract.revision(), syntax, documents.version());
        if (Preconditions.of(ctx).isFresh(tag)) {
            ctx.status(304).header("ETag", tag);
            return;
        }
        answer(ctx, contract.node(), syntax);
    }

    private void answer(Context ctx, Node contract, Syntax syntax) {
        Resources.Document document = resources.find(contract, syntax).orElseThrow();
        ctx.header("ETag", Preconditions.tag(document.revision(), syntax, documents.version()))
                .header("Vary", "Accept")
                .header("Cache-Control", "private, no-cache")
                .contentType(syntax.contentType())
                .result(document.content());
    }

    private void step(Context ctx) {
        String word = ctx.pathParam("step");
        Step step = Step.of(word)
                .orElseThrow(() -> Kind.NOT_FOUND.because("There is no step \"" + word + "\". There are "
                        + Step.posted().stream().map(Step::word).collect(Collectors.joining(", ")) + "."));
        Syntax syntax = Negotiation.accepted(ctx);
        Caller caller = Authentication.callerOf(ctx);
        Contract contract = found(ctx);
        Conclusion.mustBeAllowed(caller, step, contract);
        ObjectNode body = body(ctx, step);
        JsonNode text = body.path("text");
        if (!text.isMissingNode() && !text.isTextual() || text.asText().length() > LONGEST_TEXT) {
            throw new Failure.Malformed("\"text\" is what you say, up to " + LONGEST_TEXT + " characters.")
                    .asException();
        }
        Optional<Wish> wish = step == Step.ANNOUNCE ? Optional.of(wish(body, caller, contract)) : Optional.empty();
        StepCommand.Request request = new StepCommand.Request(
                contract.id(),
                step,
                contracts.agent(caller),
                text.asText().strip(),
                wish,
                accepts(body),
                Preconditions.of(ctx),
                contracts.now());
        contracts.write(contract.node(), new StepCommand(contracts, request));
        answer(ctx, contract.node(), syntax);
    }

    private Set<Node> accepts(ObjectNode body) {
        JsonNode accepts = body.path("accepts");
        List<String> words = new ArrayList<>();
        accepts.forEach(one -> words.add(one.asText()));
        if (!accepts.isMissingNode() && !accepts.isArray() || words.stream().anyMatch(this::isNoId)) {
            throw new Failure.Malformed(
                            "\"accepts\" is a list of ids of conditions, such as [\"acme/2026-1\"]; GET /conditions lists them.")
                    .asException();
        }
        return contracts.conditions().named(words);
    }

    private boolean isNoId(String word) {
        Collection conditions = contracts.conditions().collection();
        return !conditions.isId(
                word.startsWith(conditions.iri())
                        ? word.substring(conditions.iri().length())
                        : word);
    }

    private ObjectNode body(Context ctx, Step step) {
        byte[] body = Bodies.read(ctx, Bodies.RESOURCE_LIMIT);
        if (body.length == 0) {
            return documents.checkedJson("{}".getBytes(StandardCharsets.UTF_8));
        }
        if (Bodies.syntax(ctx) != Syntax.JSON) {
            throw Kind.UNSUPPORTED_MEDIA_TYPE.because(
                    "A step is a JSON object: send {\"text\": \"...\"} as Content-Type: application/json.");
        }
        ObjectNode json = documents.checkedJson(body);
        List<String> members = switch (step) {
            case ANNOUNCE -> List.of("text", "tariff", "from");
            case SIGN -> List.of("text", "accepts");
            default -> List.of("text");
        };
        json.fieldNames().forEachRemaining(name -> {
            if (!members.contains(name)) {
                throw new Failure.Malformed("To " + step.word() + " takes \"" + String.join("\", \"", members)
                                + "\"; there is no member \"" + name + "\".")
                        .asException();
            }
        });
        return json;
    }

    /** The tariff goes the way of every tariff that is sent, as a part of the contract. */
    private Wish wish(ObjectNode body, Caller caller, Contract contract) {
        LocalDate from = from(body);
        if (!body.path("tariff").isObject()) {
            throw new Failure.Malformed(
                            "To announce takes the \"tariff\" that is to be: {\"tariff\": {\"pricingModel\": \"PER_ACCESS\","
                                    + " \"price\": \"0.002\", \"currency\": \"EUR\"}, \"from\": \"" + from + "\"}.")
                    .asException();
        }
        ObjectNode whole = body.objectNode();
        whole.put("id", contract.id());
        whole.put("offering", offerings.idOf(contract.offering()).orElseThrow());
        whole.put("consumer", contract.consumer());
        whole.set("tariff", body.get("tariff"));
        Submission submission = documents.read(
                whole.toString().getBytes(StandardCharsets.UTF_8),
                Syntax.JSON,
                contracts.collection(),
                contract.node());
        registrar.check(caller, submission);
        Node tariff =
                Contract.one(submission.graph(), contract.node(), MC.tariff).orElseThrow();
        return new Wish(submission.graph(), tariff, from);
    }

    private LocalDate from(ObjectNode body) {
        LocalDate earliest =
                LocalDate.ofInstant(contracts.now(), ZoneOffset.UTC).plusDays(NOTICE_DAYS);
        LocalDate first = earliest.getDayOfMonth() == 1
                ? earliest
                : earliest.plusMonths(1).withDayOfMonth(1);
        String text = body.path("from").asText();
        if (text.matches("\\d{4}-(0[1-9]|1[0-2])-01") && !LocalDate.parse(text).isBefore(first)) {
            return LocalDate.parse(text);
        }
        throw new Failure.Malformed("\"from\" is the first day of a month, at least " + NOTICE_DAYS
                        + " days from now: write \"from\": \"" + first + "\", or a later one.")
                .asException();
    }
}
