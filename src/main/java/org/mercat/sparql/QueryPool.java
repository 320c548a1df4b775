// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.slf4j.MDC;

/**
 * Where all queries run, whichever way they came: in threads of their own, of which few compute at one moment, so that
 * slow ones never take what all else needs; under a watch that ends those that take too long or too much memory.
 */
final class QueryPool implements AutoCloseable {
    private static final int MOMENT_MS = 100;

    /** Queries that keep less are not the reason when memory is short. */
    private static final long HEAVY = 8L << 20;

    private final Limits limits;
    private final Turns turns;
    private final RestFirst others = new RestFirst();
    private final Quota quota = new Quota(InstantSource.system());
    private final QueryLog log;
    private final HeapWatch heap = new HeapWatch();
    private final Set<RunningQuery> running = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> places = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(named("mercat-sparql-"));
    private final ScheduledExecutorService watchdog =
            Executors.newSingleThreadScheduledExecutor(named("mercat-sparql-watch-"));

    QueryPool(Limits limits, MeterRegistry metrics) {
        this.limits = limits;
        this.turns = new Turns(limits.threads());
        this.log = new QueryLog(metrics, limits, running::size);
        watchdog.scheduleWithFixedDelay(this::watch, MOMENT_MS, MOMENT_MS, TimeUnit.MILLISECONDS);
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    Limits limits() {
        return limits;
    }

    /** Is to see all requests, since queries give way to those of REST. */
    RestFirst others() {
        return others;
    }

    QueryLog log() {
        return log;
    }

    /** Takes a query on; {@link #run} must follow. @throws Refused if there is no place, or the caller's quota is used */
    RunningQuery enter(Asker asker) {
        try {
            asker.quota(limits).ifPresent(its -> mustHaveLeft(asker, its));
            return takePlace(asker.key());
        } catch (Refused e) {
            log.refused(asker, e.failure().status());
            throw e;
        }
    }

    private void mustHaveLeft(Asker asker, Duration its) {
        quota.exhausted(asker.key(), its).ifPresent(used -> {
            long seconds = used.left(quota.now());
            throw new Refused(
                    new Failure.Plain(
                            Kind.TOO_MANY_REQUESTS,
                            String.format(
                                    Locale.ROOT,
                                    "Your queries computed for %.1f s within a minute, and may for %d s: go on in %d"
                                            + " s.%s",
                                    used.nanos() / 1e9,
                                    its.toSeconds(),
                                    seconds,
                                    its.equals(limits.quota())
                                            ? " With an access token it is " + Limits.KNOWN * its.toSeconds() + " s."
                                            : "")),
                    seconds);
        });
    }

    private synchronized RunningQuery takePlace(String key) {
        int its = places.getOrDefault(key, 0);
        if (running.size() >= Limits.PLACES) {
            throw new Refused(
                    new Failure.Plain(
                            Kind.UNAVAILABLE,
                            "All " + Limits.PLACES + " places for queries are taken; try again in a moment."),
                    1);
        }
        if (its >= Limits.PLACES_OF_ONE) {
            throw new Refused(
                    new Failure.Plain(
                            Kind.UNAVAILABLE,
                            its
                                    + " queries of yours are running, and more of one caller's are not taken on: wait for one of"
                                    + " them."),
                    1);
        }
        places.put(key, its + 1);
        RunningQuery query = new RunningQuery(key, limits, turns, others);
        running.add(query);
        return query;
    }

    private synchronized void leavePlace(RunningQuery query) {
        running.remove(query);
        places.computeIfPresent(query.caller(), (key, its) -> its > 1 ? its - 1 : null);
    }

    /** Runs a query in a thread of the pool, and waits for its end. @throws Exception what the work throws */
    <T> T run(RunningQuery query, Callable<T> work) throws Exception {
        Map<String, String> about = MDC.getCopyOfContextMap();
        Future<T> end;
        try {
            end = threads.submit(() -> {
                MDC.setContextMap(about == null ? Map.of() : about);
                try {
                    query.await();
                    return work.call();
                } catch (StackOverflowError e) {
                    throw query.stop(Stopped.tooDeep());
                } catch (OutOfMemoryError e) {
                    throw query.stop(Stopped.forMemory(query.kept(), true));
                } finally {
                    query.rest();
                    leavePlace(query);
                    quota.add(query.caller(), query.used());
                    MDC.clear();
                }
            });
        } catch (RuntimeException | Error e) { // no thread to be had
            leavePlace(query);
            throw e;
        }
        return resultOf(end, query);
    }

    /** Waits even if it is interrupted: the request and its answer are the other thread's until its end. */
    private static <T> T resultOf(Future<T> end, RunningQuery query) throws Exception {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return end.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    query.stop(Stopped.atClosing());
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void watch() {
        long all = 0;
        for (RunningQuery query : running) {
            all += query.kept();
            if (query.left() < 0) {
                query.stopAtTimeLimit();
            }
        }
        if (heap.isShort() || all > Limits.memory()) {
            running.stream()
                    .filter(query -> query.stopped().isEmpty() && query.kept() > HEAVY)
                    .max(Comparator.comparingLong(RunningQuery::kept))
                    .ifPresent(query -> query.stop(Stopped.forMemory(query.kept(), true)));
        }
    }

    /** Queries that run, wait or are read. */
    int size() {
        return running.size();
    }

    /** Turns that nobody has: as many as there are where nothing runs. */
    int freeTurns() {
        return turns.free();
    }

    /** Ends all that still run. */
    @Override
    public void close() {
        running.forEach(query -> query.stop(Stopped.atClosing()));
        watchdog.shutdownNow();
        threads.shutdown();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
