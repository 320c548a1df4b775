// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.util.NodeFactoryExtra;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.http.Failure.Kind;
import org.mercat.ns.Ledger;
import org.mercat.ns.MC;
import org.mercat.rdf.Activities;
import org.mercat.rdf.Change;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Command;

/**
 * The command that gives something of an invoice back: a credit note with the next number of its issuer. It counts in the
 * first month whose run has not begun. An invoice of which everything was given back is void.
 */
final class CreditCommand implements Command {
    private static final BigDecimal HUNDRED = new BigDecimal(100);

    private final Places places;
    private final String invoice;
    private final Map<Integer, BigDecimal> amounts;
    private final String text;
    private final Node agent;
    private final Instant now;
    private Node note;

    /**
     * @param invoice id of the invoice
     * @param amounts without tax, by the number of the line; none for all that is left of all lines
     * @param text why; may be empty
     */
    CreditCommand(
            Places places, String invoice, Map<Integer, BigDecimal> amounts, String text, Node agent, Instant now) {
        this.places = places;
        this.invoice = invoice;
        this.amounts = Map.copyOf(amounts);
        this.text = text;
        this.agent = agent;
        this.now = now;
    }

    /** The address of the credit note, after the command was carried out. */
    Node note() {
        return note;
    }

    @Override
    public Change decide(View view) {
        Node node = places.invoices().resource(invoice);
        Graph next = BillingRuns.copy(view.ledger(node));
        Description charged = new Description(next, node);
        String issuer = places.organizationId(charged.one(MC.issuer));
        Node counter = places.node("credit-notes/" + issuer);
        long number = new Description(view.ledger(counter), counter)
                        .number(Ledger.position)
                        .longValueExact()
                + 1;
        note = places.creditNotes().resource(issuer + "/" + number);
        if (!view.ledger(note).isEmpty()) {
            throw new IllegalStateException("There is a credit note <" + note + "> already, and <" + counter
                    + "> does not count it: the ledger is not whole.");
        }
        Graph graph = GraphFactory.createDefaultGraph();
        Description its = Description.of(graph, note, MC.CreditNote)
                .add(DCTerms.identifier.asNode(), issuer + "/" + number)
                .add(MC.invoice, node)
                .add(MC.month, month(view))
                .add(MC.issuer, places.organization(issuer))
                .add(MC.recipient, charged.one(MC.recipient).orElseThrow())
                .add(StoredConditions.CURRENCY, charged.text(StoredConditions.CURRENCY))
                .add(DCTerms.created.asNode(), now)
                .add(MC.revision, 1);
        Node activity = Activities.add(graph, note, Optional.empty(), MC.credit, now, text);
        Activities.setAgent(graph, activity, agent);
        credit(charged, its);
        BillingRuns.step(charged, MC.credit, agent, now);
        if (charged.parts(MC.line).stream().allMatch(line -> left(line).signum() == 0)) {
            charged.replace(MC.status, MC.voided);
        }
        Graph last = GraphFactory.createDefaultGraph();
        last.add(counter, Ledger.position, NodeFactoryExtra.intToNode(number));
        return new Change(
                List.of(),
                List.of(new Replacement(note, graph), new Replacement(node, next), new Replacement(counter, last)));
    }

    private YearMonth month(View view) {
        YearMonth present = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        Optional<YearMonth> begun = new Description(view.ledger(places.runs()), places.runs()).month(MC.month);
        return begun.map(its -> its.plusMonths(1)).orElse(present);
    }

    /** What was not given back of a line. */
    static BigDecimal left(Description line) {
        return line.number(MC.amount).subtract(line.number(MC.creditedAmount));
    }

    private void credit(Description charged, Description its) {
        String currency = charged.text(StoredConditions.CURRENCY);
        List<Description> lines = new ArrayList<>(charged.parts(MC.line));
        lines.sort(java.util.Comparator.comparing(line -> line.number(MC.lineNumber)));
        BigDecimal net = Money.zero(currency);
        BigDecimal taxes = Money.zero(currency);
        int count = 0;
        for (Description line : lines) {
            int number = line.number(MC.lineNumber).intValueExact();
            BigDecimal amount = amounts.isEmpty() ? left(line) : amount(line, number, currency);
            if (amount.signum() != 0) {
                BigDecimal before = line.number(MC.creditedAmount);
                BigDecimal tax = tax(line, before.add(amount), currency).subtract(tax(line, before, currency));
                its.part(MC.line, "lines/" + count++)
                        .add(MC.lineNumber, count)
                        .add(MC.credits, line.node())
                        .add(MC.contract, line.one(MC.contract).orElseThrow())
                        .add(MC.offering, line.one(MC.offering).orElseThrow())
                        .add(MC.amount, amount)
                        .add(MC.taxRate, line.number(MC.taxRate))
                        .add(MC.taxAmount, tax);
                line.replace(MC.creditedAmount, decimal(before.add(amount)));
                net = net.add(amount);
                taxes = taxes.add(tax);
            }
        }
        if (count == 0) {
            throw Kind.CONFLICT.because("Nothing is left of the invoice \"" + invoice + "\" to be given back.");
        }
        its.add(MC.netAmount, net).add(MC.taxAmount, taxes).add(MC.totalAmount, net.add(taxes));
    }

    /** Cut from all of it, so that the parts are what was charged in the end. */
    private static BigDecimal tax(Description line, BigDecimal credited, String currency) {
        return Money.round(credited.multiply(line.number(MC.taxRate)).divide(HUNDRED), currency);
    }

    private BigDecimal amount(Description line, int number, String currency) {
        BigDecimal asked = amounts.getOrDefault(number, BigDecimal.ZERO);
        BigDecimal amount = Money.round(asked, currency);
        if (amount.compareTo(asked) != 0) {
            throw Kind.CONFLICT.because(asked.toPlainString() + " " + currency
                    + " is finer than the smallest coin: write " + amount.toPlainString() + ".");
        }
        if (amount.signum() != 0 && amount.compareTo(left(line)) > 0) {
            throw Kind.CONFLICT.because("Of line " + number + " there is "
                    + Money.round(left(line), currency).toPlainString() + " " + currency
                    + " left to be given back, not " + amount.toPlainString() + ".");
        }
        return amount;
    }

    private static Node decimal(BigDecimal number) {
        return NodeFactory.createLiteralDT(
                number.toPlainString(), org.apache.jena.datatypes.xsd.XSDDatatype.XSDdecimal);
    }
}
