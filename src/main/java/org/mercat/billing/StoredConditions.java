// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.util.NodeFactoryExtra;
import org.apache.jena.vocabulary.RDF;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Preconditions;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;

/** The conditions that are on record, in memory: a view of the ledger. For any number of threads. */
final class StoredConditions implements Conditions {
    static final Node CURRENCY = org.apache.jena.graph.NodeFactory.createURI("http://schema.org/priceCurrency");
    private static final String ALL = "";

    private final Store store;
    private final Places places;
    private final Dated<FeePlan> plans = new Dated<>();
    private final Dated<List<Share>> shares = new Dated<>();
    private final Dated<TaxRule> taxes = new Dated<>();

    /** What holds from a month on, by what it is for. */
    private static final class Dated<T> {
        private final Map<String, ConcurrentNavigableMap<YearMonth, T>> all = new ConcurrentHashMap<>();

        void put(String key, YearMonth month, T value) {
            all.computeIfAbsent(key, its -> new ConcurrentSkipListMap<>()).put(month, value);
        }

        Optional<T> find(String key, YearMonth month) {
            return Optional.ofNullable(all.get(key))
                    .map(its -> its.floorEntry(month))
                    .map(Map.Entry::getValue);
        }
    }

    StoredConditions(Store store, Places places) {
        this.store = store;
        this.places = places;
        for (Node type : List.of(MC.FeePlan, MC.ValueDistribution, MC.TaxRule)) {
            all(type).forEach(node -> take(store.ledgerGraph(node), node));
        }
    }

    /** The addresses of all conditions of a class. */
    List<Node> all(Node type) {
        return store.readRecords(ledger -> {
            List<Node> found = new ArrayList<>();
            ledger.find(Node.ANY, Node.ANY, RDF.Nodes.type, type).forEachRemaining(quad -> found.add(quad.getGraph()));
            return found;
        });
    }

    /** Puts conditions on record, which hold from a month on that has not been charged yet. */
    synchronized void write(Node node, YearMonth from, Graph graph, Preconditions preconditions) {
        store.write(view -> {
            Optional<Long> present = Resources.revisionOf(view.ledger(node), node);
            preconditions.check(present);
            new Description(graph, node).replace(MC.revision, NodeFactoryExtra.intToNode(present.orElse(0L) + 1));
            new Description(view.ledger(places.runs()), places.runs())
                    .month(MC.month)
                    .ifPresent(last -> {
                        if (!from.isAfter(last)) {
                            throw Kind.CONFLICT.because(
                                    last + " was charged already, with what was in force then: say what holds"
                                            + " from " + last.plusMonths(1) + " on, or later.");
                        }
                    });
            return Change.ofLedger(node, graph);
        });
        take(graph, node);
    }

    private void take(Graph graph, Node node) {
        Description its = new Description(graph, node);
        YearMonth from = its.month(MC.firstMonth).orElseThrow();
        if (graph.contains(node, RDF.Nodes.type, MC.FeePlan)) {
            plans.put(places.organizationId(its.one(MC.organization)), from, plan(its));
        } else if (graph.contains(node, RDF.Nodes.type, MC.TaxRule)) {
            TaxRule rule = new TaxRule(its.number(MC.taxRate), its.text(MC.taxNote));
            taxes.put(places.organizationId(its.one(MC.organization)), from, rule);
        } else {
            shares.put(its.one(MC.offering).orElseThrow().getURI(), from, shares(its));
        }
    }

    /** The shares that a graph says. */
    List<Share> shares(Description its) {
        return its.parts(MC.share).stream()
                .map(part -> new Share(places.organizationId(part.one(MC.organization)), part.number(MC.percent)))
                .toList();
    }

    /** Whether an organization has a fee plan of its own in a month. */
    boolean hasOwnPlan(String organization, YearMonth month) {
        return plans.find(organization, month).isPresent();
    }

    /** The fee plan that a graph says. */
    static FeePlan plan(Description its) {
        return new FeePlan(
                its.text(CURRENCY),
                its.number(MC.percentage),
                its.number(MC.entryFee),
                its.number(MC.listingFee),
                its.number(MC.supportFee),
                its.number(MC.callFee),
                its.number(MC.promotionFee),
                its.number(MC.waiverMonths).intValueExact());
    }

    @Override
    public Optional<FeePlan> feePlan(String organization, YearMonth month) {
        return plans.find(organization, month).or(() -> plans.find(ALL, month));
    }

    @Override
    public List<Share> shares(Node offering, YearMonth month) {
        return shares.find(offering.getURI(), month).orElse(List.of());
    }

    @Override
    public TaxRule tax(String organization, YearMonth month) {
        return taxes.find(organization, month).orElse(TaxRule.NONE);
    }
}
