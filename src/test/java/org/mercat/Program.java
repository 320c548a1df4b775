// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program as a process of its own, to be stopped, killed and refused as by an operator. */
final class Program implements AutoCloseable {
    static final String SECRET = "the-operators-own-secret";
    private static final Pattern READY = Pattern.compile("Mercat is ready: http://localhost:(\\d+)/");
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> silent;

    private Program(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.mercat.Main"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("MERCAT_"));
        builder.environment().put("MERCAT_OPERATOR_SECRET", SECRET);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        silent = CompletableFuture.runAsync(this::listen, runnable -> new Thread(runnable, "program-output").start());
    }

    private void listen() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                Matcher matcher = READY.matcher(line);
                if (matcher.find()) {
                    ready.complete(Integer.valueOf(matcher.group(1)));
                }
            }
        } catch (IOException e) {
            lines.add(e.toString());
        }
        ready.completeExceptionally(new IllegalStateException("It ended: " + output()));
    }

    /** Any command. */
    static Program run(String... arguments) {
        return new Program(List.of(arguments));
    }

    /** A server on any free port; does not wait for it. */
    static Program serve(Path data, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("serve", "--host", "127.0.0.1", "--data", data.toString(), "--base-iri", "http://localhost/"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--port")) {
            arguments.addAll(List.of("--port", "0"));
        }
        return new Program(arguments);
    }

    /** Waits until it is ready. @return its port */
    int port() {
        return await(ready);
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    Process process() {
        return process;
    }

    /** Waits until it has ended. @return its exit code */
    int exit() {
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("It does not end: " + output());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        await(silent);
        return process.exitValue();
    }

    /** What it has printed so far, on both streams. */
    String output() {
        return String.join("\n", lines);
    }

    /** Like Ctrl-C. Through the handle, as the process itself would close its streams to us. */
    void stop() {
        process.toHandle().destroy();
    }

    /** Like kill -9. @return the exit code */
    int kill() {
        process.toHandle().destroyForcibly();
        return exit();
    }

    HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> put(String path, String token, String json) throws IOException {
        return send(request(path, token, "application/json")
                .PUT(BodyPublishers.ofString(json))
                .build());
    }

    HttpRequest.Builder request(String path, String token, String contentType) {
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", contentType)
                .timeout(DEADLINE);
    }

    /** An access token of the operator. */
    String token() throws IOException {
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri("/oauth/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=operator&client_secret=" + SECRET))
                .build());
        return new ObjectMapper().readTree(response.body()).path("access_token").asText();
    }

    /** Rows of a query, a line each, as tab-separated terms. */
    List<String> query(String query) throws IOException {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(uri("/sparql?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
                        .header("Accept", "text/tab-separated-values")
                        .build());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.body());
        }
        return response.body().lines().skip(1).toList();
    }

    /** The organization and the provider that the tests' offerings are below. */
    void registerProvider(String token) throws IOException {
        for (String[] party : new String[][] {
            {"/organizations/acme", "{\"id\": \"acme\", \"name\": \"Acme\"}"},
            {"/providers/acme/parking", "{\"id\": \"acme/parking\", \"name\": \"Parking\", \"organization\": \"acme\"}"}
        }) {
            HttpResponse<String> response = put(party[0], token, party[1]);
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(response.body());
            }
        }
    }

    /** An offering in one line; all have the same number of triples. */
    static String offering(String id, String description) {
        return """
                {"id": "acme/parking/%s", "title": "Free parking spaces", "description": "%s", "category": "Parking", \
                "provider": "acme/parking", "licence": "CC-BY-4.0", \
                "place": {"wkt": "POINT(-3.8 43.46)"}, \
                "inputs": [{"name": "longitude", "semanticType": "Longitude", "valueType": "number"}], \
                "outputs": [{"name": "free", "semanticType": "Count", "valueType": "integer"}], \
                "endpoint": {"url": "https://api.example.org/parking", "protocol": "HTTP_GET"}, \
                "price": {"pricingModel": "PER_ACCESS", "price": "0.001", "currency": "EUR"}}""".formatted(id, description);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
