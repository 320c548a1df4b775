// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** Clients that send one request after the other for a time. */
final class Workload {
    /** The kind that stands for all. */
    static final String ALL = "all";

    private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(10);

    static {
        System.setProperty("http.maxConnections", "64"); // kept open; else five, and the other clients connect anew
    }

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
     * What a client does between two looks at the clock.
     *
     * @param kind under which it is counted
     * @param weight how many operations it is
     */
    record Task(String kind, int weight, Runnable work) {}

    /**
     * What was measured.
     *
     * @param count of requests that were answered
     * @param perSecond operations a second
     * @param p50 median time of a request, milliseconds
     * @param p99 milliseconds
     * @param max milliseconds
     * @param mean milliseconds
     * @param failed requests that got no answer, because the server closed the connection
     */
    record Result(long count, double perSecond, double p50, double p99, double max, double mean, long failed) {
        /** Of each kind the median of each figure; of the counts, the sum. */
        static Map<String, Result> median(List<Map<String, Result>> runs) {
            Map<String, Result> medians = new TreeMap<>();
            runs.get(0)
                    .keySet()
                    .forEach(kind -> medians.put(
                            kind,
                            medianOf(runs.stream().map(run -> run.get(kind)).toList())));
            return medians;
        }

        private static Result medianOf(List<Result> runs) {
            return new Result(
                    runs.stream().mapToLong(Result::count).sum(),
                    median(runs, Result::perSecond),
                    median(runs, Result::p50),
                    median(runs, Result::p99),
                    median(runs, Result::max),
                    median(runs, Result::mean),
                    runs.stream().mapToLong(Result::failed).sum());
        }

        private static double median(List<Result> runs, ToDoubleFunction<Result> figure) {
            return runs.stream()
                    .mapToDouble(figure)
                    .sorted()
                    .skip((runs.size() - 1) / 2)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * Runs clients at once.
     *
     * @param requests the request of a number, each number once
     * @throws IllegalStateException at any answer that is not 2xx
     */
    static Result run(int clients, double seconds, AtomicLong numbers, LongFunction<Request> requests) {
        return runTasks(clients, seconds, numbers, number -> {
                    Request request = requests.apply(number);
                    return new Task(ALL, request.weight, () -> send(request));
                })
                .get(ALL);
    }

    /**
     * Runs clients at once.
     *
     * @param tasks the task of a number, each number once; what it takes to make one is not measured
     * @return by kind, and {@link #ALL} of them together
     * @throws IllegalStateException at any answer that is not 2xx
     */
    static Map<String, Result> runTasks(int clients, double seconds, AtomicLong numbers, LongFunction<Task> tasks) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        return runWhile(clients, number -> System.nanoTime() < end, numbers, tasks);
    }

    /**
     * Runs clients at once, up to a number of requests; each client may send one more.
     *
     * @param end the first number that need not be sent
     * @throws IllegalStateException at any answer that is not 2xx
     */
    static Result runUntil(int clients, long end, AtomicLong numbers, LongFunction<Request> requests) {
        return runWhile(clients, number -> number < end, numbers, number -> {
                    Request request = requests.apply(number);
                    return new Task(ALL, request.weight, () -> send(request));
                })
                .get(ALL);
    }

    private static Map<String, Result> runWhile(
            int clients, LongPredicate goesOn, AtomicLong numbers, LongFunction<Task> tasks) {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        long start = System.nanoTime();
        List<Future<Map<String, Times>>> running = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            running.add(threads.submit(() -> client(goesOn, numbers, tasks)));
        }
        Map<String, Times> all = new TreeMap<>(Map.of(ALL, new Times()));
        try {
            for (Future<Map<String, Times>> client : running) {
                client.get().forEach((kind, times) -> {
                    all.computeIfAbsent(kind, k -> new Times()).add(times);
                    if (!kind.equals(ALL)) {
                        all.get(ALL).add(times);
                    }
                });
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
        double took = (System.nanoTime() - start) / 1e9;
        return all.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().result(took)));
    }

    private static Map<String, Times> client(LongPredicate goesOn, AtomicLong numbers, LongFunction<Task> tasks) {
        Map<String, Times> all = new HashMap<>();
        while (goesOn.test(numbers.get())) {
            Task task = tasks.apply(numbers.getAndIncrement());
            all.computeIfAbsent(task.kind, kind -> new Times()).measure(task);
        }
        return all;
    }

    /** Of the tasks of one kind. */
    private static final class Times {
        private final Histogram micros = new Histogram(HIGHEST_MICROS, 3);
        private long done;
        private long failed;

        private void measure(Task task) {
            long start = System.nanoTime();
            try {
                task.work.run();
            } catch (UncheckedIOException e) {
                failed++;
                return;
            }
            micros.recordValue(Math.min(HIGHEST_MICROS, (System.nanoTime() - start) / 1000));
            done += task.weight;
        }

        private void add(Times others) {
            micros.add(others.micros);
            done += others.done;
            failed += others.failed;
        }

        private Result result(double seconds) {
            return new Result(
                    micros.getTotalCount(),
                    done / seconds,
                    micros.getValueAtPercentile(50) / 1000.0,
                    micros.getValueAtPercentile(99) / 1000.0,
                    micros.getMaxValue() / 1000.0,
                    micros.getMean() / 1000,
                    failed);
        }
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
