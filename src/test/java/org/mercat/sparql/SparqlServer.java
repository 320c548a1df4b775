// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Optional;
import org.mercat.Catalogue;
import org.mercat.Config;

/** A catalogue with the demonstration's data, on a free port, and a client of its /sparql. */
final class SparqlServer implements AutoCloseable {
    static final String SECRET = "the-operators-own-secret";
    static final Duration TIME_LIMIT = Duration.ofSeconds(2);
    static final String FORM = "application/x-www-form-urlencoded";
    static final ObjectMapper JSON = new ObjectMapper();

    private Catalogue catalogue;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    SparqlServer(Path data) {
        this(data, TIME_LIMIT);
    }

    /** @param timeLimit of a query */
    SparqlServer(Path data, Duration timeLimit) {
        this(data, Limits.of(timeLimit));
    }

    SparqlServer(Path data, Limits limits) {
        catalogue = Catalogue.open(new Config(
                Optional.empty(),
                data,
                "127.0.0.1",
                0,
                "http://localhost/",
                true,
                Optional.of(SECRET),
                limits,
                false,
                Duration.ofDays(14)));
        port = catalogue.start();
        send(request(
                "/organizations")); // waits until the vocabularies are there, which queries would spend their time on
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
                .timeout(Duration.ofSeconds(60));
    }

    /** @param more further parameters, each with {@code &} before it */
    HttpResponse<String> get(String query, String accept, String more) {
        return send(request("/sparql?query=" + encode(query) + more).header("Accept", accept));
    }

    HttpResponse<String> get(String query) {
        return get(query, "application/sparql-results+json", "");
    }

    HttpResponse<String> post(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return trySend(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> trySend(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(response.body(), e);
        }
    }

    /** Rows of a SELECT, or of a failure the text. */
    JsonNode rows(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return json(response).path("results").path("bindings");
    }

    /** The one number that a query counts. */
    int count(String query) {
        JsonNode row = rows(get(query)).path(0);
        return row.elements().next().path("value").asInt();
    }

    int port() {
        return port;
    }

    /** An access token of the operator's. */
    String operator() {
        HttpResponse<String> response =
                post("/oauth/token", FORM, "grant_type=client_credentials&client_id=operator&client_secret=" + SECRET);
        return json(response).path("access_token").asText();
    }

    @Override
    public void close() {
        catalogue.close();
        catalogue = null; // the classes of tests stay, and this one with them
    }
}
