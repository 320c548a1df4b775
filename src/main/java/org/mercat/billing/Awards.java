// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;
import org.mercat.contract.Contract;
import org.mercat.dispute.Redress;
import org.mercat.http.Failure.Kind;
import org.mercat.ns.MC;
import org.mercat.rdf.Amounts;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Command.View;
import org.mercat.rdf.Store;

/**
 * Gives back what disputes award: by a credit note of the invoice that has charged it, in the same write; where none has,
 * the next run takes it off.
 */
record Awards(Store store, Places places) implements Redress {
    private static final Pattern LINE = Pattern.compile("(.*)#/lines/(\\d+)");
    private static final Pattern USAGE = Pattern.compile(".*[?&]month=(\\d{4}-\\d{2})#(.*)");

    /** Lines of an invoice. @param invoice its address */
    private record Charged(Node invoice, Predicate<Description> lines) {}

    private static boolean isOf(Description line, Contract contract) {
        return line.one(MC.contract).filter(contract.node()::equals).isPresent();
    }

    @Override
    public void mustBeThere(Contract contract, Node about) {
        invoiceOf(about).ifPresent(invoice -> {
            String id = places.idOf("invoices/", invoice);
            List<String> numbers = PaperPages.lines(new Description(store.ledgerGraph(invoice), invoice)).stream()
                    .filter(line -> isOf(line, contract))
                    .map(line -> line.text(MC.lineNumber))
                    .toList();
            if (numbers.isEmpty()) {
                throw Kind.NOT_FOUND.because("There is no invoice \"" + id + "\" that charges the contract \""
                        + contract.id() + "\": GET /invoices lists those that are yours.");
            }
            Matcher line = LINE.matcher(about.getURI());
            if (line.matches() && !numbers.contains(line.group(2))) {
                throw Kind.NOT_FOUND.because("The invoice \"" + id + "\" has no line " + line.group(2)
                        + " that charges the contract \"" + contract.id() + "\"; it has "
                        + numbers.stream().collect(Collectors.joining(", ")) + ".");
            }
        });
    }

    private Optional<Node> invoiceOf(Node about) {
        String prefix = places.invoices().iri();
        return Optional.of(about.getURI())
                .filter(iri -> iri.startsWith(prefix))
                .map(iri -> places.invoices()
                        .resource(iri.substring(prefix.length()).replaceFirst("#.*", "")));
    }

    @Override
    public Function<View, Given> give(Award award) {
        Optional<Charged> charged = charged(award.contract(), award.about());
        return view -> charged.map(its -> new Description(view.ledger(its.invoice), its.invoice))
                .filter(invoice -> invoice.text(StoredConditions.CURRENCY).equals(award.currency()))
                .map(invoice -> credit(view, award, invoice, charged.get().lines))
                .orElse(new Given(Optional.empty(), List.of()));
    }

    /** What was charged of what is disputed; empty if that is not charged yet, or the contract as a whole. */
    private Optional<Charged> charged(Contract contract, Node about) {
        Matcher line = LINE.matcher(about.getURI());
        Matcher usage = USAGE.matcher(about.getURI());
        Optional<Node> invoice = invoiceOf(about);
        if (invoice.isPresent()) {
            String number = line.matches() ? line.group(2) : "";
            return invoice.map(its -> new Charged(
                    its, part -> number.isEmpty() || part.text(MC.lineNumber).equals(number)));
        }
        if (!usage.matches()) {
            return Optional.empty();
        }
        Predicate<Description> lines = part -> part.text(MC.usedIn).equals(usage.group(1))
                && part.text(MC.metric).equals(usage.group(2));
        List<Node> all = invoices(contract).stream()
                .filter(its -> hasLine(its, part -> isOf(part, contract) && lines.test(part)))
                .toList();
        return all.stream()
                .filter(its -> hasLine(
                        its,
                        part -> isOf(part, contract)
                                && lines.test(part)
                                && CreditCommand.left(part).signum() > 0))
                .findFirst()
                .or(() -> all.stream().findFirst()) // of which nothing is left: the command says so
                .map(its -> new Charged(its, lines));
    }

    private boolean hasLine(Node invoice, Predicate<Description> wanted) {
        return new Description(store.ledgerGraph(invoice), invoice)
                .parts(MC.line).stream().anyMatch(wanted);
    }

    private List<Node> invoices(Contract contract) {
        return store.readRecords(ledger -> {
            List<Node> found = new ArrayList<>();
            ledger.find(Node.ANY, Node.ANY, MC.contract, contract.node())
                    .forEachRemaining(quad -> found.add(quad.getGraph()));
            found.removeIf(node -> !ledger.contains(node, node, RDF.Nodes.type, MC.Invoice));
            return found.stream()
                    .distinct()
                    .sorted((one, other) -> Archive.ORDER.compare(one.getURI(), other.getURI()))
                    .toList();
        });
    }

    private Given credit(View view, Award award, Description invoice, Predicate<Description> lines) {
        List<Description> all = PaperPages.lines(invoice).stream()
                .filter(line -> isOf(line, award.contract()))
                .toList();
        BigDecimal left = award.amount();
        Map<Integer, BigDecimal> amounts = new TreeMap<>();
        for (Description line : all) {
            BigDecimal part = CreditCommand.left(line).min(left);
            if (lines.test(line) && part.signum() > 0) {
                amounts.put(line.number(MC.lineNumber).intValueExact(), part);
                left = left.subtract(part);
            }
        }
        BigDecimal whole = all.stream().map(CreditCommand::left).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal most = whole.min(award.amount().subtract(left));
        if (most.compareTo(award.amount()) < 0) {
            throw Kind.CONFLICT.because("Of what is disputed there is "
                    + Amounts.text(most.max(BigDecimal.ZERO), award.currency()) + " " + award.currency()
                    + " left of the invoice \"" + places.idOf("invoices/", invoice.node())
                    + "\" to be given back, not " + Amounts.text(award.amount(), award.currency()) + ".");
        }
        CreditCommand command = new CreditCommand(
                places,
                places.idOf("invoices/", invoice.node()),
                amounts,
                "Dispute " + award.dispute() + (award.text().isEmpty() ? "" : ": " + award.text()),
                award.agent(),
                award.now());
        List<Replacement> changes = command.decide(view).ledger();
        return new Given(Optional.of(command.note()), changes);
    }
}
