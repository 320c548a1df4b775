// SPDX-License-Identifier: Apache-2.0
package org.mercat.dispute;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;
import org.mercat.contract.Contracts;
import org.mercat.ns.MC;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Command;
import org.mercat.rdf.Store;

/** All disputes, in memory: a view of the ledger. For any number of threads. */
public final class Disputes {
    private final Store store;
    private final Contracts contracts;
    private final Redress redress;
    private final Collection collection;
    private final ConcurrentNavigableMap<String, Dispute> all = new ConcurrentSkipListMap<>();

    /** Reads all from the ledger. @param redress gives back what is awarded */
    public Disputes(Store store, Contracts contracts, Redress redress) {
        this.redress = redress;
        this.store = store;
        this.contracts = contracts;
        this.collection =
                new Collection("disputes", MC.Dispute, 3, contracts.collection().baseIri());
        List<Node> found = store.readRecords(ledger -> {
            List<Node> disputes = new ArrayList<>();
            ledger.find(Node.ANY, Node.ANY, RDF.Nodes.type, MC.Dispute)
                    .forEachRemaining(quad -> disputes.add(quad.getGraph()));
            return disputes;
        });
        found.forEach(this::take);
    }

    Collection collection() {
        return collection;
    }

    Contracts contracts() {
        return contracts;
    }

    Redress redress() {
        return redress;
    }

    /** Runs a command that writes one dispute, and knows it from then on. */
    void write(Node dispute, Command command) {
        store.write(command);
        take(dispute);
    }

    /** Whoever comes last has read last. */
    private synchronized void take(Node node) {
        String id = collection.idOf(node).orElseThrow();
        Dispute.of(id, node, store.ledgerGraph(node), contracts).ifPresent(dispute -> all.put(id, dispute));
    }

    Optional<Dispute> find(String id) {
        return Optional.ofNullable(all.get(id));
    }

    /** Those that are wanted, by their ids. @param after an id, or nothing to begin */
    List<Dispute> page(Predicate<Dispute> wanted, String after, int limit) {
        return all.tailMap(after, false).values().stream()
                .filter(wanted)
                .limit(limit)
                .toList();
    }
}
