// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.util.NodeFactoryExtra;
import org.apache.jena.vocabulary.DCAT;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.mercat.contract.Step.Party;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Fault;
import org.mercat.ns.MC;
import org.mercat.party.AccessLists;
import org.mercat.rdf.Activities;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Command;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Submission;

/**
 * The command that makes a contract: a consumer subscribes to an offering at its price of this moment, or a provider
 * offers a consumer one with a tariff of its own.
 */
final class Conclusion implements Command {
    private final Contracts contracts;
    private final Collection offerings;
    private final Caller caller;
    private final Submission asked;
    private final Optional<Long> offeringRevision;
    private final Instant now;

    /** @param offeringRevision that was read, if only that is agreed to */
    Conclusion(
            Contracts contracts,
            Collection offerings,
            Caller caller,
            Submission asked,
            Optional<Long> offeringRevision) {
        this.contracts = contracts;
        this.offerings = offerings;
        this.caller = caller;
        this.asked = asked;
        this.offeringRevision = offeringRevision;
        this.now = contracts.now().truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public Change decide(View view) {
        Node node = asked.resource();
        String id = contracts.collection().idOf(node).orElseThrow();
        if (!view.ledger(node).isEmpty()) {
            throw Kind.CONFLICT.because(
                    "There is a contract \"" + id + "\" already: choose another id, or leave it out.");
        }
        Node consumer = asked(DCTerms.creator.asNode()).orElseThrow();
        Node offering = asked(MC.offering).orElseThrow();
        String consumerId = mustBeLive(view, consumer);
        mustBeOfItsOrganization(id, consumerId);
        Graph offered = offered(view, offering, consumerId);
        Node provider =
                Contract.one(offered, offering, DCTerms.publisher.asNode()).orElseThrow();
        Step step =
                step(consumerId, contracts.parties().providers().idOf(provider).orElseThrow());
        mustBeAsRead(offered, offering);
        Set<Node> accepts = mustBeAccepted(view, step, provider);
        Graph next = GraphFactory.createDefaultGraph();
        next.add(node, RDF.Nodes.type, MC.Contract);
        next.add(node, DCTerms.identifier.asNode(), NodeFactory.createLiteralString(id));
        next.add(node, MC.offering, offering);
        next.add(node, DCTerms.creator.asNode(), consumer);
        next.add(node, DCTerms.publisher.asNode(), provider);
        offered.find(offering, DCAT.theme.asNode(), Node.ANY)
                .forEachRemaining(triple -> next.add(node, triple.getPredicate(), triple.getObject()));
        addTariff(next, node, offered, offering);
        next.add(node, DCTerms.created.asNode(), Resources.time(now));
        next.add(node, DCTerms.modified.asNode(), Resources.time(now));
        next.add(node, MC.status, step.after(Status.PROPOSED).node());
        if (step == Step.SUBSCRIBE) {
            next.add(node, MC.signed, Resources.time(now));
        }
        next.add(node, MC.revision, NodeFactoryExtra.intToNode(1));
        Node activity = Activities.add(next, node, Optional.empty(), step.node(), now, "");
        Activities.setAgent(next, activity, contracts.agent(caller));
        Activities.setUsed(next, activity, accepts);
        return Change.ofLedger(node, next);
    }

    private Optional<Node> asked(Node property) {
        return Contract.one(asked.graph(), asked.resource(), property);
    }

    /** @return its client id */
    private String mustBeLive(View view, Node consumer) {
        String id = contracts
                .parties()
                .consumers()
                .idOf(consumer)
                .orElseThrow(() ->
                        refused(DCTerms.creator.asNode(), "<" + consumer + "> is no consumer of this catalogue."));
        Graph stored = view.catalogue(consumer);
        if (stored.isEmpty() || Resources.isWithdrawn(stored, consumer)) {
            throw refused(
                    DCTerms.creator.asNode(),
                    "There is no consumer \"" + id + "\". Its organization registers it first: PUT " + consumer + ".");
        }
        return id;
    }

    private static void mustBeOfItsOrganization(String id, String consumerId) {
        String organization = consumerId.substring(0, consumerId.indexOf('/'));
        if (!id.startsWith(organization + "/")) {
            throw Kind.CONFLICT.because("The id of a contract begins with the organization of its consumer: \""
                    + organization + "/...\", not \"" + id + "\".");
        }
    }

    private Graph offered(View view, Node offering, String consumer) {
        String id = offerings
                .idOf(offering)
                .orElseThrow(() -> refused(MC.offering, "<" + offering + "> is no offering of this catalogue."));
        Graph stored = stored(view, offering, consumer, id);
        if (stored.isEmpty()) {
            throw refused(MC.offering, "There is no offering \"" + id + "\". GET /offerings finds those that are.");
        }
        if (Resources.isWithdrawn(stored, offering)) {
            throw refused(MC.offering, "\"" + id + "\" was withdrawn. GET /offerings finds those that are there.");
        }
        boolean isActive = Contract.one(stored, offering, MC.activeUntil)
                .map(until -> Resources.isAfter(until, now))
                .orElse(false);
        if (!isActive) {
            throw refused(MC.offering, "\"" + id + "\" is not active: its provider does not keep it up at the moment.");
        }
        return stored;
    }

    /** What is said of an offering, if it is for everybody, or for the caller's and the consumer's organizations. */
    private Graph stored(View view, Node offering, String consumer, String id) {
        Graph open = view.catalogue(offering);
        Collection organizations = contracts.parties().organizations();
        boolean isSeen =
                caller.role() == Caller.Role.OPERATOR || AccessLists.isOn(view, offering, caller.id(), organizations);
        if (!open.isEmpty() || !isSeen) {
            return open; // to all others it is as if it were not there, whoever is to be the consumer
        }
        boolean isOwn =
                caller.owns(id.substring(0, id.lastIndexOf('/'))); // who else is on the list learns nothing of it
        if (isOwn && !AccessLists.isOn(view, offering, consumer, organizations)) {
            throw refused(
                    MC.offering,
                    "The organization of \"" + consumer + "\" is not on the access list of \"" + id
                            + "\": put it there first.");
        }
        return view.ledger(offering);
    }

    private void mustBeAsRead(Graph offered, Node offering) {
        Optional<Long> present = Resources.revisionOf(offered, offering);
        if (offeringRevision.isPresent() && !offeringRevision.equals(present)) {
            throw Kind.CONFLICT.because("The offering is at revision " + present.orElse(0L)
                    + " now, and you have read revision " + offeringRevision.get()
                    + ": read it again, and subscribe if you agree to what it says now.");
        }
    }

    /** @return what is accepted; who offers a contract accepts nothing, and is asked for nothing */
    private Set<Node> mustBeAccepted(View view, Step step, Node provider) {
        Conditions conditions = contracts.conditions();
        Set<Node> accepts = asked.graph()
                .find(asked.resource(), MC.accepts, Node.ANY)
                .mapWith(Triple::getObject)
                .toSet();
        String id = contracts.parties().providers().idOf(provider).orElseThrow();
        List<Node> newest = step == Step.SUBSCRIBE ? conditions.newest(view, id, now) : List.of();
        conditions.mustBeAccepted(newest, Set.of(), accepts);
        return accepts;
    }

    /** What the caller can do here: subscribe for its consumers, offer for its providers. */
    private Step step(String consumer, String provider) {
        boolean isOffer = asked(MC.tariff).isPresent();
        String own = isOffer ? provider : consumer;
        if (caller.role() == Caller.Role.OPERATOR || !caller.owns(own)) {
            throw Kind.FORBIDDEN.because(
                    isOffer
                            ? "Only \"" + provider
                                    + "\" or its organization offers a contract with a \"tariff\" of its own;"
                                    + " you are signed in as \"" + caller.id() + "\"."
                            : "Only \"" + consumer + "\" or its organization subscribes for it; you are signed in as \""
                                    + caller.id() + "\"."
                                    + (caller.owns(provider) ? " To offer it a contract, write a \"tariff\"." : ""));
        }
        return isOffer ? Step.OFFER : Step.SUBSCRIBE;
    }

    private void addTariff(Graph next, Node node, Graph offered, Node offering) {
        Node agreed = NodeFactory.createURI(node + "#/tariff");
        Optional<Node> own = asked(MC.tariff);
        if (own.isPresent()) {
            Tariffs.copy(asked.graph(), own.get(), next, agreed);
        } else {
            Node price = Contract.one(offered, offering, MC.price)
                    .orElseThrow(() -> refused(
                            MC.offering,
                            "This offering states no price, so nobody can subscribe to it: its provider can offer you a"
                                    + " contract with a \"tariff\"."));
            Tariffs.copy(offered, price, next, agreed);
        }
        next.add(node, MC.tariff, agreed);
    }

    private RuntimeException refused(Node property, String message) {
        var place = asked.locator().fault(asked.resource(), property, null, message);
        return new Failure.Invalid(message, List.of(Fault.at(place.pointer(), place.line(), place.column(), message)))
                .asException();
    }

    /** Who can take that step with a contract. */
    static void mustBeAllowed(Caller caller, Step step, Contract contract) {
        boolean isAllowed = caller.role() == Caller.Role.OPERATOR
                ? step.isOperators()
                : step.isOf(Party.CONSUMER) && caller.owns(contract.consumer())
                        || step.isOf(Party.PROVIDER) && caller.owns(contract.provider());
        if (!isAllowed) {
            throw Kind.FORBIDDEN.because("To " + step.word() + " is for "
                    + (step.isOf(Party.CONSUMER) ? "the consumer, \"" + contract.consumer() + "\"" : "")
                    + (step.isOf(Party.CONSUMER) && step.isOf(Party.PROVIDER) ? ", and " : "")
                    + (step.isOf(Party.PROVIDER) ? "the provider, \"" + contract.provider() + "\"" : "")
                    + "; you are signed in as \"" + caller.id() + "\".");
        }
    }
}
