// SPDX-License-Identifier: Apache-2.0
package org.mercat.offering;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.contract.Tariffs;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Fault;
import org.mercat.http.Rules;
import org.mercat.ns.MC;
import org.mercat.party.AccessLists;
import org.mercat.party.Parties;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Command.View;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Submission;
import org.mercat.search.Geometry;

/** Who may register an offering, that its provider exists, and how long it is active. */
public final class OfferingRules implements Rules {
    /** How long an offering stays active after a sign of life that names no time. */
    static final Duration LIFETIME = Duration.ofHours(1);

    private static final Node WKT = NodeFactory.createURI("http://www.opengis.net/ont/geosparql#asWKT");

    private final Collection organizations;
    private final Collection providers;
    private final Collection offerings;
    private final AccessLists lists;

    public OfferingRules(Parties parties, Collection offerings, AccessLists lists) {
        this.organizations = parties.organizations();
        this.providers = parties.providers();
        this.offerings = offerings;
        this.lists = lists;
    }

    @Override
    public void mayWrite(Caller caller, String id) {
        caller.mustOwn(id);
    }

    @Override
    public Graph present(View view, Node resource) {
        return AccessLists.present(view, resource);
    }

    /** A geometry that a shape's pattern accepts can still be none, and a tariff without sense. */
    @Override
    public void check(Submission submission) {
        List<Fault> faults = new ArrayList<>();
        submission
                .graph()
                .find(Node.ANY, WKT, Node.ANY)
                .forEachRemaining(triple -> Geometry.fault(triple.getObject().getLiteralLexicalForm())
                        .ifPresent(message -> {
                            var place =
                                    submission.locator().fault(triple.getSubject(), WKT, triple.getObject(), message);
                            faults.add(Fault.at(place.pointer(), place.line(), place.column(), message));
                        }));
        submission
                .graph()
                .find(submission.resource(), MC.price, Node.ANY)
                .forEachRemaining(triple -> Tariffs.fault(submission.graph(), triple.getObject())
                        .ifPresent(message -> {
                            var place = submission
                                    .locator()
                                    .fault(submission.resource(), MC.price, triple.getObject(), message);
                            faults.add(Fault.at(place.pointer(), place.line(), place.column(), message));
                        }));
        if (AccessLists.isContradictory(submission.graph(), submission.resource())) {
            String message = "An offering with an access list is for those alone that are on it: leave \"restricted\""
                    + " out, or \"accessList\" for an offering that is for everybody.";
            var place = submission.locator().fault(submission.resource(), MC.restricted, null, message);
            faults.add(Fault.at(place.pointer(), place.line(), place.column(), message));
        }
        if (!faults.isEmpty()) {
            throw new Failure.Invalid("The offering cannot be taken; see errors for what to mend.", faults)
                    .asException();
        }
    }

    /** Who registers without a time is alive for an hour more; a later time from before stays. */
    @Override
    public void complete(Node resource, Graph next, Graph present, Instant now) {
        AccessLists.state(next, resource);
        if (next.contains(resource, MC.activeUntil, Node.ANY)) {
            return;
        }
        Node soon = Resources.time(now.plus(LIFETIME));
        Node until = present.find(resource, MC.activeUntil, Node.ANY)
                .mapWith(triple -> triple.getObject())
                .filterKeep(before -> Resources.isAfter(before, now.plus(LIFETIME)))
                .nextOptional()
                .orElse(soon);
        next.add(resource, MC.activeUntil, until);
    }

    @Override
    public Decision decide(View view, Proposal proposal) {
        Node resource = proposal.resource();
        String id = offerings.idOf(resource).orElseThrow();
        Node provider = providers.resource(id.substring(0, id.lastIndexOf('/')));
        if (!proposal.next().contains(resource, DCTerms.publisher.asNode(), provider)) {
            throw Kind.CONFLICT.because("The offering \"" + id + "\" lies below the provider \""
                    + providers.idOf(provider).orElse("") + "\", so that must be its \"provider\" (dcterms:publisher <"
                    + provider
                    + ">).");
        }
        Graph stored = view.catalogue(provider);
        if (stored.isEmpty() || Resources.isWithdrawn(stored, provider)) {
            throw Kind.CONFLICT.because("There is no provider \""
                    + providers.idOf(provider).orElse("") + "\". Register it first: PUT " + provider + ".");
        }
        mustKnowAll(view, resource, proposal.next());
        return Decision.of(lists.change(view, resource, proposal.next()));
    }

    /** Who is on an access list stays, whatever becomes of the organization. */
    private void mustKnowAll(View view, Node resource, Graph next) {
        next.find(resource, MC.accessList, Node.ANY).forEachRemaining(triple -> {
            Node organization = triple.getObject();
            if (!Parties.isLive(view.catalogue(organization), organization)
                    && !present(view, resource).contains(triple)) {
                throw Kind.CONFLICT.because("There is no organization <" + organization
                        + ">: an access list has the ids"
                        + " of organizations, such as \"accessList\": [\"acme\"]. GET <" + organizations.baseIri()
                        + organizations.name()
                        + "> lists them.");
            }
        });
    }

    @Override
    public Change decideWithdrawal(View view, Node resource, Graph tombstone) {
        return lists.withdrawal(view, resource, tombstone);
    }
}
