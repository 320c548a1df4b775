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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Clients that ask what has no end, one such query after the other, until they are closed. */
final class HeavyQueries implements AutoCloseable {
    private static final List<String> NAMES = List.of(
            "cross", "order", "distinct", "group", "path", "expression", "text", "exists", "optional", "graphs");

    private final ExecutorService threads;
    private final List<Future<Integer>> clients = new ArrayList<>();
    private volatile boolean isClosed;

    private HeavyQueries(int clients) {
        threads = Executors.newFixedThreadPool(clients);
    }

    /** The queries themselves. */
    static List<String> texts() {
        return NAMES.stream().map(HeavyQueries::text).toList();
    }

    private static String text(String name) {
        try (InputStream in = HeavyQueries.class.getResourceAsStream("/bench/heavy/" + name + ".rq")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param base of the server, without a slash at the end */
    static HeavyQueries ask(String base, int clients) {
        HeavyQueries asking = new HeavyQueries(clients);
        List<String> texts = texts();
        for (int i = 0; i < clients; i++) {
            int first = i;
            asking.clients.add(asking.threads.submit(() -> asking.client(base, texts, first)));
        }
        return asking;
    }

    private int client(String base, List<String> texts, int first) throws IOException, InterruptedException {
        int sent = 0;
        while (!isClosed) {
            byte[] query = texts.get((first + sent) % texts.size()).getBytes(StandardCharsets.UTF_8);
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(base + "/sparql").toURL().openConnection();
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/sparql-query");
            connection.setDoOutput(true);
            connection.getOutputStream().write(query);
            int status = connection.getResponseCode();
            if (status != 503) {
                throw new IOException("A query without end was answered " + status);
            }
            connection.getErrorStream().readAllBytes();
            sent++;
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return sent;
    }

    /** Waits until the last ones are answered. @return queries that were sent */
    int end() {
        isClosed = true;
        int all = 0;
        try {
            for (Future<Integer> client : clients) {
                all += client.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return all;
    }

    @Override
    public void close() {
        isClosed = true;
        threads.shutdownNow();
    }
}
