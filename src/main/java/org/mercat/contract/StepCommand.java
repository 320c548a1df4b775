// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.util.NodeFactoryExtra;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.contract.Contract.Announced;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Preconditions;
import org.mercat.ns.MC;
import org.mercat.rdf.Activities;
import org.mercat.rdf.Change;
import org.mercat.rdf.Command;
import org.mercat.rdf.Resources;

/** The command that takes one step with a contract. */
final class StepCommand implements Command {
    private final Contracts contracts;
    private final Request request;

    /**
     * What is asked for.
     *
     * @param agent address of who does it
     * @param text what is said with it; empty for nothing
     * @param accepts conditions that are accepted with it
     * @param tariff that is announced, in a graph, with its first day; empty for other steps
     */
    record Request(
            String id,
            Step step,
            Node agent,
            String text,
            Optional<Wish> tariff,
            Set<Node> accepts,
            Preconditions preconditions,
            Instant now) {
        Request {
            now = now.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    /** A tariff that is wanted from a day on. */
    record Wish(Graph graph, Node node, LocalDate from) {}

    StepCommand(Contracts contracts, Request request) {
        this.contracts = contracts;
        this.request = request;
    }

    @Override
    public Change decide(View view) {
        Node node = contracts.collection().resource(request.id);
        Graph stored = view.ledger(node);
        Contract contract = Contract.of(request.id, node, stored, contracts.parties())
                .orElseThrow(() -> Kind.NOT_FOUND.because("There is no contract \"" + request.id + "\"."));
        request.preconditions.check(Optional.of(contract.revision()));
        mustBePossible(contract);
        mustBeAccepted(view, contract, stored);
        Graph next = GraphFactory.createDefaultGraph();
        stored.find().forEachRemaining(next::add);
        Status status = take(contract, next);
        replace(next, node, MC.status, status.node());
        replace(next, node, DCTerms.modified.asNode(), Resources.time(request.now));
        replace(next, node, MC.revision, NodeFactoryExtra.intToNode(contract.revision() + 1));
        Node activity = Activities.add(
                next, node, Optional.of(contract.revision()), request.step.node(), request.now, request.text);
        Activities.setAgent(next, activity, request.agent);
        Activities.setUsed(next, activity, request.accepts);
        return Change.ofLedger(node, next);
    }

    private void mustBePossible(Contract contract) {
        if (!request.step.isPossible(contract.status())) {
            throw Kind.CONFLICT.because("The contract \"" + request.id + "\" is "
                    + contract.status().word() + ", so to " + request.step.word() + " is not possible. "
                    + Step.possible(contract.status()) + ".");
        }
    }

    private void mustBeAccepted(View view, Contract contract, Graph stored) {
        if (request.step == Step.SIGN) {
            Conditions conditions = contracts.conditions();
            conditions.mustBeAccepted(
                    conditions.newest(view, contract.provider(), request.now),
                    Activities.used(stored, contract.node()),
                    request.accepts);
        }
    }

    private static void replace(Graph graph, Node subject, Node property, Node value) {
        graph.remove(subject, property, Node.ANY);
        graph.add(subject, property, value);
    }

    /** Does what the step is about. @return what the contract is then */
    private Status take(Contract contract, Graph next) {
        switch (request.step) {
            case SIGN -> {
                if (contract.status() == Status.PROPOSED) {
                    next.add(contract.node(), MC.signed, Resources.time(request.now));
                    return Status.ACTIVE;
                }
                next.add(announced(contract).node(), MC.signed, Resources.time(request.now));
            }
            case DECLINE -> {
                if (contract.status() == Status.PROPOSED) {
                    return Status.ENDED;
                }
                next.remove(announced(contract).node(), MC.signed, Node.ANY);
            }
            case ANNOUNCE -> announce(contract, next, request.tariff.orElseThrow());
            case CHANGE -> change(contract, next, announced(contract));
            default -> {
                // the status is all that changes
            }
        }
        return request.step.after(contract.status());
    }

    private Announced announced(Contract contract) {
        return contract.announced()
                .orElseThrow(() -> Kind.CONFLICT.because("The contract \"" + request.id
                        + "\" is signed, and no other tariff is announced: there is nothing to " + request.step.word()
                        + "."));
    }

    /** In place of what was announced before, which a consumer may have planned with: not for an earlier day. */
    private void announce(Contract contract, Graph next, Wish wish) {
        contract.announced().ifPresent(before -> {
            if (before.signed()) {
                throw Kind.CONFLICT.because("The tariff that was announced for " + before.from()
                        + " is signed: announce another one when it is in force.");
            }
            Tariffs.remove(next, before.node());
        });
        Node announced = NodeFactory.createURI(contract.node() + "#/announcedTariff");
        Tariffs.copy(wish.graph, wish.node, next, announced);
        next.remove(announced, Contract.FROM, Node.ANY);
        next.add(announced, Contract.FROM, date(wish.from));
        next.add(contract.node(), MC.announcedTariff, announced);
    }

    private static void change(Contract contract, Graph next, Announced announced) {
        Node node = contract.node();
        Contract.Agreed present = contract.tariffs().get(contract.tariffs().size() - 1);
        Node former = NodeFactory.createURI(
                node + "#/formerTariffs/" + (contract.tariffs().size() - 1));
        Tariffs.copy(next, present.node(), next, former);
        Tariffs.remove(next, present.node());
        next.add(former, Contract.THROUGH, date(announced.from().minusDays(1)));
        next.add(node, MC.formerTariff, former);
        Node tariff = NodeFactory.createURI(node + "#/tariff");
        Tariffs.copy(next, announced.node(), next, tariff);
        Tariffs.remove(next, announced.node());
        next.remove(tariff, MC.signed, Node.ANY);
        next.add(node, MC.tariff, tariff);
    }

    private static Node date(LocalDate day) {
        return NodeFactory.createLiteralDT(day.toString(), XSDDatatype.XSDdate);
    }
}
