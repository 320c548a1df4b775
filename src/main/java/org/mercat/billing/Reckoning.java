// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
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
    private final Counters counters;
    private final Supplier<UsageLog> usage;

    Reckoning(
            Store store,
            Places places,
            Contracts contracts,
            StoredConditions conditions,
            Counters counters,
            Supplier<UsageLog> usage) {
        this.store = store;
        this.places = places;
        this.contracts = contracts;
        this.conditions = conditions;
        this.counters = counters;
        this.usage = usage;
    }

    Statement statement(YearMonth month, FeeCounts counts, GivenBack back) {
        return Statements.of(
                month, contracts.all(), (contract, its) -> usage.get().totals(contract, its), conditions, back, counts);
    }

    /** The credit notes that count to a month. */
    List<Credit> credits(YearMonth month) {
        List<Node> notes = store.readRecords(ledger -> {
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

    /** What fees are counted by, as it stands. */
    FeeCounts count(YearMonth month) {
        return counters.of(month);
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
