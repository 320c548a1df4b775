// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.apache.jena.sparql.exec.QueryExec;
import org.mercat.http.Failure;
import org.mercat.rdf.Watch;

/**
 * A query from when it is taken on to its end: what it has used, and whether it was stopped. It looks itself, every few
 * hundred triples, whether to go on, and whether to let another one compute. Never interrupted: the database would lose
 * its files.
 */
final class RunningQuery implements Watch {
    private static final int OFTEN = 128;

    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    /** In which it lets nobody else compute, nanoseconds. */
    private static final long SLICE = 10_000_000;

    /** Nanoseconds in which it looks whether REST is done. */
    private static final long PAUSE = 100_000;

    private static final long LONGEST_PAUSE = 5_000_000;

    /** Nanoseconds that it computes at a stretch while requests come one after the other. */
    private static final long BURST = 1_000_000;

    /** Characters of a text, digits of a number, that a function makes. */
    private static final int LONGEST_TEXT = 1_000_000;

    private static final int LONG_TEXT = 10_000;

    /** A client may read for so many times as long as the query may take. */
    private static final int PATIENCE = 4;

    /** Is given by who hands a turn on. */
    final Semaphore turn = new Semaphore(0);

    private final String caller;
    private final Limits limits;
    private final Turns turns;
    private final RestFirst others;
    private final long begin = System.nanoTime();
    private final long lastDeadline;
    private Duration time;
    private volatile long deadline;
    private volatile Failure stopped;
    private volatile QueryExec execution;
    private volatile long kept;
    private volatile long used;
    private volatile long thread;
    private volatile long allocatedBefore;
    private volatile long turnBegin;
    private long waited;
    private long paused;
    private long breath;
    private volatile boolean isComputing;
    private int steps;
    private String text = "";
    private long rows = -1;

    /**
     * @param caller who is counted by
     * @param others requests that it pauses for
     */
    RunningQuery(String caller, Limits limits, Turns turns, RestFirst others) {
        this.caller = caller;
        this.limits = limits;
        this.turns = turns;
        this.others = others;
        this.time = limits.time();
        this.deadline = begin + time.toNanos();
        this.lastDeadline = begin + PATIENCE * limits.time().toNanos();
    }

    String caller() {
        return caller;
    }

    /** Nanoseconds in which it computed. */
    long used() {
        return used;
    }

    /** The same with the turn that it has. */
    private long computed() {
        return used + (isComputing ? System.nanoTime() - turnBegin : 0);
    }

    /** Nanoseconds in which it waited for its turns. */
    long waited() {
        return waited;
    }

    /** Nanoseconds in all. */
    long taken() {
        return System.nanoTime() - begin;
    }

    /** Nanoseconds that are left; negative if none are. */
    long left() {
        return deadline - System.nanoTime();
    }

    /** It will compute in this thread, which others have used. */
    void begins() {
        thread = Thread.currentThread().getId();
        allocatedBefore = THREADS.getThreadAllocatedBytes(thread);
    }

    /** Bytes that it has taken since it began, most of which it has given back. */
    long allocated() {
        return thread == 0 ? 0 : THREADS.getThreadAllocatedBytes(thread) - allocatedBefore;
    }

    /** Bytes in memory, by its own account. */
    long kept() {
        return kept;
    }

    /** For a header {@code Server-Timing}: milliseconds in which it waited and computed, by now. */
    String timing() {
        long now = computed();
        return String.format(Locale.ROOT, "wait;dur=%.1f, compute;dur=%.1f", waited / 1e6, now / 1e6);
    }

    String text() {
        return text;
    }

    /** Of its answer; negative if it has none. */
    long rows() {
        return rows;
    }

    void asks(String query) {
        text = query;
    }

    void runs(QueryExec its) {
        execution = its;
        if (stopped != null) {
            its.abort();
        }
    }

