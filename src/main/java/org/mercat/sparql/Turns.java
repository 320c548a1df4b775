// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/**
 * Whose turn it is to compute. The next is always who has computed least, so that a quick query never waits for the end
 * of slow ones, and slow ones share what is left. A turn is handed on, not fought for.
 */
final class Turns {
    private final PriorityQueue<RunningQuery> waiting =
            new PriorityQueue<>(Comparator.comparingLong(RunningQuery::used));

    private int free;

    /** What the first one that waits has computed, nanoseconds; it is looked at often and without the lock. */
    private volatile long least = Long.MAX_VALUE;

    /** @param places queries that compute at one moment */
    Turns(int places) {
        this.free = places;
    }

    /** Whether somebody waits who has computed less. */
    boolean isWantedBefore(long used) {
        return least < used;
    }

    /** Waits for a turn as long as the query has time. @return whether it has it, and must {@link #leave} it */
    boolean take(RunningQuery query) {
        synchronized (this) {
            if (free > 0) {
                free--;
                return true;
            }
            waiting.add(query);
            note();
        }
        boolean given = false;
        try {
            while (!given && query.left() > 0 && query.stopped().isEmpty()) {
                long moment = Math.min(query.left(), TimeUnit.MILLISECONDS.toNanos(100)); // to see that it was stopped
                given = query.turn.tryAcquire(moment, TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the pool does not do that
        }
        return given || !withdraw(query);
    }

    /** @return false if the turn came just now */
    private synchronized boolean withdraw(RunningQuery query) {
        if (!waiting.remove(query)) {
            query.turn.acquireUninterruptibly();
            return false;
        }
        note();
        return true;
    }

    /** Hands the turn on. */
    synchronized void leave() {
        RunningQuery next = waiting.poll();
        if (next == null) {
            free++;
        } else {
            next.turn.release();
            note();
        }
    }

    private void note() {
        least = waiting.isEmpty() ? Long.MAX_VALUE : waiting.peek().used();
    }

    /** Turns that nobody has. */
    synchronized int free() {
        return free;
    }
}
