// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.ns.Ledger;
import org.mercat.rdf.Change;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Store;
import org.mercat.search.OfferingChanges;
import org.mercat.search.OfferingChanges.Step;
import org.mercat.search.Position;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers in the ledger how far webhooks have been told, and after a start tells them what came after that: what a kill
 * cut off. Some of it they may get twice, under the same ids.
 */
final class WebhookReplay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookReplay.class);
    private static final Node GRAPH = NodeFactory.createURI("urn:mercat:webhooks");
    private static final long EACH_SECONDS = 5;
    private static final int CHUNK = 500;

    private final Store store;
    private final OfferingChanges index;
    private final Collection offerings;
    private final Demands demands;
    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "mercat-webhook-replay");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Position told;
    private volatile boolean closing;
    private Position written;

    WebhookReplay(
            Store store,
            OfferingChanges index,
            Collection offerings,
            Demands demands,
            Webhooks webhooks,
            Deliveries deliveries) {
        this.store = store;
        this.index = index;
        this.offerings = offerings;
        this.demands = demands;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
    }

    /** @param begin what comes after it is told as it happens */
    void start(Position begin) {
        told = begin;
        Optional<Position> last = last();
        timer.execute(() -> last.ifPresent(from -> replay(from, begin)));
        timer.scheduleWithFixedDelay(this::write, EACH_SECONDS, EACH_SECONDS, TimeUnit.SECONDS);
    }

    /** Everything up to there was given to the deliveries. */
    void told(Position position) {
        told = position;
    }

    private Optional<Position> last() {
        return store.ledgerGraph(GRAPH)
                .find(GRAPH, Ledger.position, Node.ANY)
                .nextOptional()
                .map(Triple::getObject)
                .flatMap(text -> Position.parse(text.getLiteralLexicalForm()));
    }

    private void replay(Position from, Position begin) {
        for (String demand : demands.ids()) {
            demands.find(demand).filter(its -> webhooks.of(demand).isPresent()).ifPresent(its -> {
                try {
                    replay(its, from, begin);
                } catch (RuntimeException e) {
                    LOG.error("The webhook of {} was not told what it missed", demand, e);
                }
            });
        }
    }

    private void replay(StoredDemand demand, Position from, Position begin) {
        Position position = from;
        OfferingChanges.Page page;
        do {
            page = index.after(position, begin.revision(), CHUNK, Optional.of(demand.criteria()));
            position = page.position();
            for (Step step : page.steps()) {
                String id = DemandEvent.idOf(step.change());
                String body = DemandEvent.of(step).json(id, demand.id(), step.change(), offerings);
                deliveries.send(demand.id(), id, body);
            }
        } while (page.more() && !closing);
    }

    /** Only once all before was tried: what then failed is kept. */
    private void write() {
        Position position = told;
        if (!position.equals(written) && webhooks.areUsed() && deliveries.isIdle()) {
            try {
                store.write(view -> new Change(List.of(), List.of(replacement(position))));
                written = position;
            } catch (RuntimeException e) {
                LOG.error("How far webhooks were told could not be written", e);
            }
        }
    }

    private static Replacement replacement(Position position) {
        Graph graph = GraphFactory.createDefaultGraph();
        graph.add(GRAPH, Ledger.position, NodeFactory.createLiteralString(position.toString()));
        return new Replacement(GRAPH, graph);
    }

    /** When all else has been told, and what was not tried is written down. */
    @Override
    public void close() {
        closing = true;
        timer.shutdown();
        try {
            timer.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (told != null && webhooks.areUsed()) {
            Position position = told;
            store.write(view -> new Change(List.of(), List.of(replacement(position))));
        }
    }
}
