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
    private volatile boolean ended;
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
        if (ended) {
            refuseLate();
        }
        return answers;
    }

    private void run() {
        List<Pending> batch = new ArrayList<>(BATCH);
        try {
            while (open || !queue.isEmpty() || !batch.isEmpty()) {
                if (batch.isEmpty()) {
                    batch.add(queue.take());
                }
                queue.drainTo(batch, BATCH); // beside those that wait for their turn: they must not keep others out
                batch.removeIf(pending -> pending == END);
                batch = write(batch);
            }
        } catch (InterruptedException e) {
            LOG.warn("The writer was interrupted; {} commands were not written", queue.size());
        } finally {
            open = false;
            ended = true;
            refuseLate();
        }
    }

    /** One transaction, whatever happens in it: an error is its commands' answer and not this thread's end. */
    private List<Pending> write(List<Pending> batch) {
        try {
            return commit(batch);
        } catch (RuntimeException | Error e) {
            fail(batch, e);
            return new ArrayList<>();
        }
    }

    /**
     * Commits what can be committed. A resource is written once a transaction, because its revision is its entity tag:
     * a second write of it waits for the next. If a command spoils the transaction itself, the others go again.
     *
     * @return what is still to be written
     */
    private List<Pending> commit(List<Pending> batch) {
        List<Pending> decided = new ArrayList<>(batch.size());
        List<Pending> later = new ArrayList<>();
        transaction.begin();
        for (Pending pending : batch) {
            try {
                Change change = pending.command.decide(transaction);
                if (transaction.hasWritten(change)) {
                    later.add(pending);
                    continue;
                }
                decided.add(pending);
                transaction.apply(change);
            } catch (RuntimeException | Error e) {
                pending.answer.completeExceptionally(e);
                if (decided.remove(pending)) {
                    transaction.abort();
                    batch.removeIf(refused -> refused.answer.isDone());
                    return batch;
                }
            }
        }
        finish(decided);
        return later;
    }

    private void finish(List<Pending> decided) {
        try {
            transaction.commit().ifPresent(this::tell);
            failed = false;
        } catch (RuntimeException | Error e) {
            fail(decided, e);
            return;
        }
        decided.forEach(pending -> pending.answer.complete(transaction.revision()));
    }

    private void fail(List<Pending> commands, Throwable cause) {
        failed = true;
        LOG.error("A transaction of {} commands failed", commands.size(), cause);
        commands.forEach(pending -> pending.answer.completeExceptionally(cause));
        try {
            transaction.abort();
        } catch (RuntimeException | Error e) {
            LOG.error("The transaction cannot even be given up", e);
        }
    }

    private void tell(Commit commit) {
        for (Consumer<Commit> listener : listeners) {
            try {
                listener.accept(commit);
            } catch (RuntimeException | Error e) {
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

    /** Writes what is queued and ends. */
    @Override
    public void close() {
        open = false;
        try {
            queue.put(END);
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended = true;
        refuseLate();
    }

    /** Whoever came between the question whether this is open and the writer's end. */
    private void refuseLate() {
        for (Pending late = queue.poll(); late != null; late = queue.poll()) {
            late.answer.completeExceptionally(new RejectedExecutionException("The store is closed"));
        }
    }
}
