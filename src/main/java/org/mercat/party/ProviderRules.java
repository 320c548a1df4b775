// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;
import org.mercat.http.Rules;
import org.mercat.rdf.Change;
import org.mercat.rdf.Command.View;

/** Providers are registered by their organization or by the operator. */
public final class ProviderRules implements Rules {
    private final SystemRules rules;

    public ProviderRules(Parties parties, Credentials credentials) {
        this.rules = new SystemRules(
                parties.organizations(),
                parties.providers(),
                parties.consumers(),
                new ClientChanges(credentials, Role.PROVIDER));
    }

    @Override
    public void mayWrite(Caller caller, String id) {
        rules.mayWrite(caller, id);
    }

    @Override
    public Decision decide(View view, Proposal proposal) {
        return rules.decide(view, proposal);
    }

    @Override
    public Change decideWithdrawal(View view, Node resource, Graph tombstone) {
        return rules.decideWithdrawal(view, resource, tombstone);
    }
}
