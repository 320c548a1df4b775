// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It makes one batch of whatever has queued up while the last one waited for the disk,
 * writes it to the journal and answers. The databases follow ({@link #settle}) when somebody wants to read them, when
 * nothing comes any more, and a second after the first answer at the latest: under load they are written once for many
 * batches.
 */
final class Writer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    /** As many commands a batch at most: who wants to read waits for the one under way. */
    private static final int BATCH = 500;

    /** As many commands may be answered and not settled. */
    private static final int UNSETTLED = 2_000;

    private static final long UNSETTLED_NS = TimeUnit.SECONDS.toNanos(1);

    /** When nothing has come for so long, it is time to settle. */
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** As many commands may wait; a caller beyond that is refused at once rather than kept waiting. */
    private static final int BACKLOG = 20_000;

    private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>(BACKLOG);
    private final List<Consumer<Commit>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Commit>> ledgerListeners = new CopyOnWriteArrayList<>();

    /** What those wait for who want to read. */
    private final AtomicReference<CompletableFuture<Void>> wanted = new AtomicReference<>();

    private final Transaction transaction;
    private final Thread thread;
    private int unsettled;
    private long settleAt;
    private volatile int deferred;
    private volatile boolean behind;
    private volatile boolean open = true;
    private volatile boolean ended;
    private volatile boolean journalFails;
    private volatile boolean databaseFails;

    /** A command that waits, and what it wanted to write when it was last asked. */
    private static final class Pending {
        final Command command;
        final CompletableFuture<Long> answer = new CompletableFuture<>();
        Change change = Change.NONE;

        Pending(Command command) {
            this.command = command;
        }
    }

    /** Wakes the thread so that it looks what it is to do. */
    private static final Pending WAKE = new Pending(view -> null);

    Writer(Transaction transaction) {
        this.transaction = transaction;
        this.thread = new Thread(this::run, "mercat-writer");
        this.thread.start();
    }

    List<CompletableFuture<Long>> submit(List<Command> commands) {
        List<CompletableFuture<Long>> answers = new ArrayList<>(commands.size());
        for (Command command : commands) {
            Pending pending = new Pending(command);
            if (!open || deferred + queue.size() >= BACKLOG || !queue.offer(pending)) {
                pending.answer.completeExceptionally(new RejectedExecutionException(
                        open ? "The store has too many writes waiting" : "The store is closed"));
            }
            answers.add(pending.answer);
        }
        if (ended) {
            answerLate();
        }
        return answers;
    }

    /**
     * Returns when the databases have all that was answered before.
     *
     * @throws IllegalStateException on this thread itself, which is a listener's: it is told what was written
     */
    void settle() {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("A listener cannot read the databases: they follow after it");
        }
        if (!behind) {
            return;
        }
        CompletableFuture<Void> settled =
                wanted.updateAndGet(waiting -> waiting == null ? new CompletableFuture<>() : waiting);
        queue.offer(WAKE);
        if (ended) {
            answerLate();
        }
        settled.join();
    }

    private void run() {
        List<Pending> batch = new ArrayList<>(BATCH);
        try {
            while (open || !queue.isEmpty() || !batch.isEmpty()) {
                if (batch.isEmpty()) {
                    next().ifPresent(batch::add);
                }
                queue.drainTo(batch, BATCH); // beside those that wait for their turn: they must not keep others out
                batch.removeIf(pending -> pending == WAKE);
                batch = batch.isEmpty() ? batch : write(batch);
                deferred = batch.size();
                if (unsettled == 0 || unsettled >= UNSETTLED || wanted.get() != null || settleAt <= System.nanoTime()) {
                    settleNow();
                }
            }
        } catch (InterruptedException e) {
            LOG.warn("The writer was interrupted; {} commands were not written", queue.size());
        } finally {
            open = false;
            settleNow();
            ended = true;
            answerLate();
        }
    }

    private Optional<Pending> next() throws InterruptedException {
        if (unsettled == 0) {
            return Optional.of(queue.take());
        }
        Pending next = queue.poll(IDLE_NS, TimeUnit.NANOSECONDS);
        if (next == null && !databaseFails) {
            settleAt = System.nanoTime();
        }
        return Optional.ofNullable(next);
    }

    /**
     * Makes a batch durable and answers it. A resource is written once a batch, because its revision is its entity tag:
     * a second write of it waits for the next. If a command spoils the transaction itself, the others go again.
     *
     * @return what is still to be written
     */
    private List<Pending> write(List<Pending> batch) {
        List<Pending> decided = new ArrayList<>(batch.size());
        List<Pending> later = new ArrayList<>();
        try {
            if (databaseFails && unsettled >= UNSETTLED) {
                throw new IllegalStateException(
                        "The databases cannot be written, and the journal has as much as it may");
            }
            transaction.begin();
        } catch (RuntimeException | Error e) {
            fail(batch, e);
            return later;
        }
        for (Pending pending : batch) {
            try {
                // First by what it wanted before, so that many writes of one resource are not all decided again and
                // again.
                if (!transaction.hasWritten(pending.change)) {
                    pending.change = pending.command.decide(transaction);
                }
                if (transaction.hasWritten(pending.change)) {
                    later.add(pending);
                } else {
                    transaction.apply(pending.change);
                    decided.add(pending);
                }
            } catch (RuntimeException | Error e) {
                pending.answer.completeExceptionally(e);
                if (transaction.isTorn()) {
                    batch.removeIf(refused -> refused.answer.isDone());
                    return batch;
                }
            }
        }
        seal(decided);
        return later;
    }

    private void seal(List<Pending> decided) {
        try {
            behind = true; // before anybody can see a part of it
            Optional<Transaction.Sealed> sealed = transaction.seal();
            journalFails = false;
            count(decided.size());
            sealed.ifPresent(its -> {
                tell(its.catalogue(), listeners);
                tell(its.ledger(), ledgerListeners);
            });
        } catch (RuntimeException | Error e) {
            fail(decided, e);
            return;
        }
        decided.forEach(pending -> pending.answer.complete(transaction.revision()));
    }

    private void count(int answered) {
        if (transaction.isUnsettled()) {
            settleAt = unsettled == 0 ? System.nanoTime() + UNSETTLED_NS : settleAt;
            unsettled += answered;
        }
    }

    private void fail(List<Pending> commands, Throwable cause) {
        journalFails = true;
        LOG.error("A batch of {} commands failed", commands.size(), cause);
        commands.forEach(pending -> pending.answer.completeExceptionally(cause));
    }

    private void settleNow() {
        Optional<CompletableFuture<Void>> waiting = Optional.ofNullable(wanted.getAndSet(null));
        try {
            transaction.settle();
            unsettled = 0;
            behind = false;
            databaseFails = false;
            waiting.ifPresent(wait -> wait.complete(null));
        } catch (RuntimeException | Error e) {
            databaseFails = true;
            settleAt = System.nanoTime() + UNSETTLED_NS;
            LOG.error("What is in the journal cannot be written to the databases; it stays in the journal", e);
            waiting.ifPresent(wait -> wait.completeExceptionally(e));
        }
    }

    private static void tell(Commit commit, List<Consumer<Commit>> listeners) {
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

    void listenLedger(Consumer<Commit> listener) {
        ledgerListeners.add(listener);
    }

    int backlog() {
        return queue.size() + deferred;
    }

    boolean isHealthy() {
        return open && !journalFails && !databaseFails && thread.isAlive();
    }

    /** Writes what is queued, settles and ends. */
    @Override
    public void close() {
        open = false;
        try {
            queue.put(WAKE);
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended = true;
        answerLate();
    }

    /** Whoever came between the question whether this is open and the writer's end. */
    private void answerLate() {
        for (Pending late = queue.poll(); late != null; late = queue.poll()) {
            late.answer.completeExceptionally(new RejectedExecutionException("The store is closed"));
        }
        Optional.ofNullable(wanted.getAndSet(null)).ifPresent(wait -> {
            if (behind) {
                wait.completeExceptionally(new RejectedExecutionException("The store is closed"));
            } else {
                wait.complete(null);
            }
        });
    }
}
