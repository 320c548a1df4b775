// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.mercat.billing.PaperPage.Line;
import org.mercat.billing.PaperPage.Party;
import org.mercat.billing.PaperPage.Sum;
import org.mercat.billing.PaperPage.Tax;
import org.mercat.contract.Contract;
import org.mercat.contract.Contracts;
import org.mercat.http.Caller;
import org.mercat.ns.MC;
import org.mercat.rdf.Activities;
import org.mercat.rdf.Amounts;
import org.mercat.rdf.Store;
import org.mercat.vocabulary.Text;

/** Makes pages of documents, with the names that the catalogue has for what they are about. */
record PaperPages(Store store, Places places, Contracts contracts, OwnGraphs own) {
    static final Node NAME = NodeFactory.createURI("http://schema.org/name");
    private static final Node EMAIL = NodeFactory.createURI("http://schema.org/email");
    private static final BigDecimal HUNDRED = new BigDecimal(100);
    private static final Set<String> PERCENTAGES = Set.of("percentage", "share-given", "share-received");

    /** Of those, the amount says all: it is one times itself. */
    private static final Set<String> SUMS = Set.of("sales", "tax", "credit", "credit-tax", "adjustment");

    /** @param caller who reads it, and is led to what it may read */
    PaperPage of(Description paper, Caller caller, String language) {
        Graph graph = paper.graph();
        boolean isInvoice = graph.contains(paper.node(), RDF.Nodes.type, MC.Invoice);
        String kind = isInvoice
                ? "invoice"
                : graph.contains(paper.node(), RDF.Nodes.type, MC.CreditNote) ? "credit-note" : "settlement";
        List<Description> lines = lines(paper);
        return new PaperPage(
                kind,
                paper.text(DCTerms.identifier.asNode()),
                "/" + places.idOf("", paper.node()),
                paper.one(MC.issuer).map(node -> party(node, language)),
                party(paper.one(MC.recipient).orElseThrow(), language),
                paper.month(MC.month).orElseThrow(),
                date(paper),
                paper.one(MC.status).map(Node::getLocalName).orElse(""),
                paper.one(MC.invoice)
                        .map(node -> places.idOf("invoices/", node))
                        .orElse(""),
                isInvoice
                        ? ""
                        : Activities.of(graph, paper.node()).stream()
                                .map(Activities.Activity::text)
                                .findFirst()
                                .orElse(""),
                paper.text(StoredConditions.CURRENCY),
                lines.stream()
                        .map(line -> line(paper, line, isInvoice && own.isOf(caller, line), language))
                        .toList(),
                taxes(paper, lines),
                sums(paper, kind));
    }

    static List<Description> lines(Description paper) {
        return paper.parts(MC.line).stream()
                .sorted(Comparator.comparing(line -> line.number(MC.lineNumber)))
                .toList();
    }

    static LocalDate date(Description paper) {
        return LocalDate.ofInstant(Instant.parse(paper.text(DCTerms.created.asNode())), ZoneOffset.UTC);
    }

    /** What a line is about, as its offering is called now. */
    Optional<Text> title(Description line, String language) {
        return line.one(MC.offering).map(offering -> {
            String id = places.idOf("offerings/", offering);
            Graph open = store.graph(offering);
            Graph graph = open.isEmpty() ? store.ledgerGraph(offering) : open; // for some only, and both sides know it
            return Text.best(graph, offering, List.of(DCTerms.title.asNode()), language)
                    .orElse(new Text(id, ""));
        });
    }

    Party party(Node organization, String language) {
        Graph graph = store.graph(organization);
        String id = places.idOf("organizations/", organization);
        return new Party(
                id,
                Text.best(graph, organization, List.of(NAME), language).orElse(new Text(id, "")),
                new Description(graph, organization).text(EMAIL));
    }

    private Line line(Description paper, Description line, boolean isTraced, String language) {
        String kind = line.text(MC.lineKind);
        Optional<Contract> contract =
                line.one(MC.contract).flatMap(node -> contracts.find(places.idOf("contracts/", node)));
        Optional<YearMonth> usedIn = line.month(MC.usedIn);
        String currency = paper.text(StoredConditions.CURRENCY);
        boolean isPercentage = PERCENTAGES.contains(kind);
        boolean isSum = SUMS.contains(kind);
        return new Line(
                line.text(MC.lineNumber),
                kind,
                title(line, language),
                contract.map(Contract::id).orElse(""),
                contract.flatMap(its -> usedIn.map(month -> Invoicing.tariff(its, month))),
                usedIn.filter(month -> !month.equals(paper.month(MC.month).orElseThrow())),
                line.text(MC.metric),
                isSum ? "" : isPercentage ? Amounts.text(line.number(MC.quantity), currency) : line.text(MC.quantity),
                isPercentage ? percent(line) : isSum ? "" : line.text(MC.unitPrice),
                isPercentage,
                line.text(MC.amount),
                line.one(MC.taxRate).isEmpty() ? "0" : line.text(MC.taxRate),
                line.text(MC.taxNote),
                line.one(MC.otherParty).map(node -> party(node, language).name()),
                isTraced ? "/" + places.idOf("", paper.node()) + "/lines/" + line.text(MC.lineNumber) + "/trace" : "");
    }

    private static String percent(Description line) {
        return line.number(MC.unitPrice)
                .abs()
                .multiply(HUNDRED)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static List<Tax> taxes(Description paper, List<Description> lines) {
        Map<BigDecimal, BigDecimal[]> sums = new TreeMap<>();
        for (Description line : lines) {
            BigDecimal[] its = sums.computeIfAbsent(line.number(MC.taxRate).stripTrailingZeros(), rate ->
                    new BigDecimal[] {BigDecimal.ZERO, BigDecimal.ZERO});
            its[0] = its[0].add(line.number(MC.amount));
            its[1] = its[1].add(line.number(MC.taxAmount));
        }
        String currency = paper.text(StoredConditions.CURRENCY);
        List<Tax> taxes = new ArrayList<>();
        sums.forEach((rate, its) -> taxes.add(
                new Tax(rate.toPlainString(), Amounts.text(its[0], currency), Amounts.text(its[1], currency))));
        return taxes;
    }

    private static List<Sum> sums(Description paper, String kind) {
        return kind.equals("settlement")
                ? List.of(
                        new Sum("gross", paper.text(MC.grossAmount)),
                        new Sum("fees", paper.text(MC.feeAmount)),
                        new Sum("payout", paper.text(MC.payout)))
                : List.of(
                        new Sum("net", paper.text(MC.netAmount)),
                        new Sum("taxes", paper.text(MC.taxAmount)),
                        new Sum("total", paper.text(MC.totalAmount)));
    }
}
