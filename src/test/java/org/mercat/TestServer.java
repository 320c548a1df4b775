// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mercat.sparql.Limits;

/**
 * A catalogue on a free port and on databases of its own, once for each class that registers it as an extension:
 *
 * <pre>
 * acme            organization     acme/parking, acme/weather   providers     acme/app   consumer
 * other           organization     other/parking                provider
 * </pre>
 */
final class TestServer implements BeforeAllCallback, AfterAllCallback {
    static final String BASE = "https://catalogue.example/";
    static final String OPERATOR = "operator";
    static final String ACME = "acme";
    static final String PARKING = "acme/parking";
    static final String WEATHER = "acme/weather";
    static final String APP = "acme/app";
    static final String OTHER = "other";
    static final String RIVAL = "other/parking";
    static final String NOBODY = "";
    static final String OPERATOR_SECRET = "sixteen-letters-or-more";

    private static final OpenApiDocument DESCRIPTION = OpenApiDocument.ours();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> secrets = new HashMap<>(Map.of(OPERATOR, OPERATOR_SECRET));
    private final Map<String, String> tokens = new HashMap<>();
    private final Duration timeLimit;
    private final InstantSource clock;
    private Path folder;
    private Catalogue catalogue;
    private int port;

    TestServer() {
        this(Duration.ofSeconds(10));
    }

    /** @param timeLimit of a query */
    TestServer(Duration timeLimit) {
        this(timeLimit, InstantSource.system());
    }

    /** @param clock of the catalogue; tokens go by the machine's */
    TestServer(InstantSource clock) {
        this(Duration.ofSeconds(10), clock);
    }

    private TestServer(Duration timeLimit, InstantSource clock) {
        this.timeLimit = timeLimit;
        this.clock = clock;
    }

    private Catalogue open(Config config) {
        return Catalogue.open(config, (made, all) -> {}, clock);
    }

    @Override
    public void beforeAll(ExtensionContext test) throws IOException {
        folder = Files.createTempDirectory("mercat");
        catalogue = open(config(folder, Optional.empty(), timeLimit));
        port = catalogue.start();
        organization(ACME);
        organization(OTHER);
        system("providers", PARKING);
        system("providers", WEATHER);
        system("providers", RIVAL);
        system("consumers", APP);
    }

    /** Starts on what an export has, with the parties that are in it; they all get new secrets. */
    void beforeAllLoaded(Path export) throws IOException {
        folder = Files.createTempDirectory("mercat");
        Run load = Run.on(folder, "load", export.toString());
        assertThat(load.exit()).as("%s", load).isZero();
        catalogue = Catalogue.open(config(folder, Optional.empty(), timeLimit));
        port = catalogue.start();
        for (String collection : List.of("organizations", "providers", "consumers")) {
            for (JsonNode party :
                    as(OPERATOR).get("/" + collection).mustBe(200).json().path(collection)) {
                remember(as(OPERATOR)
                        .json("POST", "/" + collection + "/" + party.path("id").asText() + "/secret", ""));
            }
        }
    }

    /** Where it listens, with a slash at the end. */
    String url() {
        return "http://localhost:" + port + "/";
    }

    /** Stops, and starts again on the same databases with other vocabularies, shapes and queries. */
    void restart(Path home) {
        catalogue.close();
        catalogue = open(config(folder, Optional.of(home), timeLimit));
        port = catalogue.start();
    }

    static Config config(Path folder) {
        return config(folder, Optional.empty(), Duration.ofSeconds(10));
    }

    private static Config config(Path folder, Optional<Path> home, Duration timeLimit) {
        return new Config(
                home,
                folder,
                "127.0.0.1",
                0,
                BASE,
                false,
                Optional.of(OPERATOR_SECRET),
                Limits.of(timeLimit),
                true,
                Duration.ofDays(14));
    }

    @Override
    public void afterAll(ExtensionContext test) throws IOException {
        stop();
        delete();
        catalogue = null; // the classes of tests stay, and this one with them
    }

    /** Lets go of the data, for those who want to look at them. */
    void stop() {
        catalogue.close();
    }

    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    /** Registers an organization. @return its secret */
    String organization(String id) {
        String body = "{\"id\": \"%s\", \"name\": \"%s\"}".formatted(id, id);
        return shown(id, as(OPERATOR).json("PUT", "/organizations/" + id, body));
    }

