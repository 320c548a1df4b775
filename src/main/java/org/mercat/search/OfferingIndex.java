// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.mercat.http.Failure.Kind;
import org.mercat.ns.MC;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Commit;
import org.mercat.rdf.Resources;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The offerings as Lucene documents: a projection of the catalogue that commits feed and that can be made anew from the
 * store at any time. Who searches finds all that was answered before. At start it catches up with the store by revision;
 * when the vocabularies or the form of its documents have changed, it is made anew.
 */
public final class OfferingIndex implements IndexView, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OfferingIndex.class);
    /** Documents that a crash may take from the index, to be made again from the store. */
    private static final int COMMIT_AFTER = 20_000;

    private static final int CHUNK = 500;
    /** Outdated documents that are made anew between two looks at what was committed. */
    private static final int SOME = 200;
    /** Milliseconds that a search waits for what was committed before. */
    private static final long PATIENCE = 30_000;

    private final OfferingSource source;
    private final Collection offerings;
    private final OfferingDocuments documents;
    private final IndexStates states;
    private final Thread feeder;

    private final Object lock = new Object();
    /** Offerings to index; with those that were withdrawn what was taken from them. */
    private final Map<Node, Graph> waiting = new LinkedHashMap<>();

    private final Deque<Adoption> adoptions = new ArrayDeque<>();
    /** Offerings whose documents are as vocabularies made them that have changed since. Of the feeder. */
    private final Set<Node> outdated = new LinkedHashSet<>();
    /** Those that are adopted and not yet answered. Of the feeder. */
    private final List<Adoption> adopted = new ArrayList<>();

    private int renewed;

    private long received;
    /** The revision that took an offering away of which no page may go on to tell; 0 if all states are without it. */
    private long forgotten;

    private long indexed;
    /** The revision that a search waits for. */
    private long wanted = -1;

    private volatile boolean closing;
    private volatile boolean isBroken;
    private boolean isComplete;
    private volatile long visible = -1;
    private long uncommitted;

    /** Is told how many documents of how many are made. */
    public interface Progress {
        void at(long made, long all);
    }

    /**
     * Opens or creates the index in a folder. It is not complete before {@link #catchUp}.
     *
     * @param vocabularies changes whenever the vocabularies or the form of JSON do
     */
    public static OfferingIndex open(
            Path folder, OfferingSource source, Supplier<Lexicon> lexicon, Collection offerings, String vocabularies) {
        try {
            return new OfferingIndex(FSDirectory.open(folder), source, lexicon, offerings, vocabularies);
        } catch (IOException e) {
            throw new UncheckedIOException("The search index in " + folder + " cannot be opened", e);
        }
    }

    private OfferingIndex(
            Directory directory,
            OfferingSource source,
            Supplier<Lexicon> lexicon,
            Collection offerings,
            String vocabularies)
            throws IOException {
        this.source = source;
        this.offerings = offerings;
        this.documents = new OfferingDocuments(directory, source, lexicon, vocabularies);
        this.states = new IndexStates(documents.writer());
        this.feeder = new Thread(this::feed, "mercat-index");
        feeder.setDaemon(true);
    }

    /**
     * Takes what the store has and the index has not, and from now on what is committed.
     *
     * @param progress is told now and then
     */
    public void catchUp(Progress progress) {
        source.listen(this::receive);
        long known = documents.revision();
        long now = source.revision();
        try {
            if (known < 0 || known > now || known < now && source.isMadeAnew()) {
                documents.deleteAll();
                known = -1;
            }
            if (known < now) {
                List<Node> changed = source.changedAfter(known);
                index(changed, known < 0, progress);
                if (!changed.isEmpty()) {
                    documents.commit(now);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The search index cannot be written", e);
        }
        synchronized (lock) {
            indexed = Math.max(indexed, now);
            received = Math.max(received, now);
        }
        isComplete = true;
        feeder.start();
    }

    /** Makes the whole index anew. */
    public void rebuild(Progress progress) {
        try {
            documents.begin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        catchUp(progress);
    }

    /** On all processors: making documents is most of the work. */
    private void index(List<Node> changed, boolean empty, Progress progress) {
        for (int from = 0; from < changed.size(); from += CHUNK) {
            changed.subList(from, Math.min(changed.size(), from + CHUNK)).parallelStream()
                    .forEach(offering -> index(offering, empty));
            progress.at(Math.min(changed.size(), from + CHUNK), changed.size());
        }
    }

    private void index(Node offering, boolean isNew) {
        try {
            documents.index(offering, Graph.emptyGraph, isNew);
        } catch (IOException e) {
            throw new UncheckedIOException("The search index cannot be written", e);
        }
    }

    /** On the writer's thread: only notes what to do. */
    private void receive(Commit commit) {
        synchronized (lock) {
            for (Commit.Patch patch : commit.patches()) {
                if (offerings.idOf(patch.graph()).isPresent()) {
                    waiting.put(patch.graph(), taken(patch));
                    if (patch.added().isEmpty()) { // it is for some only, from now on
                        states.forget();
                        forgotten = commit.revision();
                    }
                }
            }
            received = commit.revision();
            lock.notifyAll();
        }
    }

    private static Graph taken(Commit.Patch patch) {
        if (!patch.added().contains(Triple.create(patch.graph(), RDF.Nodes.type, MC.Withdrawn))) {
            return Graph.emptyGraph;
        }
        Graph taken = GraphFactory.createDefaultGraph();
        patch.removed().forEach(taken::add);
        return taken;
    }

    /** The only thread that writes: a request's thread may be interrupted, and that would close the files it writes to. */
    private void feed() {
        while (true) {
            Map<Node, Graph> batch;
            List<Adoption> changed;
            long revision;
            synchronized (lock) {
                while (isIdle() && !closing) {
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
                if (closing && waiting.isEmpty()) {
                    return;
                }
                batch = new LinkedHashMap<>(waiting);
                waiting.clear();
                changed = new ArrayList<>(adoptions);
                adoptions.clear();
                revision = received;
            }
            batch.forEach(this::indexOrLog);
            uncommitted += batch.size();
            boolean isAwaited;
            synchronized (lock) {
                indexed = revision;
                isAwaited = visible < wanted && !isBroken;
            }
            if (isAwaited) {
                show(revision);
            }
            changed.forEach(this::adopt);
            renewSome(revision);
            commitIfMany(revision);
        }
    }

    private boolean isIdle() {
        return waiting.isEmpty()
                && indexed == received
                && (visible >= wanted || isBroken)
                && adoptions.isEmpty()
                && adopted.isEmpty();
    }

    /**
     * Changes the lexicon between two documents, and makes those anew that it concerns, while searches go on.
     *
     * @param change makes another one that in force, and says which documents it makes otherwise
     * @param vocabularies changes whenever the vocabularies or the form of JSON do
     * @return done when all documents are as it makes them, with how many were made anew
     */
    CompletableFuture<Integer> adopt(Supplier<Reach> change, String vocabularies) {
        Adoption adoption = new Adoption(change, vocabularies, new CompletableFuture<>());
        synchronized (lock) {
            if (closing) { // nobody looks at it any more
                adoption.done().completeExceptionally(stopping());
            }
            adoptions.add(adoption);
            lock.notifyAll();
        }
        return adoption.done();
    }

    private static IllegalStateException stopping() {
        return new IllegalStateException("The catalogue is stopping; at its start it makes the search index anew.");
    }

    private void adopt(Adoption adoption) {
        try {
            states.refresh();
            Reach reach = adoption.change().get();
            outdated.addAll(
                    states.search(searcher -> Adoption.offerings(searcher, reach.in(searcher.getIndexReader()))));
            if (!outdated.isEmpty()) {
                documents.areHalfMade();
            }
            adopted.add(adoption);
        } catch (IOException | RuntimeException e) {
            LOG.error("The search index cannot follow the vocabularies. Start again: it will be made anew", e);
            isBroken = true;
            adoption.done().completeExceptionally(e);
        }
    }

    /** Not all at once: what is committed meanwhile goes first, since searches wait for it. */
    private void renewSome(long revision) {
        List<Node> some = outdated.stream().limit(SOME).toList();
        some.forEach(outdated::remove);
        List<Node> there = some.stream()
                .filter(offering -> !Resources.isWithdrawn(source.graph(offering), offering))
                .toList();
        there.parallelStream().forEach(offering -> indexOrLog(offering, Graph.emptyGraph));
        renewed += there.size();
        uncommitted += there.size();
        if (outdated.isEmpty() && !adopted.isEmpty()) {
            documents.areMadeFrom(adopted.get(adopted.size() - 1).vocabularies());
            show(revision);
            commitOrLog(revision);
            adopted.forEach(adoption -> adoption.done().complete(renewed));
            adopted.clear();
            renewed = 0;
        }
    }

    private void show(long revision) {
        try {
            states.refresh();
        } catch (IOException | AlreadyClosedException | Error e) {
            LOG.error("The search index cannot be written. Mend that and start again: it will be made up for", e);
            isBroken = true;
        }
        synchronized (lock) {
            visible = isBroken ? visible : revision;
            if (!isBroken && forgotten > 0 && forgotten <= revision) {
                states.keepFromNow();
                forgotten = 0;
            }
            lock.notifyAll();
        }
    }

    /** One offering that cannot be read must not keep the others from being found. */
    private void indexOrLog(Node offering, Graph taken) {
        try {
            documents.index(offering, taken, false);
        } catch (IOException | RuntimeException e) {
            LOG.error("{} could not be indexed and is not found by search", offering, e);
        } catch (Error e) {
            LOG.error("{} could not be indexed; the index may miss more", offering, e);
            isBroken = true;
        }
    }

    private void commitIfMany(long revision) {
        if (uncommitted >= COMMIT_AFTER) {
            commitOrLog(revision);
        }
    }

    private void commitOrLog(long revision) {
        try {
            documents.commit(revision);
            uncommitted = 0;
        } catch (IOException | AlreadyClosedException e) {
            LOG.error("The search index cannot be written; after a restart it will be made up for", e);
        }
    }

    /** Runs a search on a state that has everything that was committed before. */
    @Override
    public <T> T search(IndexStates.Action<T> action) {
        refresh();
        return states.search(action);
    }

    /** Runs a search on the state that has that number, if it is still kept, else on the newest. */
    @Override
    public <T> T search(long state, IndexStates.Action<T> action) {
        return states.searchKept(state, action).orElseGet(() -> search(action));
    }

    /** Keeps a state for the pages to come. @return its number */
    @Override
    public long keep(IndexSearcher searcher) throws IOException {
        return states.keep(searcher);
    }

    /** What a search does on a state of the index that has all changes up to a revision, and some later ones perhaps. */
    interface ActionUpTo<T> {
        T on(IndexSearcher searcher, long revision) throws IOException;
    }

    /** Runs a search on a state that has everything that was committed before, and knows up to which revision. */
    <T> T searchUpTo(ActionUpTo<T> action) {
        refresh();
        long complete = visible; // before the state is taken, which then has that and perhaps more
        return states.search(searcher -> action.on(searcher, complete));
    }

    private void refresh() {
        awaitAll();
        if (!isHealthy() && !closing) {
            throw Kind.UNAVAILABLE.because("The search index cannot be written; the log says why.");
        }
    }

    private void awaitAll() {
        synchronized (lock) {
            long all = received;
            if (visible >= all) {
                return;
            }
            if (wanted < all) {
                wanted = all;
                lock.notifyAll();
            }
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
            while (visible < all && !closing && isHealthy()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw Kind.UNAVAILABLE.because("The search index has not caught up with what was written.");
                }
                try {
                    lock.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("The catalogue is stopping", e);
                }
            }
        }
    }

    /** Whether what is committed comes into it. */
    boolean isHealthy() {
        return documents.isOpen() && !isBroken;
    }

    /** Indexes what waits and writes all to disk. */
    @Override
    public void close() {
        synchronized (lock) {
            if (closing) {
                return;
            }
            closing = true;
            lock.notifyAll();
        }
        try {
            feeder.join();
            states.close();
            Stream.concat(adoptions.stream(), adopted.stream())
                    .forEach(adoption -> adoption.done().completeExceptionally(stopping()));
            if (isComplete && isHealthy()) {
                documents.commit(indexed);
            }
            documents.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The search index cannot be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Adds an offering that is on its way into the store and was not here before, as {@link #keepAdded} makes it last. For
     * any number of threads.
     */
    void add(Node offering, Graph graph) {
        try {
            documents.add(offering, graph);
        } catch (IOException e) {
            throw new UncheckedIOException("The search index cannot be written", e);
        }
    }

    /** Writes to disk what was added: the store has it, and this is its revision. */
    void keepAdded(long revision) {
        synchronized (lock) {
            indexed = revision;
            received = revision;
        }
        try {
            documents.commit(revision);
        } catch (IOException e) {
            throw new UncheckedIOException("The search index cannot be written", e);
        }
    }

    /** Empties the index: the store has no offerings, and what was added did not come into it. */
    void dropAdded() {
        try {
            documents.deleteAll();
        } catch (IOException e) {
            throw new UncheckedIOException("The search index cannot be written", e);
        }
    }
}
