// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.ns.MC;
import org.mercat.rdf.Store;
import org.mercat.rdf.Submission;

/**
 * Fee plans, shares and tax rules as they were sent and the shapes have accepted them: what shapes cannot say is checked
 * here, and what was not said is added.
 */
final class ConditionBodies {
    private static final BigDecimal HUNDRED = new BigDecimal(100);
    private static final List<Node> FEES =
            List.of(MC.percentage, MC.entryFee, MC.listingFee, MC.supportFee, MC.callFee, MC.promotionFee);

    /** What the program says, whatever is sent: a resource may come back as it was read. */
    private static final List<Node> OWN = List.of(
            DCTerms.identifier.asNode(),
            DCTerms.created.asNode(),
            DCTerms.modified.asNode(),
            MC.revision,
            MC.firstMonth,
            MC.firstDay,
            MC.offering);

    private final Store store;
    private final Places places;

    ConditionBodies(Store store, Places places) {
        this.store = store;
        this.places = places;
    }

    /** What was sent, without what only the program says. */
    static Description description(Submission sent) {
        Graph graph = BillingRuns.copy(sent.graph());
        OWN.forEach(property -> graph.remove(sent.resource(), property, Node.ANY));
        return new Description(graph, sent.resource());
    }

    /** A fee plan; what is left out costs nothing. */
    Description plan(Submission sent) {
        Description its = description(sent);
        its.graph().remove(sent.resource(), MC.organization, Node.ANY);
        FEES.forEach(fee -> its.replaceNumber(fee, its.number(fee)));
        if (its.one(MC.waiverMonths).isEmpty()) {
            its.add(MC.waiverMonths, 0);
        }
        return its;
    }

    /** A tax rule; a rate that is left out is 0. */
    Description tax(Submission sent) {
        Description its = description(sent);
        its.graph().remove(sent.resource(), MC.organization, Node.ANY);
        its.replaceNumber(MC.taxRate, its.number(MC.taxRate));
        return its;
    }

    /** Shares of organizations that are there, of no more than all. */
    Description shares(Submission sent) {
        Description its = description(sent);
        BigDecimal sum = BigDecimal.ZERO;
        Set<Node> known = new HashSet<>();
        for (Description part : its.parts(MC.share)) {
            Node organization = part.one(MC.organization).orElseThrow();
            boolean isThere = organization.getURI().startsWith(places.baseIri() + "organizations/")
                    && !store.graph(organization).isEmpty();
            if (!known.add(organization) || !isThere) {
                throw Reception.refused(
                        sent,
                        part.node(),
                        MC.organization,
                        "Each share is that of another organization of this catalogue, not <" + organization
                                + ">: write \"organization\": \"city\".");
            }
            part.replaceNumber(MC.percent, part.number(MC.percent));
            sum = sum.add(part.number(MC.percent));
        }
        if (sum.compareTo(HUNDRED) > 0) {
            throw Reception.refused(
                    sent,
                    sent.resource(),
                    MC.share,
                    "The shares are " + sum.toPlainString() + " percent together, which is more than there is: 100 at"
                            + " most; what is left is the provider's own.");
        }
        return its;
    }
}
