// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;
import org.mercat.http.Failure;
import org.mercat.http.Rules;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Command.View;

/** An organization's systems, providers and consumers, are registered by it or by the operator. */
public final class SystemRules implements Rules {
    private final Collection organizations;
    private final Collection own;
    private final Collection others;
    private final ClientChanges clients;

    /** @param others the systems of the other kind, whose ids must differ */
    private SystemRules(Collection organizations, Collection own, Collection others, ClientChanges clients) {
        this.organizations = organizations;
        this.own = own;
        this.others = others;
        this.clients = clients;
    }

    public static SystemRules ofProviders(Parties parties, Credentials credentials) {
        ClientChanges clients = new ClientChanges(credentials, Role.PROVIDER);
        return new SystemRules(parties.organizations(), parties.providers(), parties.consumers(), clients);
    }

    public static SystemRules ofConsumers(Parties parties, Credentials credentials) {
        ClientChanges clients = new ClientChanges(credentials, Role.CONSUMER);
        return new SystemRules(parties.organizations(), parties.consumers(), parties.providers(), clients);
    }

    @Override
    public void mayWrite(Caller caller, String id) {
        boolean its = caller.role() == Role.ORGANIZATION && caller.owns(id);
        if (caller.role() != Role.OPERATOR && !its) {
            throw Failure.Kind.FORBIDDEN.because("Only the organization \"" + organizationOf(id)
                    + "\" and the operator may register, change or withdraw the " + own.memberName() + " \"" + id
                    + "\"; you are signed in as \"" + caller.id() + "\".");
        }
    }

    @Override
    public Decision decide(View view, Proposal proposal) {
        String id = idOf(proposal.resource());
        mustNameItsOrganization(proposal, id);
        mustHaveOrganization(view, id);
        mustBeOfOneKind(view, id);
        return clients.register(proposal, id);
    }

    @Override
    public Change decideWithdrawal(View view, Node resource, Graph tombstone) {
        return clients.withdraw(view, resource, tombstone, idOf(resource));
    }

    private void mustNameItsOrganization(Proposal proposal, String id) {
        String expected = organizationOf(id);
        List<Node> named = proposal.next()
                .find(proposal.resource(), MC.organization, Node.ANY)
                .mapWith(Triple::getObject)
                .toList();
        if (!named.equals(List.of(organizations.resource(expected)))) {
            throw ClientChanges.fault(
                    proposal.resource(),
                    MC.organization,
                    named.isEmpty() ? null : named.get(0),
                    "\"" + id + "\" belongs to the organization that its id begins with: write \"organization\": \""
                            + expected + "\", or register it as <your organization>/"
                            + id.substring(expected.length() + 1) + ".");
        }
    }

    private void mustHaveOrganization(View view, String id) {
        String name = organizationOf(id);
        Node organization = organizations.resource(name);
        Graph graph = view.catalogue(organization);
        if (!Parties.isLive(graph, organization)) {
            throw Failure.Kind.CONFLICT.because(
                    graph.isEmpty()
                            ? "There is no organization \"" + name + "\". The operator registers it first: PUT <"
                                    + organization + ">."
                            : "The organization \"" + name + "\" was withdrawn; nothing can be registered below it.");
        }
    }

    private void mustBeOfOneKind(View view, String id) {
        Node other = others.resource(id);
        if (Parties.isLive(view.catalogue(other), other)) {
            throw Failure.Kind.CONFLICT.because("\"" + id + "\" is a " + others.memberName()
                    + " already, and an id signs in one client only; choose another id for the " + own.memberName()
                    + ".");
        }
    }

    private static String organizationOf(String id) {
        return id.substring(0, Math.max(id.indexOf('/'), 0));
    }

    private String idOf(Node resource) {
        return own.idOf(resource).orElseThrow();
    }
}
