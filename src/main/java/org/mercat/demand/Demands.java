// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;
import org.mercat.http.Caller;
import org.mercat.ns.MC;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Commit;
import org.mercat.rdf.Store;

/** All demands, in memory: a view of the store. For any number of threads. */
final class Demands {
    private final Store store;
    private final Collection collection;
    private final Consumer<String> changing;
    private final ConcurrentNavigableMap<String, StoredDemand> all = new ConcurrentSkipListMap<>();
    private final Queue<String> changed = new ConcurrentLinkedQueue<>();

    /** @param changing is told the id of each demand that is written, on the writer's thread */
    Demands(Store store, Collection collection, Consumer<String> changing) {
        this.changing = changing;
        this.store = store;
        this.collection = collection;
    }

    Collection collection() {
        return collection;
    }

    /** Reads all from the store, and follows it. */
    void start() {
        store.listen(this::receive);
        List<Node> found = store.read(database -> {
            List<Node> demands = new ArrayList<>();
            database.find(Node.ANY, Node.ANY, RDF.Nodes.type, MC.Demand)
                    .forEachRemaining(quad -> demands.add(quad.getGraph()));
            return demands;
        });
        found.forEach(this::take);
    }

    /** On the writer's thread, too. */
    private void receive(Commit commit) {
        commit.patches().forEach(patch -> take(patch.graph()));
    }

    private void take(Node graph) {
        collection.idOf(graph).ifPresent(id -> {
            Optional<StoredDemand> demand = StoredDemand.of(id, graph, store.graph(graph));
            demand.ifPresentOrElse(its -> all.put(id, its), () -> all.remove(id));
            changing.accept(id);
            changed.add(id);
        });
    }

    /** The next one that has changed since this was asked last. */
    Optional<String> nextChanged() {
        return Optional.ofNullable(changed.poll());
    }

    Optional<StoredDemand> find(String id) {
        return Optional.ofNullable(all.get(id));
    }

    /** Ids of all. */
    Set<String> ids() {
        return Collections.unmodifiableSet(all.keySet());
    }

    /** Ids of those that are a caller's, in order. @param after an id, or nothing to begin */
    List<String> of(Caller caller, String after, int limit) {
        String from = caller.role() == Caller.Role.OPERATOR ? "" : caller.id() + "/";
        String to = from.isEmpty() ? "~" : from + "~";
        return all.subMap(after.compareTo(from) > 0 ? after : from, false, to, false).keySet().stream()
                .limit(limit)
                .toList();
    }
}
