// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.jena.sparql.core.DatasetGraph;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes whatever has queued up while the last commit waited for the disk and makes one
 * transaction of it (group commit): under load the disk is asked once for many commands.
 */
final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    /** As many commands a transaction at most: beyond that a commit no longer gets cheaper per command. */
    private static final int BATCH = 1_000;

    /** As many commands may wait; a caller beyond that is refused at once rather than kept waiting. */
    private static final int BACKLOG = 20_000;

    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>(BACKLOG);
    private final List<Consumer<Commit>> listeners = new CopyOnWriteArrayList<>();
    private final Transaction transaction;
    private final Thread thread;
    private volatile boolean open = true;
    private volatile boolean failed;

    private record Pending(Command command, CompletableFuture<Long> answer) {}

    /** Wakes the thread so that it sees that it is to end. */
    private static final Pending END = new Pending(view -> null, new CompletableFuture<>());

    Writer(DatasetGraph catalogue, DatasetGraph ledger) {
        this.transaction = new Transaction(catalogue, ledger);
        this.thread = new Thread(this::run, "mercat-writer");
        this.thread.start();
    }

    List<CompletableFuture<Long>> submit(List<Command> commands) {
        List<CompletableFuture<Long>> answers = new ArrayList<>(commands.size());
        for (Command command : commands) {
            Pending pending = new Pending(command, new CompletableFuture<>());
            if (!open || !queue.offer(pending)) {
                pending.answer.completeExceptionally(new RejectedExecutionException(
                        open ? "The store has too many writes waiting" : "The store is closed"));
            }
            answers.add(pending.answer);
        }
        return answers;
    }

    private void run() {
        List<Pending> batch = new ArrayList<>(BATCH);
        try {
            while (open || !queue.isEmpty()) {
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                batch.remove(END);
                commit(batch);
                batch.clear();
            }
        } catch (InterruptedException e) {
            LOG.warn("The writer was interrupted; {} commands were not written", queue.size());
        }
    }

    /** Commits what can be committed. If a command spoils the transaction itself, the others go again without it. */
    private void commit(List<Pending> batch) {
        List<Pending> rest = new ArrayList<>(batch);
        while (!rest.isEmpty()) {
            List<Pending> decided = new ArrayList<>(rest.size());
            Pending spoiler = null;
            transaction.begin();
            for (Pending pending : rest) {
                try {
                    Change change = pending.command.decide(transaction);
                    spoiler = pending;
                    transaction.apply(change);
                    spoiler = null;
                    decided.add(pending);
                } catch (RuntimeException e) {
                    pending.answer.completeExceptionally(e);
                    if (spoiler != null) {
                        break;
                    }
                }
            }
            if (spoiler == null) {
                finish(decided);
                return;
            }
            transaction.abort();
            rest.removeIf(pending -> pending.answer.isDone());
        }
    }

    private void finish(List<Pending> decided) {
        try {
            transaction.commit().ifPresent(this::tell);
            failed = false;
        } catch (RuntimeException e) {
            failed = true;
            LOG.error("A transaction of {} commands failed", decided.size(), e);
            transaction.abort();
            decided.forEach(pending -> pending.answer.completeExceptionally(e));
            return;
        }
        decided.forEach(pending -> pending.answer.complete(transaction.revision()));
    }

    private void tell(Commit commit) {
        for (Consumer<Commit> listener : listeners) {
            try {
                listener.accept(commit);
            } catch (RuntimeException e) {
                LOG.error("A listener failed at revision {}", commit.revision(), e);
            }
        }
    }

    void listen(Consumer<Commit> listener) {
        listeners.add(listener);
    }

    long revision() {
        return transaction.revision();
    }

    int backlog() {
        return queue.size();
    }

    boolean isHealthy() {
        return open && !failed && thread.isAlive();
    }

    @Override
    public void close() {
        open = false;
        try {
            queue.put(END);
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        queue.forEach(late -> late.answer.completeExceptionally(new RejectedExecutionException("The store is closed")));
    }
}
