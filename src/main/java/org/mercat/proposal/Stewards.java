// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;
import org.mercat.http.Failure.Kind;
import org.mercat.ns.MC;
import org.mercat.party.Parties;
import org.mercat.rdf.Store;

/** Who decides on proposals: the operator, and organizations that the operator has made stewards. */
final class Stewards {
    private final Store store;
    private final Parties parties;

    Stewards(Store store, Parties parties) {
        this.store = store;
        this.parties = parties;
    }

    boolean isSteward(Caller caller) {
        if (caller.role() == Role.OPERATOR) {
            return true;
        }
        Node organization = parties.organizations().resource(caller.id());
        return caller.role() == Role.ORGANIZATION
                && store.graph(organization)
                        .find(organization, MC.steward, Node.ANY)
                        .filterKeep(triple ->
                                triple.getObject().getLiteralLexicalForm().matches("true|1"))
                        .hasNext();
    }

    /** Whether a proposal is of the caller's organization; everything is the operator's. */
    static boolean isOwn(Caller caller, String id) {
        return caller.role() == Role.OPERATOR
                || StoredProposal.organizationOf(caller.id()).equals(StoredProposal.organizationOf(id));
    }

    /** Whether the caller is of the organization that makes a proposal. */
    static boolean isOfProposer(Caller caller, String id) {
        return caller.role() != Role.OPERATOR && isOwn(caller, id);
    }

    /** Refuses a caller who may not take a step. */
    void mustBeAllowed(Caller caller, Step step, String id) {
        if (step == Step.WITHDRAW && !isOwn(caller, id)) {
            throw Kind.FORBIDDEN.because("The proposal \"" + id + "\" is of the organization \""
                    + StoredProposal.organizationOf(id) + "\", which alone withdraws it; you are signed in as \""
                    + caller.id() + "\".");
        }
        if (!step.isStewards()) {
            return;
        }
        if (!isSteward(caller)) {
            throw Kind.FORBIDDEN.because("A steward does this: the operator, or an organization whose registration the"
                    + " operator gave \"steward\": true, signed in as itself; you are signed in as \"" + caller.id()
                    + "\".");
        }
        if (caller.role() != Role.OPERATOR && isOwn(caller, id)) {
            throw Kind.FORBIDDEN.because("The proposal \"" + id + "\" is your own: another steward decides on it.");
        }
    }

    /** The address of who does something; the operator has the catalogue's. */
    Node agent(Caller caller) {
        return parties.resourceOf(caller)
                .orElse(NodeFactory.createURI(parties.organizations().baseIri()));
    }
}
