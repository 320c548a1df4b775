// SPDX-License-Identifier: Apache-2.0
package org.mercat.dispute;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.mercat.contract.Contract;
import org.mercat.contract.Contracts;
import org.mercat.http.Caller;
import org.mercat.http.Failure.Kind;
import org.mercat.ns.MC;
import org.mercat.rdf.Activities;
import org.mercat.rdf.Activities.Activity;
import org.mercat.rdf.Resources;

/**
 * A dispute as it is stored.
 *
 * @param id that of the contract and a number, {@code bob/parking/1}
 * @param node its address
 * @param about address of what is disputed
 * @param openedBy client id of the side that opened it
 * @param answerUntil when it may be escalated without an answer
 * @param amount that was awarded, without tax; empty if nothing was
 * @param currency of what was or could be awarded, three letters; empty if nothing was ever charged
 * @param changed when the last step was taken
 */
record Dispute(
        String id,
        Node node,
        Contract contract,
        Node about,
        String openedBy,
        Status status,
        Instant answerUntil,
        Optional<BigDecimal> amount,
        String currency,
        Instant changed,
        long revision) {
    /** To answer. */
    static final Duration DEADLINE = Duration.ofDays(14);

    static final String CONSUMER = "consumer";
    static final String PROVIDER = "provider";

    /** The dispute that a graph says; empty if it says none. */
    static Optional<Dispute> of(String id, Node node, Graph graph, Contracts contracts) {
        return one(graph, node, MC.contract).map(contract -> {
            Contract its = contracts
                    .find(contracts.collection().idOf(contract).orElseThrow())
                    .orElseThrow();
            boolean isConsumers = one(graph, node, MC.openedBy)
                    .map(Node::getLiteralLexicalForm)
                    .filter(CONSUMER::equals)
                    .isPresent();
            List<Activity> history = Activities.of(graph, node);
            return new Dispute(
                    id,
                    node,
                    its,
                    one(graph, node, MC.disputed).orElseThrow(),
                    isConsumers ? its.consumer() : its.provider(),
                    one(graph, node, MC.status).flatMap(Status::of).orElseThrow(),
                    Instant.parse(one(graph, node, MC.answerUntil).orElseThrow().getLiteralLexicalForm()),
                    one(graph, node, MC.awardedAmount)
                            .map(Node::getLiteralLexicalForm)
                            .map(BigDecimal::new),
                    one(graph, node, MC.awardedCurrency)
                            .map(Node::getLiteralLexicalForm)
                            .orElse(currency(its)),
                    history.get(history.size() - 1).time(),
                    Resources.revisionOf(graph, node).orElse(0L));
        });
    }

    /** That of the newest tariff which costs anything. */
    private static String currency(Contract contract) {
        return contract.tariffs().stream()
                .map(agreed -> agreed.tariff().currency())
                .filter(its -> !its.isEmpty())
                .reduce((former, later) -> later)
                .orElse("");
    }

    private static Optional<Node> one(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY).nextOptional().map(Triple::getObject);
    }

    /** Refuses a step that the caller may not take, or not now. */
    void mustBePossible(Caller caller, Step step, Instant now) {
        boolean isOperator = caller.role() == Caller.Role.OPERATOR;
        boolean opened = !isOperator && caller.owns(openedBy);
        boolean other = !isOperator
                && caller.owns(openedBy.equals(contract.consumer()) ? contract.provider() : contract.consumer());
        if (status.isDecided()) {
            throw Kind.CONFLICT.because("The dispute \"" + id + "\" is " + status.word()
                    + ": nothing can be done with it any more. Open another one if there is something new.");
        }
        switch (step) {
            case ANSWER -> mustBe(opened || other, caller, step, "the two sides");
            case ESCALATE -> {
                mustBe(opened || other, caller, step, "the two sides");
                mustBeTime(now);
            }
            case AWARD -> {
                boolean isPayer = !isOperator && caller.owns(contract.provider());
                mustBe(isPayer || isOperator, caller, step, "the provider and the operator");
                mustBeOperators(isOperator, step);
            }
            case REJECT -> {
                mustBe(isOperator, caller, step, "the operator");
                mustBeOperators(true, step);
            }
            default -> mustBe(opened, caller, step, "who opened it, \"" + openedBy + "\"");
        }
    }

    private static void mustBe(boolean isAllowed, Caller caller, Step step, String who) {
        if (!isAllowed) {
            throw Kind.FORBIDDEN.because(
                    "To " + step.word() + " is for " + who + "; you are signed in as \"" + caller.id() + "\".");
        }
    }

    private void mustBeTime(Instant now) {
        if (status == Status.ESCALATED) {
            throw Kind.CONFLICT.because("The operator has it already.");
        }
        if (status == Status.OPEN && now.isBefore(answerUntil)) {
            throw Kind.CONFLICT.because("The other side has until " + answerUntil
                    + " to answer: after its answer, or then, it can be escalated.");
        }
    }

    private void mustBeOperators(boolean isOperator, Step step) {
        if (isOperator && status != Status.ESCALATED) {
            throw Kind.CONFLICT.because("The operator can " + step.word()
                    + " when one of both sides has escalated it; \"" + id + "\" is " + status.word() + ".");
        }
    }

    /** What is given back by an end of it. */
    Redress.Award award(BigDecimal given, String text, Node agent, Instant now) {
        return new Redress.Award(id, contract, about, given, currency, text, agent, now);
    }

    /** What it is after a step: it is answered when the other side has said something. */
    Status after(Caller caller, Step step) {
        if (step != Step.ANSWER) {
            return step.to();
        }
        return status == Status.OPEN && !caller.owns(openedBy) ? Status.ANSWERED : status;
    }
}
