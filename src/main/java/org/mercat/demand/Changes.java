// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.jena.datatypes.xsd.XSDDateTime;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.mercat.ns.MC;
import org.mercat.proposal.Proposals;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Commit;
import org.mercat.rdf.Store;
import org.mercat.search.OfferingChange;
import org.mercat.search.OfferingChange.Type;
import org.mercat.search.OfferingChanges;
import org.mercat.search.Position;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happens to offerings and proposals, in order, on a thread of its own: what is committed, the moment it is, and each second
 * whose time has run out. Where more is committed than can be told, the index tells the rest.
 */
public final class Changes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    private static final Node INVALIDATED = NodeFactory.createURI("http://www.w3.org/ns/prov#invalidatedAtTime");
    /** Changes that may wait, each with the offering as it is and as it was. */
    private static final int WAITING = 5_000;

    private static final int CHUNK = 500;
    private static final long SECOND = 1_000;

    private final Store store;
    private final Collection offerings;
    private final Proposals proposals;
    private final ChangeLog log;
    private final InstantSource clock;
    private final Thread thread = new Thread(this::run, "mercat-changes");
    private final List<Consumer<List<Told>>> listeners = new CopyOnWriteArrayList<>();

    private final Object lock = new Object();
    private List<Committed> waiting = new ArrayList<>();
    private boolean lost;
    private boolean closing;

    /** What was told; of the thread. */
    private Position position;

    /** A change of one offering as it was committed. */
    private record Committed(long revision, String id, Commit.Patch patch, Graph after) {}

    /**
     * A change with what it changed.
     *
     * @param patch what was taken and added; empty if nothing was, or if that is not known any more
     * @param after the offering's graph now
     */
    record Told(OfferingChange change, Optional<Commit.Patch> patch, Graph after) {
        /** The offering's graph before, empty if there was none. */
        Graph before() {
            Graph before = GraphFactory.createDefaultGraph();
            after.find().forEachRemaining(before::add);
            patch.ifPresent(its -> {
                its.added().forEach(before::delete);
                its.removed().forEach(before::add);
            });
            return before;
        }
    }

    public Changes(Store store, Collection offerings, Proposals proposals, ChangeLog log, InstantSource clock) {
        this.store = store;
        this.offerings = offerings;
        this.proposals = proposals;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Is told of all changes after {@link #begin}, some at a time, on the thread of this; when there are none, of none
     * each second.
     */
    void listen(Consumer<List<Told>> listener) {
        listeners.add(listener);
    }

    /** Begins to take notes. @return what counts as told already */
    Position begin() {
        store.listen(this::receive);
        position = Position.at(store.revision(), clock.millis());
        return position;
    }

    /** What was told. For listeners, while they are told. */
    Position position() {
        return position;
    }

    /** Begins to tell. */
    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** On the writer's thread: only takes a note. */
    private void receive(Commit commit) {
        List<Committed> its = new ArrayList<>();
        for (Commit.Patch patch : commit.patches()) {
            offerings
                    .idOf(patch.graph())
                    .or(() -> proposals.collection().idOf(patch.graph()))
                    .ifPresent(id -> its.add(new Committed(commit.revision(), id, patch, store.graph(patch.graph()))));
        }
        its.sort((a, b) -> a.id.compareTo(b.id));
        synchronized (lock) {
            if (waiting.size() + its.size() > WAITING) {
                waiting.clear();
                lost = true;
            } else if (!lost) {
                waiting.addAll(its);
            }
            lock.notifyAll();
        }
    }

    private void run() {
        long tick = clock.millis() + SECOND;
        while (true) {
            List<Committed> batch;
            boolean all;
            synchronized (lock) {
                try {
                    for (long left = tick - clock.millis();
                            left > 0 && waiting.isEmpty() && !lost && !closing;
                            left = tick - clock.millis()) {
                        lock.wait(Math.min(left, SECOND));
                    }
                } catch (InterruptedException e) {
                    return;
                }
                if (closing) {
                    return;
                }
                batch = waiting;
                waiting = new ArrayList<>();
                all = !lost;
                lost = false;
            }
            try {
                tell(all ? told(batch) : List.of());
                if (!all || clock.millis() >= tick) {
                    read(all ? position.revision() : Long.MAX_VALUE);
                    tick = clock.millis() + SECOND;
                }
            } catch (RuntimeException e) {
                LOG.error("Changes after {} were not told; they will be", position, e);
                synchronized (lock) {
                    lost = true;
                }
                tick = clock.millis() + SECOND;
            }
        }
    }

    private List<Told> told(List<Committed> batch) {
        List<Told> told = new ArrayList<>();
        for (Committed committed : batch) {
            OfferingChange change = change(committed);
            if (!position.covers(change)) {
                position = position.told(change);
                told.add(new Told(change, Optional.of(committed.patch), committed.after));
            }
        }
        if (!batch.isEmpty()) {
            position = position.andRevisions(batch.get(batch.size() - 1).revision);
        }
        return told;
    }

    private OfferingChange change(Committed committed) {
        Node offering = committed.patch.graph();
        if (proposals.collection().idOf(offering).isPresent()) {
            return ChangeLog.change(Proposals.change(committed.id, offering, committed.after));
        }
        Triple described = Triple.create(offering, RDF.Nodes.type, MC.Offering);
        boolean withdrawn = committed.after.contains(offering, RDF.Nodes.type, MC.Withdrawn);
        Type type = Type.CHANGED;
        if (withdrawn || committed.after.isEmpty()) {
            type = Type.WITHDRAWN;
        } else if (!isActive(committed.after, offering, position.time())) {
            type = Type.EXPIRED;
        } else if (committed.patch.added().contains(described)) {
            type = Type.CREATED;
        }
        Instant time = Instant.ofEpochMilli(
                millis(committed.after, offering, withdrawn ? INVALIDATED : DCTerms.modified.asNode())
                        .orElseGet(() -> clock.millis() / SECOND * SECOND)); // it is for some only, from now on
        return new OfferingChange(committed.id, type, committed.revision, time, false);
    }

    /** Whether a graph says that an offering is active after an instant in milliseconds of the epoch. */
    static boolean isActive(Graph graph, Node offering, long time) {
        return millis(graph, offering, MC.activeUntil).orElse(0L) > time;
    }

    private static Optional<Long> millis(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY)
                .nextOptional()
                .map(Triple::getObject)
                .map(time -> ((XSDDateTime) time.getLiteralValue()).asCalendar().getTimeInMillis());
    }

    /** What the index knows that was not told: up to a revision, and whose time has run out. */
    private void read(long revision) {
        OfferingChanges.Page page;
        do {
            page = log.after(position, revision, CHUNK);
            position = page.position();
            tell(page.steps().stream()
                    .map(OfferingChanges.Step::change)
                    .map(change -> new Told(change, Optional.empty(), graph(change)))
                    .toList());
        } while (page.more());
    }

    private Graph graph(OfferingChange change) {
        Collection collection = change.type() == Type.PROPOSAL ? proposals.collection() : offerings;
        return store.graph(collection.resource(change.offering()));
    }

    private void tell(List<Told> told) {
        for (Consumer<List<Told>> listener : listeners) {
            try {
                listener.accept(told);
            } catch (RuntimeException e) {
                LOG.error("A listener failed at {}", position, e);
            }
        }
    }

    /** Tells no more. */
    @Override
    public void close() {
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
