// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs tasks, few at a time for one host and some for all, so that a slow host takes nobody else's turn. */
final class Lanes implements AutoCloseable {
    private static final int THREADS = 32;
    private static final int THREADS_OF_ONE = 2;

    private final Map<String, Lane> lanes = new HashMap<>();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "mercat-webhook");
                thread.setDaemon(true);
                return thread;
            });

    private static final class Lane {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int running;
    }

    Lanes() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** Runs a task when it is the turn of its URL's host. */
    synchronized void add(String url, Runnable task) {
        String host = String.valueOf(URI.create(url).getRawAuthority());
        lanes.computeIfAbsent(host, h -> new Lane()).waiting.add(task);
        next(host);
    }

    private synchronized void next(String host) {
        Lane lane = lanes.get(host);
        if (threads.isShutdown()) {
            return;
        }
        if (lane.waiting.isEmpty() && lane.running == 0) {
            lanes.remove(host);
        }
        while (lane.running < THREADS_OF_ONE && !lane.waiting.isEmpty()) {
            Runnable task = lane.waiting.remove();
            lane.running++;
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    ended(host);
                }
            });
        }
    }

    private synchronized void ended(String host) {
        lanes.get(host).running--;
        next(host);
    }

    /** Lets what is running end, for some seconds, and starts nothing more. */
    @Override
    public void close() {
        synchronized (this) {
            threads.shutdown();
        }
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
