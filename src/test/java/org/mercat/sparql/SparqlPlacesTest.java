// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
