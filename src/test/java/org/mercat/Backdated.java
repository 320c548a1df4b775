// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Store;

/** Contracts and promotions of long ago, for tests that cannot wait for a month to be over. */
final class Backdated {
    private Backdated() {}

    /** Makes it that all contracts in a data folder, which nobody has open, were signed on a day. */
    static void sign(Path data, LocalDate day) {
        Instant instant = day.atTime(8, 0).toInstant(ZoneOffset.UTC);
        Node time = NodeFactory.createLiteralDT(instant.toString(), XSDDatatype.XSDdateTime);
        change(data, MC.Contract, triple -> {
            boolean isTime = triple.predicateMatches(MC.signed)
                    || triple.getPredicate().getURI().endsWith("endedAtTime");
            return isTime ? Triple.create(triple.getSubject(), triple.getPredicate(), time) : triple;
        });
    }

    /** Makes it that all promotions were on other days. */
    static void promote(Path data, LocalDate first, LocalDate last) {
        change(data, MC.Promotion, triple -> {
            boolean isFirst = triple.predicateMatches(MC.firstDay);
            Node day = NodeFactory.createLiteralDT((isFirst ? first : last).toString(), XSDDatatype.XSDdate);
            return isFirst || triple.predicateMatches(MC.lastDay)
                    ? Triple.create(triple.getSubject(), triple.getPredicate(), day)
                    : triple;
        });
    }

    private static void change(Path data, Node type, UnaryOperator<Triple> change) {
        try (Store store = Store.open(data)) {
            List<Node> names = store.readLedger(
                    ledger -> org.apache.jena.atlas.iterator.Iter.toList(org.apache.jena.atlas.iterator.Iter.map(
                            ledger.find(Node.ANY, Node.ANY, RDF.Nodes.type, type), quad -> quad.getGraph())));
            for (Node name : names) {
                Graph next = GraphFactory.createDefaultGraph();
                store.ledgerGraph(name).find().forEachRemaining(triple -> next.add(change.apply(triple)));
                store.write(view -> Change.ofLedger(name, next));
            }
        }
    }
}
