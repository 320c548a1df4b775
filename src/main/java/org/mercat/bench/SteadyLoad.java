// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/**
 * Clients that send requests at fixed times, however long the answers take (an open loop). A request's time counts from
 * when it should have been sent, so that who has to wait for a free client is not forgiven.
 */
final class SteadyLoad {
    private SteadyLoad() {}

    /**
     * What was measured.
     *
     * @param perSecond requests answered a second, from the first one's time to the last answer
     * @param micros of each request, microseconds
     */
    record Result(double perSecond, Histogram micros) {}

    /**
     * Sends all.
     *
     * @param perSecond how many are due a second
     * @throws IllegalStateException if one fails
     */
    static Result run(int clients, double perSecond, List<Runnable> requests) {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        List<Future<Histogram>> running = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            running.add(threads.submit(() -> client(start, 1e9 / perSecond, next, requests)));
        }
        Histogram all = new Histogram(3);
        try {
            for (Future<Histogram> client : running) {
                all.add(client.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped", e);
        } finally {
            threads.shutdownNow();
        }
        return new Result(requests.size() / ((System.nanoTime() - start) / 1e9), all);
    }

    private static Histogram client(long start, double interval, AtomicInteger next, List<Runnable> requests)
            throws InterruptedException {
        Histogram micros = new Histogram(3);
        for (int i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
            long due = start + (long) (i * interval);
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            requests.get(i).run();
            micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - due));
        }
        return micros;
    }
}
