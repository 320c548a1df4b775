// SPDX-License-Identifier: Apache-2.0
package org.mercat.dump;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dumps of a catalogue, in a folder: {@code 42.nq.gz}, {@code 42.ttl.gz}, and {@code 42.json}, which says what they
 * are and makes them count. They are made one at a time on a thread of their own that rests as long as it works, from
 * a snapshot: neither writers nor readers wait for it.
 */
public final class Dumps implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Dumps.class);
    private static final Duration FIRST_LOOK = Duration.ofSeconds(10);
    private static final Duration NEXT_LOOK = Duration.ofMinutes(1);
    private static final String UNFINISHED = ".part";
    private static final String KNOWN = ".json";
    private static final int BREATH = 2_000;

    private final Path folder;
    private final Store store;
    private final Map<String, String> prefixes;
    private final String baseIri;
    private final DumpPlan plan;
    private final InstantSource clock;
    private final NavigableMap<Long, Dump> all = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "mercat-dumps");
        made.setDaemon(true);
        made.setPriority(Thread.MIN_PRIORITY);
        return made;
    });
    private CompletableFuture<Dump> waiting;
    private volatile boolean closing;

    /**
     * Finds the dumps of a folder, and clears away what a crash left of one that was being made.
     *
     * @param folder made if missing
     * @param prefixes namespace by prefix, for Turtle
     */
    public Dumps(
            Path folder,
            Store store,
            Map<String, String> prefixes,
            String baseIri,
            DumpPlan plan,
            InstantSource clock) {
        this.folder = folder;
        this.store = store;
        this.prefixes = prefixes;
        this.baseIri = baseIri;
        this.plan = plan;
        this.clock = clock;
        for (Path file : files()) {
            if (file.toString().endsWith(KNOWN)) {
                read(file);
            }
        }
        tidy();
    }

    private List<Path> files() {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                return files.toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of dumps " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    private void read(Path file) {
        try {
            Dump dump = Dump.read(file);
            all.put(dump.revision(), dump);
        } catch (IOException e) {
            LOG.warn("{} does not say what a dump is and is left aside: {}", file, e.getMessage());
        }
    }

    /** Deletes what is no dump, and of old dumps the files. */
    private void tidy() {
        for (Path file : files()) {
            String name = file.getFileName().toString();
            boolean isWanted = name.endsWith(KNOWN)
                    || kept().stream().anyMatch(dump -> name.startsWith(dump.revision() + ".") && isWhole(name));
            if (!isWanted && name.matches("\\d+\\..*")) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    LOG.warn("{} cannot be deleted: {}", file, e.getMessage());
                }
            }
        }
    }

    private static boolean isWhole(String name) {
        return !name.endsWith(UNFINISHED);
    }

    /** Begins to look whether one is due. */
    public void start() {
        if (!plan.every().isZero()) {
            thread.scheduleWithFixedDelay(
                    this::makeIfDue, FIRST_LOOK.toSeconds(), NEXT_LOOK.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void makeIfDue() {
        boolean isDue = newest().map(
                        dump -> !clock.instant().isBefore(dump.time().plus(plan.every())))
                .orElse(true);
        if (isDue) {
            try {
                make();
            } catch (CancellationException e) {
                LOG.info("A dump was begun and is left for the next start.");
            } catch (RuntimeException e) {
                LOG.error("A dump could not be made; it is tried again in {}", NEXT_LOOK, e);
            }
        }
    }

    /** All that were made, the newest first. */
    List<Dump> all() {
        return List.copyOf(new ArrayList<>(all.descendingMap().values()));
    }

    Optional<Dump> newest() {
        return Optional.ofNullable(all.lastEntry()).map(Map.Entry::getValue);
    }

    Optional<Dump> find(long revision) {
        return Optional.ofNullable(all.get(revision));
    }

    /** Those whose files are there, the newest first. */
    List<Dump> kept() {
        return all().subList(0, Math.min(plan.kept(), all.size()));
    }

    boolean isKept(Dump dump) {
        return kept().stream().anyMatch(kept -> kept.revision() == dump.revision());
    }

    Path file(Dump dump, DumpFormat format) {
        return folder.resolve(dump.revision() + "." + format.ending());
    }

    /** Makes one as soon as may be: of the state of this moment, or of a later one that others asked for. */
    synchronized CompletableFuture<Dump> request() {
        if (waiting == null) {
            CompletableFuture<Dump> asked = new CompletableFuture<>();
            waiting = asked;
            thread.execute(() -> {
                begin();
                try {
                    asked.complete(make());
                } catch (RuntimeException e) {
                    asked.completeExceptionally(e);
                }
            });
        }
        return waiting;
    }

    /** Who asks from now on has seen more than this one will have. */
    private synchronized void begin() {
        waiting = null;
    }

    private Dump make() {
        return store.read(data -> {
            long revision =
                    Resources.revisionOf(data.getGraph(Store.NAME), Store.NAME).orElse(0L);
            return find(revision).filter(this::isKept).orElseGet(() -> make(data, revision));
        });
    }

    private Dump make(DatasetGraph data, long revision) {
        Instant begun = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        long nanos = System.nanoTime();
        try {
            Dump dump = write(data, revision, begun);
            Path known = folder.resolve(revision + KNOWN + UNFINISHED);
            Files.write(known, dump.json());
            Files.move(known, folder.resolve(revision + KNOWN), StandardCopyOption.ATOMIC_MOVE);
            all.put(revision, dump);
            LOG.info(
                    "Dump of revision {}: {} statements, {} s",
                    revision,
                    dump.statistics().triples(),
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos));
            return dump;
        } catch (IOException e) {
            throw new UncheckedIOException("A dump cannot be written to " + folder + ": " + e.getMessage(), e);
        } finally {
            tidy();
        }
    }

    private Dump write(DatasetGraph data, long revision, Instant begun) throws IOException {
        Statistics.Counter counter = new Statistics.Counter(baseIri);
        List<Dump.File> files = new ArrayList<>();
        try (DumpWriter quads = writer(DumpFormat.QUADS, revision);
                DumpWriter turtle = writer(DumpFormat.TURTLE, revision)) {
            prefixes.forEach(turtle::prefix);
            var all = data.findNG(Node.ANY, Node.ANY, Node.ANY, Node.ANY);
            long since = System.nanoTime();
            for (long n = 1; all.hasNext(); n++) {
                Quad quad = all.next();
                quads.write(quad);
                if (counter.count(quad)) {
                    turtle.write(quad);
                }
                if (n % BREATH == 0) {
                    since = rest(since);
                }
            }
            files.add(quads.finish());
            files.add(turtle.finish());
        }
        for (Dump.File file : files) {
            Files.move(
                    unfinished(file.format(), revision),
                    folder.resolve(revision + "." + file.format().ending()),
                    StandardCopyOption.ATOMIC_MOVE);
        }
        return new Dump(revision, begun.toString(), files, counter.result());
    }

    private DumpWriter writer(DumpFormat format, long revision) throws IOException {
        return new DumpWriter(format, unfinished(format, revision));
    }

    private Path unfinished(DumpFormat format, long revision) {
        return folder.resolve(revision + "." + format.ending() + UNFINISHED);
    }

    /** As long as it has worked: it takes half a processor at most. @return when it went on */
    private long rest(long since) {
        if (closing) {
            throw new CancellationException("The catalogue is stopping.");
        }
        LockSupport.parkNanos(System.nanoTime() - since);
        return System.nanoTime();
    }

    /** Leaves the one that is being made; the next start makes it anew. */
    @Override
    public void close() {
        closing = true;
        thread.shutdown();
        try {
            if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