    /** One more row of the answer. @throws Stopped if there are more than there may be */
    void row() {
        rows = Math.max(rows, 0) + 1;
        if (rows > limits.rows()) {
            throw stop(Stopped.forRows(limits.rows()));
        }
    }

    /** @throws Stopped if a text that it makes is longer than one may be */
    void mustBeText(long characters) {
        if (characters > LONGEST_TEXT) {
            throw stop(Stopped.forText(LONGEST_TEXT));
        }
    }

    /** A text that it has made. Long ones may stay in memory, a thousand of them in one row. */
    void makes(long characters) {
        mustBeText(characters);
        if (characters > LONG_TEXT) {
            keep(2 * characters);
        }
    }

    /** Has less time than it might. */
    void hurry(Duration its) {
        if (its.compareTo(time) < 0) {
            time = its;
            deadline = Math.min(deadline, begin + its.toNanos());
        }
    }

    Optional<Failure> stopped() {
        return Optional.ofNullable(stopped);
    }

    /** Ends it soon, from any thread; the first reason counts. @return to be thrown by its own thread */
    Stopped stop(Failure why) {
        synchronized (this) {
            if (stopped == null) {
                stopped = why;
            }
        }
        QueryExec its = execution;
        if (its != null) {
            its.abort();
        }
        return new Stopped(stopped);
    }

    Stopped stopAtTimeLimit() {
        return stop(Stopped.atTimeLimit(time, computed()));
    }

    @Override
    public void step() {
        steps++;
        if (steps % OFTEN == 0) {
            check();
        }
    }

    @Override
    public void keep(long bytes) {
        kept += bytes; // written by its own thread alone
        if (kept > Limits.memory() / 2) {
            throw stop(Stopped.forMemory(kept, false));
        }
    }

    /** Ends it if it was stopped or is out of time, and lets another one compute if it is that one's turn. */
    void check() {
        long now = System.nanoTime();
        if (stopped != null) {
            throw new Stopped(stopped);
        }
        if (now > deadline) {
            throw stopAtTimeLimit();
        }
        if (others.isBusy() && paused < used + now - turnBegin) {
            pause(now);
        } else if (now - breath > BURST && others.isAwaited(now)) {
            breathe();
        }
        if (now - turnBegin > SLICE && turns.isWantedBefore(used + now - turnBegin)) {
            rest();
            await();
        }
    }

    /** The system gives a processor to who comes new when somebody lets go of it, or after some milliseconds. */
    private void breathe() {
        long before = System.nanoTime();
        LockSupport.parkNanos(PAUSE);
        breath = System.nanoTime();
        turnBegin += breath - before;
    }

    /** For a request of REST, but never for longer than it computes. */
    private void pause(long now) {
        long end = now;
        while (others.isBusy() && end - now < LONGEST_PAUSE) {
            LockSupport.parkNanos(PAUSE);
            end = System.nanoTime();
        }
        paused += end - now;
        turnBegin += end - now;
    }

    /** Waits for its turn. @throws Stopped if it does not come in time */
    void await() {
        long before = System.nanoTime();
        boolean its = turns.take(this);
        turnBegin = System.nanoTime();
        waited += turnBegin - before;
        if (!its) {
            throw stopAtTimeLimit();
        }
        isComputing = true;
    }

    /** Computes no more, for now or for ever. */
    void rest() {
        if (isComputing) {
            isComputing = false;
            used += System.nanoTime() - turnBegin; // written by its own thread alone
            turns.leave();
        }
    }

    /** What is done while the client reads: others compute meanwhile, and it does not count as the query's time. */
    interface Writing<E extends Exception> {
        void run() throws E;
    }

    <E extends Exception> void aside(Writing<E> writing) throws E {
        long before = System.nanoTime();
        rest();
        try {
            writing.run();
        } finally {
            deadline = Math.min(deadline + System.nanoTime() - before, Math.max(deadline, lastDeadline));
        }
        await();
    }
}
