// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/** Clients that send one request after the other for a time. */
final class Workload {
    private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(2);

    private Workload() {}

    /**
     * A request.
     *
     * @param body null for none
     * @param weight how many operations it is
     * @param expected a text that the answer has once for each operation; null if the status says enough
     */
    record Request(String method, String url, Map<String, String> headers, byte[] body, int weight, String expected) {
        Request(String method, String url, Map<String, String> headers, byte[] body) {
            this(method, url, headers, body, 1, null);
        }

        private void check(int status, byte[] answer) {
            String text = new String(answer, StandardCharsets.UTF_8);
            boolean good = status / 100 == 2
                    && (expected == null || text.split(Pattern.quote(expected), -1).length - 1 == weight);
            if (!good) {
                throw new IllegalStateException(method + " " + url + " was answered " + status + " " + text);
            }
        }
    }

    /**
     * What was measured.
     *
     * @param perSecond operations a second
     * @param p50 median time of a request, milliseconds
     * @param p99 milliseconds
     * @param failed requests that got no answer, because the server closed the connection
     */
    record Result(double perSecond, double p50, double p99, long failed) {}

    /**
     * Runs clients at once.
     *
     * @param requests the request of a number, each number once
     * @throws IllegalStateException at any answer that is not 2xx
     */
    static Result run(int clients, double seconds, AtomicLong numbers, LongFunction<Request> requests) {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        AtomicLong done = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        List<Future<Histogram>> running = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            running.add(threads.submit(() -> client(end, numbers, requests, done, failed)));
        }
        Histogram all = new Histogram(HIGHEST_MICROS, 3);
        try {
            for (Future<Histogram> client : running) {
                all.add(client.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
        double took = (System.nanoTime() - start) / 1e9;
        return new Result(
                done.get() / took,
                all.getValueAtPercentile(50) / 1000.0,
                all.getValueAtPercentile(99) / 1000.0,
                failed.get());
    }

    private static Histogram client(
            long end, AtomicLong numbers, LongFunction<Request> requests, AtomicLong done, AtomicLong failed) {
        Histogram times = new Histogram(HIGHEST_MICROS, 3);
        while (System.nanoTime() < end) {
            Request request = requests.apply(numbers.getAndIncrement());
            long start = System.nanoTime();
            try {
                send(request);
            } catch (UncheckedIOException e) {
                failed.incrementAndGet();
                continue;
            }
            times.recordValue(Math.min(HIGHEST_MICROS, (System.nanoTime() - start) / 1000));
            done.addAndGet(request.weight);
        }
        return times;
    }

    /** Sends a request and reads the whole answer. */
    static byte[] send(Request request) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(request.url).toURL().openConnection();
            connection.setRequestMethod(request.method);
            request.headers.forEach(connection::setRequestProperty);
            if (request.body != null) {
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(request.body.length);
                connection.getOutputStream().write(request.body);
            }
            int status = connection.getResponseCode();
            try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                byte[] answer = in == null ? new byte[0] : in.readAllBytes();
                request.check(status, answer);
                return answer;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
