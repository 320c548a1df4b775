// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;

/** What a caller may compute within a minute, and the other limits of an answer. */
class SparqlQuotaTest {
    private static final String SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    private static final String QUICK = "ASK {}";
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(2), 1, 1_000, 1 << 20, Duration.ofSeconds(1), Duration.ofSeconds(1));

    private static Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void who_has_computed_for_too_long_is_429_for_queries_and_the_library_and_the_operator_is_not(@TempDir Path data) {
        try (SparqlServer server = new SparqlServer(data, LIMITS)) {
            assertThat(server.get(QUICK).statusCode()).isEqualTo(200);
            assertThat(server.get(SLOW).statusCode()).isEqualTo(503);
            for (HttpResponse<String> refused : List.of(
                    server.get(QUICK),
                    server.post("/sparql", "application/sparql-query", QUICK),
                    server.send(server.request("/queries/statistics/catalogue-size")),
                    server.send(server.request("/sparql/explain?query=" + SparqlServer.encode(QUICK))))) {
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
                assertThat(Integer.parseInt(
                                refused.headers().firstValue("Retry-After").orElseThrow()))
                        .isBetween(1, 61);
                assertThat(SparqlServer.json(refused).path("detail").asText())
                        .containsPattern("computed for [12]\\.\\d s within a minute, and may for 1 s")
                        .contains("With an access token it is 4 s");
            }
            assertThat(server.send(server.request("/sparql?query=" + SparqlServer.encode(QUICK))
                                    .header("Authorization", "Bearer " + server.operator()))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(server.send(server.request("/offerings?limit=1")).statusCode())
                    .as("REST has no part in it")
                    .isEqualTo(200);
        }
    }

    @Test
    void a_token_that_is_no_good_is_401(@TempDir Path data) {
        try (SparqlServer server = new SparqlServer(data, LIMITS)) {
            HttpResponse<String> response = server.send(server.request("/sparql")
                    .header("Content-Type", "application/sparql-query")
                    .header("Authorization", "Bearer nonsense")
                    .POST(BodyPublishers.ofString(QUICK)));
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
        }
    }

    @Test
    void known_callers_have_four_times_as_much_and_the_operator_as_much_as_it_likes() {
        assertThat(new Asker(Caller.ANYONE, "192.0.2.1").quota(LIMITS)).contains(Duration.ofSeconds(1));
        assertThat(new Asker(new Caller("acme/app", Role.CONSUMER), "192.0.2.1").quota(LIMITS))
                .contains(Duration.ofSeconds(4));
        assertThat(new Asker(new Caller("operator", Role.OPERATOR), "192.0.2.1").quota(LIMITS))
                .isEmpty();
        assertThat(new Asker(Caller.ANYONE, "192.0.2.1").quota(Limits.of(Duration.ofSeconds(1))))
                .isEmpty();
    }

    @Test
    void a_minute_later_all_is_forgiven_and_others_never_pay() {
        InstantSource clock = () -> now;
        Quota quota = new Quota(clock);
        quota.add("one", Duration.ofMillis(600).toNanos());
        assertThat(quota.exhausted("one", Duration.ofSeconds(1))).isEmpty();
        quota.add("one", Duration.ofMillis(600).toNanos());
        Optional<Quota.Used> used = quota.exhausted("one", Duration.ofSeconds(1));
        assertThat(used).hasValueSatisfying(its -> assertThat(its.left(now)).isEqualTo(61));
        assertThat(quota.exhausted("other", Duration.ofSeconds(1))).isEmpty();
        now = now.plusSeconds(61);
        assertThat(quota.exhausted("one", Duration.ofSeconds(1))).isEmpty();
        quota.add("one", 1);
        assertThat(quota.exhausted("one", Duration.ofSeconds(1))).isEmpty();
    }

    @Test
    void the_cost_of_a_query_is_in_a_header(@TempDir Path data) {
        try (SparqlServer server = new SparqlServer(data, LIMITS)) {
            for (String path :
                    new String[] {"/sparql?query=" + SparqlServer.encode(QUICK), "/queries/statistics/catalogue-size"
                    }) {
                assertThat(server.send(server.request(path)).headers().firstValue("Server-Timing"))
                        .hasValueSatisfying(
                                cost -> assertThat(cost).matches("wait;dur=\\d+\\.\\d, compute;dur=\\d+\\.\\d"));
            }
        }
    }
}
