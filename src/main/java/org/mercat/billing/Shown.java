// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.ns.MC;

/** Decimals as people write them: amounts to the smallest coin, 113.50, and all others plain, 100. */
final class Shown {
    private static final Set<Node> AMOUNTS = Set.of(
            MC.amount,
            MC.netAmount,
            MC.taxAmount,
            MC.totalAmount,
            MC.creditedAmount,
            MC.grossAmount,
            MC.feeAmount,
            MC.payout);

    private Shown() {}

    /** What a stored graph says, in which the database has cut all zeros but one. */
    static Graph of(Graph stored) {
        Map<Node, String> currencies = new HashMap<>();
        stored.find(Node.ANY, StoredConditions.CURRENCY, Node.ANY)
                .forEachRemaining(triple ->
                        currencies.put(triple.getSubject(), triple.getObject().getLiteralLexicalForm()));
        String usual = currencies.values().stream().findFirst().orElse("XXX");
        Graph shown = GraphFactory.createDefaultGraph();
        stored.find()
                .forEachRemaining(
                        triple -> shown.add(shown(triple, currencies.getOrDefault(triple.getSubject(), usual))));
        return shown;
    }

    private static Triple shown(Triple triple, String currency) {
        Node object = triple.getObject();
        if (!object.isLiteral() || !object.getLiteralDatatype().equals(XSDDatatype.XSDdecimal)) {
            return triple;
        }
        BigDecimal number = new BigDecimal(object.getLiteralLexicalForm());
        String text = AMOUNTS.contains(triple.getPredicate())
                ? Money.round(number, currency).toPlainString()
                : number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        return Triple.create(
                triple.getSubject(), triple.getPredicate(), NodeFactory.createLiteralDT(text, XSDDatatype.XSDdecimal));
    }
}
