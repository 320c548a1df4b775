// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.mercat.BulkLoader.Item;
import org.mercat.BulkLoader.Made;
import org.mercat.rdf.BulkLoad;
import org.mercat.rdf.Command;

/**
 * One file on its way. Its lines are checked on all processors, and what they say is written in their order by the thread
 * that reads them.
 */
final class BulkRun implements AutoCloseable {
    private static final int PIECE = 500;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final BulkLoader loader;
    private final BulkLoad bulk;
    private final LoadBatch batch;
    private final BitSet again;
    private final ExecutorService checkers = Executors.newFixedThreadPool(PROCESSORS);
    private final Deque<CompletableFuture<List<Made>>> underWay = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private List<Item> piece = new ArrayList<>(PIECE);
    private Command.View view;
    private boolean parties = true;
    private boolean any;
    private boolean finished;
    private volatile boolean dropped;

    /**
     * @param batch stores what is no offering, and counts and keeps what is refused
     * @param again gets the numbers of the lines that must wait until the others are in the catalogue
     */
    BulkRun(BulkLoader loader, BulkLoad bulk, LoadBatch batch, BitSet again) {
        this.loader = loader;
        this.bulk = bulk;
        this.batch = batch;
        this.again = again;
        this.view = loader.view();
    }

    /** Takes the next line. */
    void add(LoadFile.Line line) {
        Item item = loader.item(line);
        if (item.offering() == null && item.fault() == null) {
            await(); // an offering must not find a provider that comes behind it
            loader.loader().add(batch, line);
            parties = true;
        } else if (item.fault() == null && !seen.add(item.offering().getURI())) {
            again.set(line.number());
        } else {
            if (parties) {
                batch.await();
                view = loader.view();
                parties = false;
            }
            piece.add(item);
            if (piece.size() == PIECE) {
                check();
            }
        }
    }

    private void check() {
        if (piece.isEmpty()) {
            return;
        }
        List<Item> items = piece;
        piece = new ArrayList<>(PIECE);
        long revision = bulk.nextRevision();
        Command.View now = view;
        underWay.add(CompletableFuture.supplyAsync(
                () -> items.stream()
                        .takeWhile(item -> !dropped)
                        .map(item -> loader.make(item, revision, now))
                        .toList(),
                checkers));
        if (underWay.size() > 2 * PROCESSORS) {
            write();
        }
    }

    private void write() {
        try {
            underWay.remove().join().forEach(this::write);
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void write(Made made) {
        if (made.graph() != null) {
            bulk.add(made.offering(), made.graph());
            batch.stored();
            any = true;
        } else if (made.refusal() != null) {
            batch.refuse(made.line().place(), made.refusal());
        } else {
            again.set(made.line().number());
        }
    }

    /** Writes all that was taken. */
    private void await() {
        check();
        while (!underWay.isEmpty()) {
            write();
        }
    }

    /** Makes all that was taken part of the catalogue. */
    void finish() {
        await();
        batch.await();
        if (any) {
            loader.engine().keepAdded(bulk.finish());
        }
        finished = true;
    }

    /** Drops what was not finished. No thread is interrupted: that would close a file of the index it writes to. */
    @Override
    public void close() {
        dropped = true;
        checkers.shutdown();
        try {
            checkers.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!finished) {
            loader.engine().dropAdded();
        }
        bulk.close();
    }
}
