// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.mercat.billing.Settlement.Kind;
import org.mercat.ns.MC;
import org.mercat.rdf.Store;
import org.mercat.usage.Calls;

/** Counts what the marketplace charges by number, as it stands: offerings, calls, and days of promotion. */
final class Counters {
    private final Store store;
    private final Places places;
    private final Calls calls;
    private final Promotions promotions;

    Counters(Store store, Places places, Calls calls, Promotions promotions) {
        this.store = store;
        this.places = places;
        this.calls = calls;
        this.promotions = promotions;
    }

    /** What organizations have had in a month; who withdrew an offering meanwhile pays nothing for it. */
    FeeCounts of(YearMonth month) {
        TreeMap<String, Map<Kind, BigDecimal>> counts = new TreeMap<>();
        offerings(month).forEach((organization, its) -> put(counts, organization, Kind.LISTING_FEE, its));
        calls.of(month)
                .forEach((organization, its) -> put(counts, organization, Kind.CALL_FEE, BigDecimal.valueOf(its)));
        promotions.days(month).forEach((organization, its) -> put(counts, organization, Kind.PROMOTION_FEE, its));
        return new FeeCounts(counts);
    }

    private static void put(Map<String, Map<Kind, BigDecimal>> counts, String organization, Kind kind, BigDecimal its) {
        counts.computeIfAbsent(organization, one -> new EnumMap<>(Kind.class)).put(kind, its);
    }

    /** By organization, those for some only among them. */
    Map<String, BigDecimal> offerings(YearMonth month) {
        Map<String, BigDecimal> counts = new HashMap<>();
        store.read(catalogue -> count(catalogue, month, counts));
        store.readLedger(ledger -> count(ledger, month, counts));
        return counts;
    }

    private Map<String, BigDecimal> count(DatasetGraph data, YearMonth month, Map<String, BigDecimal> counts) {
        data.find(Node.ANY, Node.ANY, RDF.Nodes.type, MC.Offering).forEachRemaining(quad -> {
            Node offering = quad.getSubject();
            if (offering.getURI().startsWith(places.baseIri() + "offerings/")
                    && new Description(data.getGraph(quad.getGraph()), offering)
                                    .text(DCTerms.created.asNode())
                                    .compareTo(month.plusMonths(1).toString())
                            < 0) {
                String id = places.idOf("offerings/", offering);
                counts.merge(Invoicing.organizationOf(id), BigDecimal.ONE, BigDecimal::add);
            }
        });
        return counts;
    }
}
