// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;
import org.mercat.http.Failure;
import org.mercat.http.Rules;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Command.View;

/** Organizations are registered by the operator and then look after themselves. */
public final class OrganizationRules implements Rules {
    private final Collection organizations;
    private final ClientChanges clients;

    public OrganizationRules(Parties parties, Credentials credentials) {
        this.organizations = parties.organizations();
        this.clients = new ClientChanges(credentials, Role.ORGANIZATION);
    }

    @Override
    public void mayWrite(Caller caller, String id) {
        boolean itself = caller.role() == Role.ORGANIZATION && caller.id().equals(id);
        if (caller.role() != Role.OPERATOR && !itself) {
            throw Failure.Kind.FORBIDDEN.because("The operator registers organizations, and \"" + id
                    + "\" itself changes and withdraws its own registration; you are signed in as \"" + caller.id()
                    + "\".");
        }
    }

    @Override
    public Decision decide(View view, Proposal proposal) {
        String id = idOf(proposal.resource());
        if (id.equals(Parties.OPERATOR)) {
            throw Failure.Kind.CONFLICT.because(
                    "\"" + id + "\" is the client id of this catalogue's operator; choose another id.");
        }
        if (proposal.created() && proposal.caller().role() != Role.OPERATOR) {
            throw Failure.Kind.FORBIDDEN.because(
                    "\"" + id + "\" is not registered any more, and only the operator registers organizations.");
        }
        keepSteward(view, proposal);
        return clients.register(proposal, id);
    }

    /** Only the operator says who is a steward; an organization that changes itself stays what it is. */
    private static void keepSteward(View view, Proposal proposal) {
        if (proposal.caller().role() == Role.OPERATOR) {
            return;
        }
        Node organization = proposal.resource();
        Set<Node> present = stewardship(view.catalogue(organization), organization);
        Set<Node> wanted = stewardship(proposal.next(), organization);
        if (!wanted.isEmpty() && !wanted.equals(present)) {
            throw Failure.Kind.FORBIDDEN.because(
                    "Only the operator makes an organization a steward, or takes that back: leave \"steward\" out.");
        }
        present.forEach(value -> proposal.next().add(organization, MC.steward, value));
    }

    private static Set<Node> stewardship(Graph graph, Node organization) {
        return graph.find(organization, MC.steward, Node.ANY)
                .mapWith(triple -> triple.getObject())
                .toSet();
    }

    @Override
    public Change decideWithdrawal(View view, Node resource, Graph tombstone) {
        return clients.withdraw(view, resource, tombstone, idOf(resource));
    }

    private String idOf(Node resource) {
        return organizations.idOf(resource).orElseThrow();
    }
}
