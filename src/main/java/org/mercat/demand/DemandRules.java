// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Fault;
import org.mercat.http.Rules;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Command.View;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Submission;
import org.mercat.search.SearchEngine;

/** Who may register a demand, that its search can be run, and that its webhook stays private. */
final class DemandRules implements Rules {
    private final Collection consumers;
    private final Collection demands;
    private final SearchEngine search;
    private final Addresses addresses;

    DemandRules(Collection consumers, Collection demands, SearchEngine search, Addresses addresses) {
        this.consumers = consumers;
        this.demands = demands;
        this.search = search;
        this.addresses = addresses;
    }

    @Override
    public void mayWrite(Caller caller, String id) {
        caller.mustOwn(id);
    }

    /** All but the criteria, whose properties are those of offerings and mean something else there. */
    @Override
    public Graph shaped(Submission submission) {
        Graph shaped = GraphFactory.createDefaultGraph();
        submission.graph().find().forEachRemaining(shaped::add);
        submission
                .graph()
                .find(submission.resource(), MC.criteria, Node.ANY)
                .forEachRemaining(triple -> shaped.remove(triple.getObject(), Node.ANY, Node.ANY));
        return shaped;
    }

    @Override
    public void check(Submission submission) {
        Node demand = submission.resource();
        List<Fault> faults = new ArrayList<>();
        value(submission.graph(), demand, MC.criteria)
                .ifPresent(criteria -> search.faults(submission.graph(), criteria)
                        .forEach((word, message) ->
                                faults.add(fault(submission, criteria, NodeFactory.createURI(MC.NS + word), message))));
        if (value(submission.graph(), demand, MC.criteria)
                .filter(criteria -> !submission.graph().contains(criteria, Node.ANY, Node.ANY))
                .isPresent()) {
            faults.add(fault(
                    submission,
                    demand,
                    MC.criteria,
                    "An empty search finds everything: write one criterion at least."));
        }
        value(submission.graph(), demand, MC.webhook)
                .flatMap(url -> addresses.fault(url.getURI()))
                .ifPresent(message -> faults.add(fault(submission, demand, MC.webhook, message)));
        if (!faults.isEmpty()) {
            throw new Failure.Invalid("The demand cannot be taken; see errors for what to mend.", faults).asException();
        }
    }

    private static Fault fault(Submission submission, Node focus, Node path, String message) {
        var place = submission.locator().fault(focus, path, null, message);
        return Fault.at(place.pointer(), place.line(), place.column(), message);
    }

    private static Optional<Node> value(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY).nextOptional().map(Triple::getObject);
    }

    @Override
    public Decision decide(View view, Proposal proposal) {
        Node demand = proposal.resource();
        String id = demands.idOf(demand).orElseThrow();
        String consumerId = id.substring(0, id.lastIndexOf('/'));
        Node consumer = consumers.resource(consumerId);
        if (!proposal.next().contains(demand, DCTerms.creator.asNode(), consumer)) {
            throw Kind.CONFLICT.because("The demand \"" + id + "\" lies below the consumer \"" + consumerId
                    + "\", so that must be its \"consumer\" (dcterms:creator <" + consumer + ">).");
        }
        Graph stored = view.catalogue(consumer);
        if (stored.isEmpty() || Resources.isWithdrawn(stored, consumer)) {
            throw Kind.CONFLICT.because(
                    "There is no consumer \"" + consumerId + "\". Register it first: PUT " + consumer + ".");
        }
        Optional<Node> url = value(proposal.next(), demand, MC.webhook);
        proposal.next().remove(demand, MC.webhook, Node.ANY);
        Change change = Change.of(demand, proposal.next());
        if (url.isEmpty()) {
            return Decision.of(change);
        }
        Webhooks.Webhook webhook = Webhooks.Webhook.of(url.get().getURI());
        return new Decision(
                new Change(change.catalogue(), List.of(Webhooks.replacement(id, webhook))),
                Map.of("webhook", webhook.url(), "webhookSecret", webhook.secret()));
    }

    @Override
    public Change decideWithdrawal(View view, Node resource, Graph tombstone) {
        Replacement none = Webhooks.removal(demands.idOf(resource).orElseThrow());
        return new Change(Change.of(resource, tombstone).catalogue(), List.of(none));
    }
}
