// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.vocabulary.RDF;
import org.mercat.contract.Contracts;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;
import org.mercat.ns.MC;

/**
 * Which graphs of billing are whose: documents of the organizations on both their sides, and of those of their providers
 * and consumers that have a line in them; conditions of who is charged by them.
 */
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
    private static final List<Node> SIDES = List.of(MC.issuer, MC.recipient);

    private final Places places;
    private final Contracts contracts;

    OwnGraphs(Places places, Contracts contracts) {
        this.places = places;
        this.contracts = contracts;
    }

    /** @param ledger in a transaction */
    Set<Node> of(Caller caller, DatasetGraph ledger) {
        Set<Node> own = new HashSet<>();
        if (caller.role() == Role.OPERATOR) {
            ALL.forEach(type -> ledger.find(Node.ANY, Node.ANY, RDF.Nodes.type, type)
                    .forEachRemaining(quad -> own.add(quad.getGraph())));
            return own;
        }
        Node organization = organization(caller);
        SIDES.forEach(side -> addAll(own, ledger, side, organization));
        if (caller.role() != Role.ORGANIZATION) {
            own.removeIf(paper -> !hasLine(caller, new Description(ledger.getGraph(paper), paper)));
        } else {
            addAll(own, ledger, MC.organization, organization);
            ledger.find(Node.ANY, Node.ANY, RDF.Nodes.type, MC.FeePlan).forEachRemaining(quad -> {
                if (!ledger.contains(quad.getGraph(), quad.getGraph(), MC.organization, Node.ANY)) {
                    own.add(quad.getGraph());
                }
            });
        }
        ofOfferings(caller, ledger, MC.ValueDistribution, "shares/").forEach(own::add);
        ofOfferings(caller, ledger, MC.Promotion, "promotions/").forEach(own::add);
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

    /** Those that say it of themselves: who gets a share does not see all shares, but its settlement. */
    private static void addAll(Set<Node> own, DatasetGraph ledger, Node property, Node organization) {
        ledger.find(Node.ANY, Node.ANY, property, organization).forEachRemaining(quad -> {
            if (quad.getSubject().equals(quad.getGraph())) {
                own.add(quad.getGraph());
            }
        });
    }

    /** Its own, or that of a provider or consumer. */
    private Node organization(Caller caller) {
        return places.organization(caller.id().split("/")[0]);
    }

    /** Whether a caller may read a document. @param paper empty if there is none */
    boolean reads(Caller caller, Description paper) {
        if (caller.role() == Role.OPERATOR) {
            return paper.one(MC.recipient).isPresent();
        }
        Optional<Node> organization = Optional.of(organization(caller));
        return SIDES.stream().map(paper::one).anyMatch(organization::equals)
                && (caller.role() == Role.ORGANIZATION || hasLine(caller, paper));
    }

    private boolean hasLine(Caller caller, Description paper) {
        return paper.parts(MC.line).stream().anyMatch(line -> isOf(caller, line));
    }

    /** Whether a line is about a contract in which a caller takes part, or of a settlement about an offering of its own. */
    boolean isOf(Caller caller, Description line) {
        Optional<Node> contract = line.one(MC.contract);
        return contract.isPresent()
                ? contracts
                        .find(places.idOf("contracts/", contract.get()))
                        .filter(its -> contracts.isOf(caller, its))
                        .isPresent()
                : line.one(MC.offering)
                        .filter(offering -> caller.owns(places.idOf("offerings/", offering)))
                        .isPresent();
    }
}
