// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;
import org.mercat.http.Failure;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Store;

/** Writes the documents of a month, those that are not there yet: whoever begins again writes the same. */
final class DocumentWriter {
    /** Documents in one write: few writes, and others need not wait long. */
    private static final int BATCH = 1_000;

    private final Store store;
    private final Places places;
    private volatile boolean isStopping;

    DocumentWriter(Store store, Places places) {
        this.store = store;
        this.places = places;
    }

    /** Interrupts what is being written, between two writes. */
    void stop() {
        isStopping = true;
    }

    /** @param issued that they bear */
    void write(Statement statement, Instant issued) {
        for (List<Replacement> batch : batches(documents(statement, new Papers(places, statement.month(), issued)))) {
            if (isStopping) {
                throw Failure.Kind.UNAVAILABLE.because("The catalogue stops; the run goes on when it starts again.");
            }
            store.write(view -> new Change(
                    List.of(),
                    batch.stream()
                            .filter(document -> view.ledger(document.graph()).isEmpty())
                            .toList()));
        }
    }

    private static List<List<Replacement>> batches(List<Replacement> documents) {
        List<List<Replacement>> batches = new ArrayList<>();
        for (int from = 0; from < documents.size(); from += BATCH) {
            batches.add(documents.subList(from, Math.min(documents.size(), from + BATCH)));
        }
        return batches;
    }

    private List<Replacement> documents(Statement statement, Papers papers) {
        Map<String, Long> last = lastNumbers(statement.month());
        List<Replacement> documents = new ArrayList<>();
        for (Invoice invoice : statement.invoices()) {
            documents.add(papers.invoice(invoice, last.merge(invoice.issuer(), 1L, Long::sum)));
        }
        for (Settlement settlement : statement.settlements()) {
            documents.add(papers.settlement(settlement, last.merge("", 1L, Long::sum)));
        }
        return documents;
    }

    /** The last numbers that the runs before have given: of invoices by issuer, of settlements by nothing. */
    private Map<String, Long> lastNumbers(YearMonth month) {
        return store.readRecords(ledger -> {
            Set<Node> own = new HashSet<>();
            ledger.find(Node.ANY, Node.ANY, MC.billingRun, places.run(month))
                    .forEachRemaining(quad -> own.add(quad.getGraph()));
            Map<String, Long> last = new HashMap<>();
            for (Node type : List.of(MC.Invoice, MC.Settlement)) {
                ledger.find(Node.ANY, Node.ANY, RDF.Nodes.type, type).forEachRemaining(quad -> {
                    if (!own.contains(quad.getGraph())) {
                        String path = places.idOf("", quad.getGraph());
                        int end = path.lastIndexOf('/');
                        String issuer = type.equals(MC.Invoice) ? path.substring("invoices/".length(), end) : "";
                        last.merge(issuer, Long.valueOf(path.substring(end + 1)), Math::max);
                    }
                });
            }
            return last;
        });
    }
}
