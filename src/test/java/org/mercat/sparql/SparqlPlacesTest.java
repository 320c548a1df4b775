// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slow queries leave the server to others: as many as there are places run, and one more is refused at once. */
class SparqlPlacesTest {
    private static final int PLACES = Math.max(8, 4 * Runtime.getRuntime().availableProcessors());
    private static final String SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    private static final String QUICK = "SELECT (COUNT(*) AS ?n) { ?o a <https://w3id.org/mercat/core#Offering> }";

    @Test
    void queries_beyond_the_places_are_503_with_retry_after_and_places_become_free_again(@TempDir Path data) {
        try (SparqlServer server = new SparqlServer(data)) {
            List<HttpResponse<String>> refused = answers(server, 2 * PLACES).stream()
                    .filter(answer -> answer.body().contains("All places for queries are taken"))
                    .toList();
            assertThat(refused).isNotEmpty().hasSizeLessThanOrEqualTo(PLACES).allSatisfy(answer -> {
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
                assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            });
            for (int i = 0; i < 2 * PLACES; i++) {
                assertThat(server.count(QUICK)).isPositive();
            }
        }
    }

    private static List<HttpResponse<String>> answers(SparqlServer server, int queries) {
        ExecutorService clients = Executors.newFixedThreadPool(queries);
        try {
            List<CompletableFuture<HttpResponse<String>>> asked = IntStream.range(0, queries)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> server.get(SLOW), clients))
                    .toList();
            return asked.stream().map(CompletableFuture::join).toList();
        } finally {
            clients.shutdown();
        }
    }
}
