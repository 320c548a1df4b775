// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.List;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.ORG;
import org.apache.jena.vocabulary.RDF;
import org.mercat.ns.MC;

/**
 * What a body about one resource must not say, whatever the shapes allow: anything that in the union of all graphs
 * would be taken for what somebody else says, or that cannot be written again in every syntax.
 *
 * @param collection that the resource is of
 * @param lines where the body says what
 */
record OneResource(Node resource, Collection collection, JsonContext context, Submission.Locator lines) {
    private static final Set<Node> REGISTERED = Set.of(
            MC.Offering, MC.Provider, MC.Consumer, MC.Demand, MC.Proposal, ORG.Organization.asNode(), MC.Withdrawn);

    /** Of what the catalogue itself puts on record, which others find by its class. */
    private static final Set<Node> ON_RECORD = Set.of(
            MC.Contract,
            MC.Dispute,
            MC.Conditions,
            MC.FeePlan,
            MC.ValueDistribution,
            MC.TaxRule,
            MC.Promotion,
            MC.BillingRun,
            MC.Invoice,
            MC.CreditNote,
            MC.Settlement);

    /** Whether a graph is that of a registered resource, or of what is left of one. */
    static boolean isIn(Graph graph, Node name) {
        return REGISTERED.stream().anyMatch(type -> graph.contains(name, RDF.Nodes.type, type));
    }

    /** @throws Unreadable at the first fault */
    void check(Graph graph) {
        graph.find().forEachRemaining(triple -> {
            mustBeOwn(triple);
            for (Node node : List.of(triple.getPredicate(), triple.getObject())) {
                mustBeWritable(triple, node);
            }
            if (triple.getPredicate().equals(RDF.Nodes.type)) {
                mustBeOfThisClass(triple);
            }
        });
        collection.idOf(resource).ifPresent(id -> mustAgree(graph, id));
    }

    private void mustBeOwn(Triple triple) {
        Node subject = triple.getSubject();
        if (subject.equals(resource) || isChild(subject)) {
            return;
        }
        throw refused(
                triple,
                "A body describes one resource, here <" + resource
                        + "> and the nodes below it; it must not say anything"
                        + " about "
                        + (subject.isBlank() ? "a blank node that hangs on nothing" : "<" + subject + ">") + ".");
    }

    private boolean isChild(Node node) {
        return node.isURI() && node.getURI().startsWith(resource.getURI() + "#");
    }

    private void mustBeWritable(Triple triple, Node node) {
        if (node.isLiteral()) {
            return;
        }
        if (!node.isURI()) {
            throw refused(
                    triple, "Write IRIs and literals only: a triple term or a blank node of its own is not stored.");
        }
        String fault = IriSyntax.fault(node.getURI());
        if (fault != null) {
            throw refused(triple, "<" + node + "> is not an IRI: " + fault + ".");
        }
        if (context.isAmbiguous(node.getURI())) {
            throw refused(
                    triple,
                    "<" + node + "> begins like a prefix of the JSON-LD context: leave out the angle brackets, or write"
                            + " the full IRI.");
        }
    }

    private void mustBeOfThisClass(Triple triple) {
        Node type = triple.getObject();
        boolean own = triple.getSubject().equals(resource) && type.equals(collection.type());
        if (!own && (REGISTERED.contains(type) || ON_RECORD.contains(type))) {
            throw refused(
                    triple,
                    type.equals(MC.Withdrawn)
                            ? "DELETE withdraws a resource; it cannot be written."
                            : "<" + triple.getSubject() + "> cannot be a <" + type + ">: here is one "
                                    + collection.memberName() + ".");
        }
    }

    private void mustAgree(Graph graph, String id) {
        graph.find(resource, DCTerms.identifier.asNode(), Node.ANY)
                .filterDrop(triple -> triple.getObject().isLiteral()
                        && triple.getObject().getLiteralLexicalForm().equals(id))
                .nextOptional()
                .ifPresent(triple -> {
                    throw refused(
                            triple,
                            "The identifier does not agree with the address: write \"" + id + "\" or leave it out.");
                });
    }

    private Unreadable refused(Triple triple, String message) {
        return new Unreadable(lines.fault(triple.getSubject(), triple.getPredicate(), triple.getObject(), message));
    }
}
