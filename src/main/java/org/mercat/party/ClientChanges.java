// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.mercat.http.Caller.Role;
import org.mercat.http.Failure;
import org.mercat.http.Fault;
import org.mercat.http.Rules.Decision;
import org.mercat.http.Rules.Proposal;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Command.View;

/** What the rules of all parties share: a party and its credential come and go in one command. */
final class ClientChanges {
    private static final int NAMED = 3;

    private final Credentials credentials;
    private final Role role;

    ClientChanges(Credentials credentials, Role role) {
        this.credentials = credentials;
        this.role = role;
    }

    /** Registers or changes a party; a new one gets a secret. */
    Decision register(Proposal proposal, String clientId) {
        mustNotSayWithdrawn(proposal);
        Change change = Change.of(proposal.resource(), proposal.next());
        if (!proposal.created()) {
            return Decision.of(change);
        }
        String secret = Secrets.next();
        List<Replacement> ledger = List.of(credentials.issue(clientId, role, secret));
        return new Decision(new Change(change.catalogue(), ledger), shownOnce(clientId, secret));
    }

    /** A client's credentials as the one answer gives them that ever does. */
    static Map<String, String> shownOnce(String clientId, String secret) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("clientId", clientId);
        members.put("clientSecret", secret);
        return members;
    }

    /** Withdraws a party that nothing hangs on, and its credential. */
    Change withdraw(View view, Node resource, Graph tombstone, String clientId) {
        mustHaveNothingBelow(view, resource, clientId);
        return new Change(
                List.of(new Replacement(resource, tombstone)), List.of(credentials.replacementForRemoval(clientId)));
    }

    private static void mustHaveNothingBelow(View view, Node resource, String clientId) {
        List<String> below = java.util.stream.Stream.of(
                        MC.organization, DCTerms.publisher.asNode(), DCTerms.creator.asNode())
                .flatMap(property -> java.util.stream.Stream.concat(
                        view.having(property, resource).stream(), view.ledgerHaving(property, resource).stream()))
                .filter(node -> lieBelow(node, resource, clientId)) // what others only say of it binds nobody
                .map(node -> "<" + node + ">")
                .distinct()
                .sorted()
                .toList();
        if (!below.isEmpty()) {
            int more = below.size() - NAMED;
            throw Failure.Kind.CONFLICT.because("\"" + clientId + "\" still has what would be left alone: "
                    + String.join(", ", below.subList(0, Math.min(NAMED, below.size())))
                    + (more > 0 ? " and " + more + " more" : "") + ". Withdraw that first.");
        }
    }

    /** Whether a resource's address is below a party's: {@code offerings/acme/parking/...} below {@code acme/parking}. */
    private static boolean lieBelow(Node node, Node party, String clientId) {
        String start = party.getURI().substring(0, party.getURI().length() - clientId.length() - 1);
        String base = start.substring(0, start.lastIndexOf('/') + 1);
        return java.util.stream.Stream.of("providers/", "consumers/", "offerings/", "demands/")
                .anyMatch(collection -> node.toString().startsWith(base + collection + clientId + "/"));
    }

    private static void mustNotSayWithdrawn(Proposal proposal) {
        if (proposal.next().contains(proposal.resource(), RDF.Nodes.type, MC.Withdrawn)) {
            throw fault(
                    proposal.resource(), RDF.Nodes.type, MC.Withdrawn, "DELETE withdraws it; it cannot be written.");
        }
    }

    /** A failure of one property's value. */
    static RuntimeException fault(Node resource, Node property, Node value, String message) {
        String shown = value == null ? null : value.toString();
        Fault fault =
                new Fault(message, null, 0, 0, resource.toString(), property.toString(), shown, null, "violation");
        return new Failure.Invalid(message, List.of(fault)).asException();
    }
}
