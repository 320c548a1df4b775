// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.mercat.billing.Settlement.Kind;
import org.mercat.contract.Contracts;
import org.mercat.ns.MC;
import org.mercat.rdf.Store;
import org.mercat.usage.UsageLog;

/** What a month comes to, of what is stored: contracts, usage, conditions, credit notes, and what fees are counted by. */
final class Reckoning {
    private final Store store;
    private final Places places;
    private final Contracts contracts;
    private final StoredConditions conditions;
    private final Supplier<UsageLog> usage;

    Reckoning(Store store, Places places, Contracts contracts, StoredConditions conditions, Supplier<UsageLog> usage) {
        this.store = store;
        this.places = places;
        this.contracts = contracts;
        this.conditions = conditions;
        this.usage = usage;
    }

    Statement statement(YearMonth month, FeeCounts counts, List<Adjustment> awarded) {
        return Statements.of(
                month,
                contracts.all(),
                (contract, its) -> usage.get().totals(contract, its),
                conditions,
                new GivenBack(credits(month), awarded),
                counts);
    }

    /** The credit notes that count to a month. */
    private List<Credit> credits(YearMonth month) {
        List<Node> notes = store.readLedger(ledger -> {
            List<Node> found = new ArrayList<>();
            ledger.find(Node.ANY, Node.ANY, RDF.Nodes.type, MC.CreditNote)
                    .forEachRemaining(quad -> found.add(quad.getGraph()));
            found.removeIf(note -> !ledger.contains(note, note, MC.month, Description.month(month)));
            return found;
        });
        List<Credit> credits = new ArrayList<>();
        for (Node note : notes) {
            Description its = new Description(store.ledgerGraph(note), note);
            for (Description line : its.parts(MC.line)) {
                credits.add(new Credit(
                        places.organizationId(its.one(MC.issuer)),
                        places.organizationId(its.one(MC.recipient)),
                        line.one(MC.offering).orElseThrow(),
                        its.text(StoredConditions.CURRENCY),
                        line.number(MC.amount),
                        line.number(MC.taxAmount)));
            }
        }
        return credits;
    }

    /** How many offerings an organization has that were there in a month; who withdrew one meanwhile pays nothing for it. */
    FeeCounts count(YearMonth month) {
        return store.read(catalogue -> {
            Map<String, BigDecimal> counts = new HashMap<>();
            catalogue.find(Node.ANY, Node.ANY, RDF.Nodes.type, MC.Offering).forEachRemaining(quad -> {
                Node offering = quad.getSubject();
                if (offering.getURI().startsWith(places.baseIri() + "offerings/")
                        && new Description(catalogue.getGraph(quad.getGraph()), offering)
                                        .text(DCTerms.created.asNode())
                                        .compareTo(month.plusMonths(1).toString())
                                < 0) {
                    String id = places.idOf("offerings/", offering);
                    counts.merge(Invoicing.organizationOf(id), BigDecimal.ONE, BigDecimal::add);
                }
            });
            TreeMap<String, Map<Kind, BigDecimal>> byOrganization = new TreeMap<>();
            counts.forEach((organization, its) -> byOrganization.put(organization, Map.of(Kind.LISTING_FEE, its)));
            return new FeeCounts(byOrganization);
        });
    }

    /** What a run has on record that it counted. */
    FeeCounts counted(Description run) {
        TreeMap<String, Map<Kind, BigDecimal>> counts = new TreeMap<>();
        for (Description part : run.parts(MC.counted)) {
            Kind kind = Kind.valueOf(
                    part.text(MC.lineKind).toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
            counts.computeIfAbsent(places.organizationId(part.one(MC.organization)), its -> new EnumMap<>(Kind.class))
                    .put(kind, part.number(MC.quantity));
        }
        return new FeeCounts(counts);
    }
}
