// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.ns.MC;

/**
 * Decimals as people write them, where the database has cut all zeros but one: money with the digits of its currency at
 * least, 0.10 and 0.0025, and other numbers of ours plain, 100.
 */
public final class Amounts {
    private static final String SCHEMA = "http://schema.org/";
    private static final List<Node> CURRENCIES =
            List.of(NodeFactory.createURI(SCHEMA + "priceCurrency"), MC.currency, MC.awardedCurrency);
    private static final Set<Node> MONEY = Set.of(
            NodeFactory.createURI(SCHEMA + "price"),
            MC.maxPrice,
            MC.minimumCharge,
            MC.maximumCharge,
            MC.unitPrice,
            MC.amount,
            MC.netAmount,
            MC.taxAmount,
            MC.totalAmount,
            MC.creditedAmount,
            MC.grossAmount,
            MC.feeAmount,
            MC.payout,
            MC.entryFee,
            MC.listingFee,
            MC.supportFee,
            MC.callFee,
            MC.promotionFee,
            MC.awardedAmount);

    /** As often as parts are nested, and more. */
    private static final int DEEPEST = 4;

    private Amounts() {}

    /** The same with its decimals as they are shown; of foreign properties as they are. */
    public static Graph shown(Graph stored) {
        Map<Triple, Triple> changes = new HashMap<>();
        stored.find().forEachRemaining(triple -> {
            Triple shown = shown(triple, stored);
            if (!shown.equals(triple)) {
                changes.put(triple, shown);
            }
        });
        if (changes.isEmpty()) {
            return stored;
        }
        Graph shown = GraphFactory.createDefaultGraph();
        stored.find().forEachRemaining(triple -> shown.add(changes.getOrDefault(triple, triple)));
        return shown;
    }

    private static Triple shown(Triple triple, Graph graph) {
        Node object = triple.getObject();
        if (!object.isLiteral() || !object.getLiteralDatatype().equals(XSDDatatype.XSDdecimal)) {
            return triple;
        }
        String text;
        if (MONEY.contains(triple.getPredicate())) {
            text = currencyOf(graph, triple.getSubject())
                    .map(currency -> text(number(object), currency))
                    .orElseGet(() -> plain(number(object)).toPlainString());
        } else if (triple.getPredicate().getNameSpace().equals(MC.NS)) {
            text = plain(number(object)).toPlainString();
        } else {
            return triple;
        }
        Node shown = NodeFactory.createLiteralDT(text, XSDDatatype.XSDdecimal);
        return Triple.create(triple.getSubject(), triple.getPredicate(), shown);
    }

    private static BigDecimal number(Node literal) {
        return new BigDecimal(literal.getLiteralLexicalForm());
    }

    /** That of the resource itself, or of the one whose part it is. */
    private static Optional<String> currencyOf(Graph graph, Node resource) {
        Optional<Node> node = Optional.of(resource);
        for (int depth = 0; depth < DEEPEST && node.isPresent(); depth++) {
            for (Node property : CURRENCIES) {
                Optional<String> found = graph.find(node.get(), property, Node.ANY)
                        .nextOptional()
                        .map(Triple::getObject)
                        .filter(Node::isLiteral)
                        .map(Node::getLiteralLexicalForm);
                if (found.isPresent()) {
                    return found;
                }
            }
            node = graph.find(Node.ANY, Node.ANY, node.get()).nextOptional().map(Triple::getSubject);
        }
        return Optional.empty();
    }

    /** An amount of money to read: with as many digits as its currency has, or more if it is finer. */
    public static String text(BigDecimal amount, String currency) {
        BigDecimal plain = plain(amount);
        return plain.setScale(Math.max(digits(currency), plain.scale())).toPlainString();
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }

    /** How many digits the smallest coin of a currency has; of one that has none, such as gold, as many as most have. */
    public static int digits(String currency) {
        try {
            int digits = Currency.getInstance(currency).getDefaultFractionDigits();
            return digits < 0 ? 2 : digits;
        } catch (IllegalArgumentException e) {
            return 2;
        }
    }
}
