// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.mercat.contract.StepCommand.Wish;
import org.mercat.http.Caller;
import org.mercat.http.Members;
import org.mercat.http.Preconditions;
import org.mercat.http.Registrar;
import org.mercat.ns.MC;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Submission;
import org.mercat.rdf.Syntax;

/** Reads what is sent with a step of a contract. */
final class StepReader {
    private static final int LONGEST_TEXT = 2_000;
    private static final int MOST_CONDITIONS = 100;

    /** Before a tariff can take effect. */
    private static final int NOTICE_DAYS = 30;

    private final Contracts contracts;
    private final Collection offerings;
    private final Registrar registrar;
    private final Documents documents;

    /** @param registrar that checks tariffs; it writes nothing */
    StepReader(Contracts contracts, Collection offerings, Registrar registrar, Documents documents) {
        this.contracts = contracts;
        this.offerings = offerings;
        this.registrar = registrar;
        this.documents = documents;
    }

    StepCommand.Request read(Context ctx, Caller caller, Step step, Contract contract) {
        Members sent = Members.of(ctx, documents, members(step));
        Optional<Wish> wish = step == Step.ANNOUNCE ? Optional.of(wish(sent, caller, contract)) : Optional.empty();
        return new StepCommand.Request(
                contract.id(),
                step,
                contracts.agent(caller),
                sent.text("text", LONGEST_TEXT),
                wish,
                accepts(sent),
                Preconditions.of(ctx),
                contracts.now());
    }

    private static Set<String> members(Step step) {
        return switch (step) {
            case ANNOUNCE -> Set.of("text", "tariff", "from");
            case SIGN -> Set.of("text", "accepts");
            default -> Set.of("text");
        };
    }

    private Set<Node> accepts(Members sent) {
        List<String> words = sent.texts("accepts", MOST_CONDITIONS);
        if (words.stream().anyMatch(this::isNoId)) {
            throw sent.refused(
                    "accepts",
                    "\"accepts\" is a list of ids of conditions, such as [\"acme/2026-1\"]; GET /conditions lists them.");
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

    /** The tariff goes the way of every tariff that is sent, as a part of the contract. */
    private Wish wish(Members sent, Caller caller, Contract contract) {
        LocalDate from = from(sent);
        if (!sent.json().path("tariff").isObject()) {
            throw sent.refused(
                    "tariff",
                    "To announce takes the \"tariff\" that is to be: {\"tariff\": {\"pricingModel\": \"PER_ACCESS\","
                            + " \"price\": \"0.002\", \"currency\": \"EUR\"}, \"from\": \"" + from + "\"}.");
        }
        ObjectNode whole = ((ObjectNode) sent.json()).objectNode();
        whole.put("id", contract.id());
        whole.put("offering", offerings.idOf(contract.offering()).orElseThrow());
        whole.put("consumer", contract.consumer());
        whole.set("tariff", sent.json().get("tariff"));
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

    private LocalDate from(Members sent) {
        LocalDate earliest =
                LocalDate.ofInstant(contracts.now(), ZoneOffset.UTC).plusDays(NOTICE_DAYS);
        LocalDate first = earliest.getDayOfMonth() == 1
                ? earliest
                : earliest.plusMonths(1).withDayOfMonth(1);
        String text = sent.text("from", 10);
        if (text.matches("\\d{4}-(0[1-9]|1[0-2])-01") && !LocalDate.parse(text).isBefore(first)) {
            return LocalDate.parse(text);
        }
        throw sent.refused(
                "from",
                "\"from\" is the first day of a month, at least " + NOTICE_DAYS + " days from now: write \"from\": \""
                        + first + "\", or a later one.");
    }
}