    /** Registers a provider or consumer. @return its secret */
    String system(String collection, String id) {
        String organization = id.substring(0, id.indexOf('/'));
        String body = "{\"id\": \"%s\", \"name\": \"%s\", \"organization\": \"%s\"}".formatted(id, id, organization);
        return shown(id, as(OPERATOR).json("PUT", "/" + collection + "/" + id, body));
    }

    private String shown(String id, Answer answer) {
        remember(answer.mustBe(201));
        return secrets.get(id);
    }

    /** Keeps the secret that an answer shows; tokens that were got with the one before are no good any more. */
    void remember(Answer answer) {
        if (answer.text().contains("\"clientSecret\"")) {
            String id = answer.json().path("clientId").asText();
            secrets.put(id, answer.json().path("clientSecret").asText());
            tokens.remove(id);
        }
    }

    Catalogue catalogue() {
        return catalogue;
    }

    Path folder() {
        return folder;
    }

    /** The revision of the newest commit, which every write raises; the vocabularies, written after the start, are in it. */
    long revision() {
        as(NOBODY).get("/sparql?query=ASK%7B%7D").mustBe(200);
        return as(OPERATOR)
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("mercat_store_revision "))
                .map(line -> Double.valueOf(line.substring(line.indexOf(' '))).longValue())
                .findFirst()
                .orElseThrow();
    }

    /** Requests of a client, with an access token that it has got. */
    Client as(String client) {
        return new Client(this, client.isEmpty() ? "" : tokens.computeIfAbsent(client, this::token), Map.of());
    }

    /** A new access token. */
    String token(String client) {
        return token(client, secrets.get(client))
                .mustBe(200)
                .json()
                .path("access_token")
                .asText();
    }

    Answer token(String client, String secret) {
        String form =
                "grant_type=client_credentials&client_id=" + client.replace("/", "%2F") + "&client_secret=" + secret;
        return as(NOBODY).send("POST", "/oauth/token", "application/x-www-form-urlencoded", form);
    }

    /** What a client is told that listens. @param lastEventId of the event after which to begin, or null for now */
    Listener listen(String client, String path, String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Accept", "text/event-stream");
        if (!client.isEmpty()) {
            request.header("Authorization", "Bearer " + as(client).token());
        }
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return Listener.of(http, request.build());
    }

    /** Stops, and starts again on the same databases. */
    void restart() {
        catalogue.close();
        catalogue = open(config(folder, Optional.empty(), timeLimit));
        port = catalogue.start();
    }

    /** Stops, changes the data in their folder, and starts again. */
    void restart(java.util.function.Consumer<Path> change) {
        catalogue.close();
        change.accept(folder);
        catalogue = open(config(folder, Optional.empty(), timeLimit));
        port = catalogue.start();
    }

    int port() {
        return port;
    }

    /** The answer, which the description of the API must have. */
    Answer send(String method, String path, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            Answer answer = new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
            DESCRIPTION.mustDescribe(method, path, answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One who sends requests. */
    record Client(TestServer server, String token, Map<String, String> headers) {
        /** The same with a header more. */
        Client with(String name, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(name, value);
            return new Client(server, token, more);
        }

        Answer get(String path) {
            return send("GET", path, null, (byte[]) null);
        }

        Answer get(String path, String accept) {
            return with("Accept", accept).get(path);
        }

        Answer delete(String path) {
            return send("DELETE", path, null, (byte[]) null);
        }

        Answer json(String method, String path, String body) {
            return send(method, path, "application/json", body);
        }

        Answer patch(String path, String body) {
            return send("PATCH", path, "application/merge-patch+json", body);
        }

        Answer send(String method, String path, String type, String body) {
            return send(method, path, type, body.getBytes(StandardCharsets.UTF_8));
        }

        Answer send(String method, String path, String type, byte[] body) {
            Map<String, String> all = new HashMap<>(headers);
            if (!token.isEmpty()) {
                all.putIfAbsent("Authorization", "Bearer " + token);
            }
            if (type != null) {
                all.put("Content-Type", type);
            }
            return server.send(method, path, all, body);
        }
    }
}
