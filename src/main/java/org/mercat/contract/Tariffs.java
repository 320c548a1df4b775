// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.mercat.contract.Tariff.Tier;
import org.mercat.contract.Tariff.Tiering;
import org.mercat.ns.MC;

/** Tariffs in graphs that the shapes have accepted. */
public final class Tariffs {
    private static final Node PRICE = NodeFactory.createURI("http://schema.org/price");
    private static final Node CURRENCY = NodeFactory.createURI("http://schema.org/priceCurrency");

    private Tariffs() {}

    /** The tariff that a node is. */
    public static Tariff of(Graph graph, Node tariff) {
        PricingModel model = one(graph, tariff, MC.pricingModel)
                .flatMap(PricingModel::of)
                .orElseThrow(() -> new IllegalArgumentException("<" + tariff + "> has no pricing model"));
        Optional<String> meter = text(graph, tariff, MC.meter);
        return new Tariff(
                model,
                number(graph, tariff, PRICE).orElse(BigDecimal.ZERO),
                text(graph, tariff, CURRENCY).orElse(""),
                number(graph, tariff, MC.freeQuota).orElse(BigDecimal.ZERO),
                model == PricingModel.PER_UNIT ? meter : Optional.empty(),
                values(graph, tariff, MC.alsoMetered).stream()
                        .map(Node::getLiteralLexicalForm)
                        .collect(Collectors.toSet()),
                tiers(graph, tariff),
                graph.contains(tariff, MC.tiering, MC.volume) ? Tiering.VOLUME : Tiering.GRADUATED,
                number(graph, tariff, MC.minimumCharge),
                number(graph, tariff, MC.maximumCharge),
                number(graph, tariff, MC.trialDays)
                        .map(BigDecimal::intValueExact)
                        .orElse(0));
    }

    private static List<Tier> tiers(Graph graph, Node tariff) {
        return values(graph, tariff, MC.tier).stream()
                .map(tier -> new Tier(
                        number(graph, tier, MC.upTo).orElseThrow(),
                        number(graph, tier, PRICE).orElseThrow()))
                .sorted(Comparator.comparing(Tier::upTo))
                .toList();
    }

    /** What the shapes cannot say of a tariff: why it would charge nothing sensible; empty if it is sound. */
    public static Optional<String> fault(Graph graph, Node node) {
        Tariff tariff = of(graph, node);
        Set<BigDecimal> ends = new HashSet<>();
        for (Tier tier : tariff.tiers()) {
            if (!ends.add(tier.upTo().stripTrailingZeros())) {
                return Optional.of("Two tiers end at " + tier.upTo().toPlainString() + ": keep one of them.");
            }
        }
        boolean countsUse = tariff.model().metric().isPresent() || tariff.model() == PricingModel.PER_DAY;
        if (!tariff.tiers().isEmpty() && !countsUse) {
            return Optional.of(
                    "Tiers are for what is counted, and " + tariff.model() + " counts nothing: leave \"tiers\" out.");
        }
        if (graph.contains(node, MC.meter, Node.ANY) && tariff.model() != PricingModel.PER_UNIT) {
            return Optional.of(
                    "A \"meter\" says what a unit is: write \"pricingModel\": \"PER_UNIT\", or \"alsoMetered\" for"
                            + " what is reported and not charged.");
        }
        boolean isLimited = tariff.minimum().isPresent() || tariff.maximum().isPresent();
        if (isLimited && (tariff.model() == PricingModel.FREE || tariff.model() == PricingModel.ONE_OFF)) {
            return Optional.of("\"minimum\" and \"maximum\" are of a month, which " + tariff.model()
                    + " does not charge: leave them out.");
        }
        return tariff.minimum()
                .flatMap(least -> tariff.maximum().filter(most -> least.compareTo(most) > 0))
                .map(most -> "The minimum is above the maximum, " + most.toPlainString() + ": exchange them.");
    }

    /**
     * Copies a tariff under another name, with its tiers.
     *
     * @param to the name, in the place of which the names of its parts begin with it
     */
    static void copy(Graph from, Node tariff, Graph into, Node to) {
        from.find(tariff, Node.ANY, Node.ANY).toList().forEach(triple -> {
            Node value = triple.getObject();
            if (triple.predicateMatches(MC.tier)) {
                Node part = NodeFactory.createURI(
                        to.getURI() + value.getURI().substring(tariff.getURI().length()));
                from.find(value, Node.ANY, Node.ANY)
                        .toList()
                        .forEach(its -> into.add(part, its.getPredicate(), its.getObject()));
                value = part;
            }
            into.add(Triple.create(to, triple.getPredicate(), value));
        });
    }

    /** Takes a tariff out, with its tiers. */
    static void remove(Graph graph, Node tariff) {
        values(graph, tariff, MC.tier).forEach(tier -> graph.remove(tier, Node.ANY, Node.ANY));
        graph.remove(tariff, Node.ANY, Node.ANY);
        graph.remove(Node.ANY, Node.ANY, tariff);
    }

    private static Optional<BigDecimal> number(Graph graph, Node subject, Node property) {
        return text(graph, subject, property).map(BigDecimal::new);
    }

    private static Optional<String> text(Graph graph, Node subject, Node property) {
        return one(graph, subject, property).map(Node::getLiteralLexicalForm);
    }

    private static Optional<Node> one(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY).nextOptional().map(Triple::getObject);
    }

    private static List<Node> values(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY)
                .mapWith(Triple::getObject)
                .toList();
    }
}
