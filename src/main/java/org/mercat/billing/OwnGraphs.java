// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.vocabulary.RDF;
import org.mercat.http.Caller;
import org.mercat.ns.MC;

/** Which graphs of billing are whose: documents of both their sides, conditions of who is charged by them. */
final class OwnGraphs {
    private static final List<Node> ALL = List.of(
            MC.Invoice,
            MC.Settlement,
            MC.CreditNote,
            MC.FeePlan,
            MC.ValueDistribution,
            MC.TaxRule,
            MC.Promotion,
            MC.BillingRun);

    private final Places places;

    OwnGraphs(Places places) {
        this.places = places;
    }

    /** @param ledger in a transaction */
    Set<Node> of(Caller caller, DatasetGraph ledger) {
        Set<Node> own = new HashSet<>();
        if (caller.role() == Caller.Role.OPERATOR) {
            ALL.forEach(type -> ledger.find(Node.ANY, Node.ANY, RDF.Nodes.type, type)
                    .forEachRemaining(quad -> own.add(quad.getGraph())));
            return own;
        }
        Node organization = places.organization(caller.id());
        for (Node property : List.of(MC.issuer, MC.recipient, MC.organization)) {
            ledger.find(Node.ANY, Node.ANY, property, organization).forEachRemaining(quad -> {
                if (quad.getSubject().equals(quad.getGraph())) { // not who gets a share: it sees its settlement
                    own.add(quad.getGraph());
                }
            });
        }
        ofOfferings(caller, ledger, MC.ValueDistribution, "shares/").forEach(own::add);
        ofOfferings(caller, ledger, MC.Promotion, "promotions/").forEach(own::add);
        if (caller.role() == Caller.Role.ORGANIZATION) {
            ledger.find(Node.ANY, Node.ANY, RDF.Nodes.type, MC.FeePlan).forEachRemaining(quad -> {
                if (!ledger.contains(quad.getGraph(), quad.getGraph(), MC.organization, Node.ANY)) {
                    own.add(quad.getGraph());
                }
            });
        }
        return own;
    }

    /** Those about offerings of the caller. @param path before the id of an offering in their addresses */
    private Set<Node> ofOfferings(Caller caller, DatasetGraph ledger, Node type, String path) {
        Set<Node> own = new HashSet<>();
        ledger.find(Node.ANY, Node.ANY, RDF.Nodes.type, type).forEachRemaining(quad -> {
            if (caller.owns(places.idOf(path, quad.getGraph()))) {
                own.add(quad.getGraph());
            }
        });
        return own;
    }
}
