// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slow queries leave the server to others: so many of one caller's are taken on, and one more is refused at once. */
class SparqlPlacesTest {
    private static final int MORE = 8;
    private static final String SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    private static final String SLOW_FROM =
            SLOW.replace("{", "FROM <https://w3id.org/mercat/core> FROM <https://w3id.org/mercat/categories> {");
    private static final String QUICK = "SELECT (COUNT(*) AS ?n) { ?o a <https://w3id.org/mercat/core#Offering> }";

    @Test
    void queries_beyond_the_places_are_503_with_retry_after_and_places_become_free_again(@TempDir Path data) {
        try (SparqlServer server = new SparqlServer(data)) {
            List<HttpResponse<String>> answers = answers(server, Limits.PLACES_OF_ONE + MORE);
            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
                assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            });
            List<HttpResponse<String>> refused = answers.stream()
                    .filter(answer -> answer.body().contains("queries of yours are running"))
                    .toList();
            assertThat(refused).hasSizeBetween(1, MORE);
            assertThat(answers.stream().filter(answer -> answer.body().contains("time limit of 2 s")))
                    .hasSize(answers.size() - refused.size());
            for (int i = 0; i < 2 * Limits.PLACES; i++) {
                assertThat(server.count(QUICK)).isPositive();
            }
        }
    }

    @Test
    void a_quick_query_does_not_wait_for_slow_ones_200(@TempDir Path data) {
        Duration limit = Duration.ofSeconds(6);
        try (SparqlServer server = new SparqlServer(data, limit)) {
            assertThat(server.count(QUICK)).isPositive();
            ExecutorService clients = Executors.newFixedThreadPool(MORE);
            List<CompletableFuture<HttpResponse<String>>> slow = asked(server, MORE, clients);
            Instant start = Instant.now();
            int answered = 0;
            while (slow.stream().noneMatch(CompletableFuture::isDone)) {
                assertThat(server.count(QUICK)).isPositive();
                answered++;
            }
            assertThat(Duration.between(start, Instant.now())).isGreaterThan(limit.dividedBy(2));
            assertThat(answered).isGreaterThan(10);
            slow.forEach(CompletableFuture::join);
            clients.shutdown();
        }
    }

    @Test
    void who_sends_slowly_holds_no_place_200(@TempDir Path data) throws IOException {
        try (SparqlServer server = new SparqlServer(data)) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < Limits.PLACES + 1; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                socket.getOutputStream()
                        .write(("POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\nContent-Type: "
                                        + (i % 2 == 0 ? SparqlServer.FORM : "application/sparql-query") + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            Instant start = Instant.now();
            assertThat(server.count(QUICK)).isPositive();
            assertThat(Duration.between(start, Instant.now())).isLessThan(SparqlServer.TIME_LIMIT);
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Transfer-Encoding: chunked, application/sparql-query, 400",
        "Content-Encoding: gzip, application/sparql-query, 415",
        "Content-Length: 99, application/sparql-query, 400",
        "Content-Length: 99, application/x-www-form-urlencoded, 400"
    })
    void a_body_that_cannot_be_read_is_refused(String header, String type, int status, @TempDir Path data)
            throws IOException {
        try (SparqlServer server = new SparqlServer(data);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String request = "POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\nContent-Type: "
                    + type + "\r\n\r\nzz\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 " + status);
        }
    }

    private static List<HttpResponse<String>> answers(SparqlServer server, int queries) {
        ExecutorService clients = Executors.newFixedThreadPool(queries);
        try {
            return asked(server, queries, clients).stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            clients.shutdown();
        }
    }

    private static List<CompletableFuture<HttpResponse<String>>> asked(
            SparqlServer server, int queries, ExecutorService clients) {
        return IntStream.range(0, queries)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> server.get(i % 2 == 0 ? SLOW : SLOW_FROM), clients))
                .toList();
    }
}
