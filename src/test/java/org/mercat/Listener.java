// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One who listens to a stream of events, as a browser's {@code EventSource} does. */
final class Listener implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile String lastId = "";

    /** An event as it came. */
    record Event(String id, String type, JsonNode data) {
        /** What it says, in short. */
        String brief() {
            return type + " " + data.path("offering").asText();
        }
    }

    private Listener(HttpResponse<InputStream> response) {
        this.response = response;
    }

    static Listener of(HttpClient http, HttpRequest request) {
        try {
            Listener listener = new Listener(http.send(request, HttpResponse.BodyHandlers.ofInputStream()));
            if (listener.status() == 200) {
                new Thread(listener::read, "listener").start();
                assertThat(listener.begun.await(20, TimeUnit.SECONDS)).isTrue();
            }
            return listener;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private void read() {
        String type = "";
        String data = "";
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    lastId = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        events.add(new Event(lastId, type, Answer.json(data)));
                        data = "";
                    }
                    begun.countDown();
                }
            }
        } catch (IOException e) {
            // the connection was closed
        } finally {
            ended.countDown();
        }
    }

    /** The next event; fails if none comes. */
    Event next() {
        try {
            Event next = events.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("an event").isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next events in short, up to one that is of an offering. */
    List<String> until(String brief) {
        List<String> told = new ArrayList<>();
        do {
            told.add(next().brief());
        } while (!told.get(told.size() - 1).equals(brief));
        return told;
    }

    /** What a browser would send when it comes back. */
    String lastId() {
        return lastId;
    }

    boolean ends() {
        try {
            return ended.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
