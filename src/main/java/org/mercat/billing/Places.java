// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.time.YearMonth;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.mercat.ns.MC;
import org.mercat.rdf.Collection;

/** Where the documents of billing are. @param baseIri of the catalogue, with a slash at its end */
record Places(String baseIri) {
    Collection invoices() {
        return new Collection("invoices", MC.Invoice, 2, baseIri);
    }

    Collection settlements() {
        return new Collection("settlements", MC.Settlement, 1, baseIri);
    }

    Collection creditNotes() {
        return new Collection("credit-notes", MC.CreditNote, 2, baseIri);
    }

    /** @param segments 1 for those of all, 2 for those of an organization */
    Collection feePlans(int segments) {
        return new Collection("fee-plans", MC.FeePlan, segments, baseIri);
    }

    Collection valueDistributions() {
        return new Collection("shares", MC.ValueDistribution, 4, baseIri);
    }

    Collection taxes() {
        return new Collection("taxes", MC.TaxRule, 2, baseIri);
    }

    Collection promotions() {
        return new Collection("promotions", MC.Promotion, 4, baseIri);
    }

    Node run(YearMonth month) {
        return node("billing/runs/" + month);
    }

    /** Keeps the last month whose run has begun: what is in force in it does not change any more. */
    Node runs() {
        return node("billing/runs");
    }

    Node organization(String id) {
        return node("organizations/" + id);
    }

    /** @param organization empty for the plan of all */
    Node feePlan(YearMonth month, String organization) {
        return node("fee-plans/" + month + (organization.isEmpty() ? "" : "/" + organization));
    }

    Node shares(Node offering, YearMonth month) {
        return node("shares/" + idOf("offerings/", offering) + "/" + month);
    }

    Node tax(String organization, YearMonth month) {
        return node("taxes/" + organization + "/" + month);
    }

    Node node(String path) {
        return NodeFactory.createURI(baseIri + path);
    }

    /** The id that is behind a path. */
    String idOf(String path, Node node) {
        return node.getURI().substring(baseIri.length() + path.length());
    }

    String organizationId(Optional<Node> node) {
        return node.map(its -> idOf("organizations/", its)).orElse("");
    }
}
