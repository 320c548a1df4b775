// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.util.NodeFactoryExtra;
import org.apache.jena.vocabulary.RDF;
import org.mercat.ns.MC;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Command.View;
import org.mercat.rdf.Store;

/** Awards of disputes that no credit note gives back. The run that takes one off is written into the dispute as it begins. */
record Adjustments(Store store, Places places) {
    /** Those that no run has taken off. */
    List<Adjustment> waiting() {
        return disputes(MC.status, MC.awarded).stream()
                .filter(dispute -> isWaiting(store.ledgerGraph(dispute), dispute))
                .map(this::read)
                .toList();
    }

    /** Those that the run of a month takes off. */
    List<Adjustment> of(YearMonth month) {
        return disputes(MC.billingRun, places.run(month)).stream()
                .map(this::read)
                .toList();
    }

    private List<Node> disputes(Node property, Node value) {
        return store.readRecords(ledger -> {
            List<Node> found = new ArrayList<>();
            ledger.find(Node.ANY, Node.ANY, property, value).forEachRemaining(quad -> found.add(quad.getGraph()));
            found.removeIf(node -> !ledger.contains(node, node, RDF.Nodes.type, MC.Dispute));
            found.sort(Comparator.comparing(Node::getURI));
            return found;
        });
    }

    private static boolean isWaiting(Graph graph, Node dispute) {
        return graph.contains(dispute, MC.status, MC.awarded)
                && !graph.contains(dispute, MC.creditNote, Node.ANY)
                && !graph.contains(dispute, MC.billingRun, Node.ANY);
    }

    private Adjustment read(Node dispute) {
        Description its = new Description(store.ledgerGraph(dispute), dispute);
        String contract = places.idOf("contracts/", its.one(MC.contract).orElseThrow());
        return new Adjustment(dispute, contract, its.text(MC.awardedCurrency), its.number(MC.awardedAmount));
    }

    /** On the writer thread: gives those that still wait to the run of a month. */
    List<Replacement> take(View view, List<Adjustment> waiting, YearMonth month) {
        List<Replacement> taken = new ArrayList<>();
        for (Adjustment adjustment : waiting) {
            Node dispute = adjustment.dispute();
            if (isWaiting(view.ledger(dispute), dispute)) {
                Description next = new Description(BillingRuns.copy(view.ledger(dispute)), dispute);
                long revision = next.number(MC.revision).longValueExact() + 1;
                next.replace(MC.revision, NodeFactoryExtra.intToNode(revision)).add(MC.billingRun, places.run(month));
                taken.add(new Replacement(dispute, next.graph()));
            }
        }
        return taken;
    }
}
