// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.ns.MC;
import org.mercat.rdf.Change.Replacement;

/** Invoices and settlements as graphs. The same ones always become the same graphs. */
final class Papers {
    private static final Set<Line.Kind> USED = Set.of(Line.Kind.TRIAL, Line.Kind.FREE_QUOTA, Line.Kind.USAGE);

    private final Places places;
    private final YearMonth month;
    private final Instant issued;

    /** @param issued when the run began that writes them */
    Papers(Places places, YearMonth month, Instant issued) {
        this.places = places;
        this.month = month;
        this.issued = issued;
    }

    /** @param number in the order of its issuer */
    Replacement invoice(Invoice invoice, long number) {
        String id = invoice.issuer() + "/" + number;
        Node node = places.invoices().resource(id);
        Graph graph = GraphFactory.createDefaultGraph();
        Description its = begin(graph, node, MC.Invoice, id, invoice.currency())
                .add(MC.issuer, places.organization(invoice.issuer()))
                .add(MC.recipient, places.organization(invoice.recipient()))
                .add(MC.status, MC.issued)
                .add(MC.netAmount, invoice.net())
                .add(MC.taxAmount, invoice.tax())
                .add(MC.totalAmount, invoice.total());
        List<Invoice.Item> items = invoice.items();
        IntStream.range(0, items.size()).forEach(i -> item(its.part(MC.line, "lines/" + i), i + 1, items.get(i)));
        return new Replacement(node, graph);
    }

    private void item(Description part, int number, Invoice.Item item) {
        part.add(MC.lineNumber, number)
                .add(MC.lineKind, item.line().kind().word())
                .add(MC.contract, places.node("contracts/" + item.contract()))
                .add(MC.offering, item.offering())
                .add(MC.usedIn, item.usedIn())
                .add(MC.metric, item.line().metric())
                .add(MC.quantity, item.line().quantity())
                .add(MC.unitPrice, item.line().unitPrice())
                .add(MC.amount, item.line().amount());
        item.adjusts().ifPresent(dispute -> part.add(MC.adjusts, dispute));
        if (USED.contains(item.line().kind())) {
            part.add(MC.usage, places.node("contracts/" + item.contract() + "/usage/" + month));
        }
        if (item.taxRate().signum() != 0 || !item.taxNote().isEmpty()) {
            part.add(MC.taxRate, item.taxRate()).add(MC.taxAmount, item.tax());
        }
        if (!item.taxNote().isEmpty()) {
            part.add(MC.taxNote, item.taxNote());
        }
    }

    /** @param number in the order of the marketplace */
    Replacement settlement(Settlement settlement, long number) {
        String id = String.valueOf(number);
        Node node = places.settlements().resource(id);
        Graph graph = GraphFactory.createDefaultGraph();
        Description its = begin(graph, node, MC.Settlement, id, settlement.currency())
                .add(MC.recipient, places.organization(settlement.organization()))
                .add(MC.grossAmount, settlement.gross())
                .add(MC.feeAmount, settlement.fees())
                .add(MC.payout, settlement.payout());
        for (int i = 0; i < settlement.entries().size(); i++) {
            Settlement.Entry entry = settlement.entries().get(i);
            Description part = its.part(MC.line, "lines/" + i)
                    .add(MC.lineNumber, i + 1)
                    .add(MC.lineKind, entry.kind().word())
                    .add(MC.quantity, entry.quantity())
                    .add(MC.unitPrice, entry.unitPrice())
                    .add(MC.amount, entry.amount());
            entry.offering().ifPresent(offering -> part.add(MC.offering, offering));
            Optional.of(entry.other())
                    .filter(other -> !other.isEmpty())
                    .ifPresent(other -> part.add(MC.otherParty, places.organization(other)));
        }
        return new Replacement(node, graph);
    }

    private Description begin(Graph graph, Node node, Node type, String id, String currency) {
        return Description.of(graph, node, type)
                .add(DCTerms.identifier.asNode(), id)
                .add(MC.month, month)
                .add(MC.billingRun, places.run(month))
                .add(StoredConditions.CURRENCY, currency)
                .add(DCTerms.created.asNode(), issued)
                .add(MC.revision, 1);
    }
}
