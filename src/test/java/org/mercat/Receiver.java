// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** A consumer's own server, to which events are sent. */
final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Delivered> delivered = new LinkedBlockingQueue<>();
    private volatile IntSupplier status = () -> 204;

    /** A request as it came. */
    record Delivered(String method, String path, String body, String signature, String event, String contentType) {
        JsonNode json() {
            return Answer.json(body);
        }

        String brief() {
            return json().path("type").asText() + " " + json().path("offering").asText();
        }
    }

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        int code = status.getAsInt();
        Delivered request = new Delivered(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                body,
                exchange.getRequestHeaders().getFirst("Mercat-Signature"),
                exchange.getRequestHeaders().getFirst("Mercat-Event-Id"),
                exchange.getRequestHeaders().getFirst("Content-Type"));
        exchange.sendResponseHeaders(code, -1);
        exchange.close();
        delivered.add(request);
    }

    /** What it answers from now on. */
    void answer(IntSupplier next) {
        status = next;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/events?key=1";
    }

    /** The next request; fails if none comes. */
    Delivered next() {
        try {
            Delivered next = delivered.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("a delivery").isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean hasMore() {
        return !delivered.isEmpty();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
