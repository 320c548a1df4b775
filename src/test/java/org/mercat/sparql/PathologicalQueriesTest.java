// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries that would take for ever, or all memory: each ends with a clear answer, and nobody else notices. */
class PathologicalQueriesTest {
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final Duration LITTLE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 20;

    /** Bytes by which the database's caches may still grow; what twenty queries keep is many times that. */
    private static final String QUICK = "SELECT (COUNT(*) AS ?n) { ?o a <https://w3id.org/mercat/core#Offering> }";

    private static final String PAIRS = "?a ?b ?c . ?d ?e ?f";

    private static SparqlServer server;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = new SparqlServer(data, LIMIT);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<String> withoutEnd() {
        return Stream.of(
                "SELECT (COUNT(*) AS ?n) { " + PAIRS + " . ?g ?h ?i }",
                "SELECT * { " + PAIRS + " . ?g ?h ?i } ORDER BY ?a ?i",
                "SELECT (COUNT(DISTINCT ?x) AS ?n) { " + PAIRS + " BIND(CONCAT(STR(?a), STR(?d)) AS ?x) }",
                "SELECT ?a ?d ?e (COUNT(*) AS ?n) { " + PAIRS + " } GROUP BY ?a ?d ?e",
                "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f))) AS ?x) { " + PAIRS + " . ?g ?h ?i }",
                "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>)* ?b . ?c (!<urn:x>)* ?d }",
                "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>)+ ?b }",
                "SELECT (COUNT(*) AS ?n) { ?a (!<urn:x>|^!<urn:x>){30} ?b }",
                "SELECT (COUNT(*) AS ?n) { VALUES ?a { # } VALUES ?b { # } VALUES ?c { # } FILTER(?a + ?b + ?c < 0) }"
                        .replace(
                                "#",
                                IntStream.range(0, 5_000)
                                        .mapToObj(Integer::toString)
                                        .collect(Collectors.joining(" "))),
                "SELECT (REGEX(\"" + "a".repeat(63) + "\", \"(.*a){25}b\") AS ?x) {}",
                "SELECT * { ?a ?b ?c FILTER(REPLACE(CONCAT(STR(?c), \"" + "a".repeat(63)
                        + "\"), \"(.*a){25}b\", \"x\") = \"x\") }",
                "SELECT (COUNT(*) AS ?n) { ?a ?b ?c FILTER NOT EXISTS { ?d ?e ?f . ?g ?h ?i FILTER(?a = ?f && ?f = ?i && ?e != ?h) } }",
                "SELECT (COUNT(*) AS ?n) { ?a ?b ?c OPTIONAL { ?d ?e ?f FILTER(?f < ?c) } OPTIONAL { ?g ?h ?i FILTER(?i < ?f) } }",
                "SELECT (COUNT(*) AS ?n) { ?a ?b ?c MINUS { ?a ?x ?y . ?d ?e ?f } }",
                "SELECT (COUNT(*) AS ?n) { { SELECT * { ?a ?b ?c } } { SELECT * { ?d ?e ?f } } { SELECT * { ?g ?h ?i } } }",
                "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?i { ?j ?k ?l } }",
                "SELECT (COUNT(DISTINCT ?u) AS ?n) { " + PAIRS + " BIND(STRUUID() AS ?u) }",
                "SELECT ?r { " + PAIRS + " BIND(RAND() AS ?r) } ORDER BY ?r",
                "SELECT * { " + PAIRS + " } ORDER BY ?f LIMIT 10 OFFSET 50000000",
                "ASK { " + PAIRS + " . ?g ?h ?i FILTER(STR(?a) = CONCAT(STR(?i), \"x\")) }");
    }

    static Stream<String> doubling() {
        return Stream.of("CONCAT(?x, ?x)", "REPLACE(?x, \"a\", \"aa\")", "CONCAT(\"a\", STR(?x), UCASE(?x), LCASE(?x))")
                .map(step -> doubled("\"aaaaaaaaaa\"", step));
    }

    private static String doubled(String first, String step) {
        return "SELECT ?z { BIND(" + first + " AS ?x0) "
                + IntStream.range(0, 40)
                        .mapToObj(i -> "BIND(" + step.replace("?x", "?x" + i) + " AS ?x" + (i + 1) + ")")
                        .collect(Collectors.joining(" "))
                + " BIND(STRLEN(STR(?x40)) AS ?z) }";
    }

    @Test
    void twenty_at_once_are_stopped_while_rest_answers_and_leave_nothing_behind() {
        assertThat(withoutEnd()).hasSize(AT_ONCE);
        twentyAtOnce();
        assertThat(server.count(QUICK)).isPositive();
        twentyAtOnce(); // the places and the memory of those before are free again
        assertThat(server.count(QUICK)).isPositive();
    }

    private static void twentyAtOnce() {
        ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
        Instant start = Instant.now();
        List<CompletableFuture<HttpResponse<String>>> asked = withoutEnd()
                .map(query -> CompletableFuture.supplyAsync(
                        () -> server.post("/sparql", "application/sparql-query", query), clients))
                .toList();
        int answered = 0;
        while (asked.stream().anyMatch(each -> !each.isDone())) {
            for (String path :
                    List.of("/offerings/unican/smartsantander/parking-spaces", "/offerings?category=Parking")) {
                assertThat(server.send(server.request(path)).statusCode()).isEqualTo(200);
            }
            answered++;
        }
        clients.shutdown();
        assertThat(Duration.between(start, Instant.now())).isLessThan(LIMIT.plus(LITTLE));
        assertThat(answered).as("REST requests meanwhile").isGreaterThan(20);
        assertThat(asked.stream().map(CompletableFuture::join)).allSatisfy(answer -> {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.body()).containsPattern("stopped (at the time limit of 3 s|because it kept some)");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        });
    }

    @ParameterizedTest
    @MethodSource("doubling")
    void a_text_that_doubles_again_and_again_is_400(String query) {
        HttpResponse<String> response = server.post("/sparql", "application/sparql-query", query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("more than 1000000 characters");
    }

    /** Each keeps gigabytes in few values. */
    static Stream<String> keeping() {
        String doubled = doubled("\"a\"", "CONCAT(?x, ?x)");
        String long19 = doubled.substring(0, doubled.indexOf(" BIND(CONCAT(?x19,"));
        return Stream.of(
                "SELECT (GROUP_CONCAT(\"\"; separator=\"" + "x".repeat(100_000) + "\") AS ?x) { ?a ?b ?c }",
                long19 + " ?a ?b ?c BIND(CONCAT(?x19, STR(?c)) AS ?z) } ORDER BY ?z",
                long19
                        + IntStream.range(0, 1_000)
                                .mapToObj(i -> " BIND(CONCAT(?x19, \"" + i + "\") AS ?y" + i + ")")
                                .collect(Collectors.joining())
                        + " BIND(1 AS ?z) }",
                "SELECT ?z { ?a ?b ?c BIND(CONCAT(STR(?a), \"" + "x".repeat(9_000)
                        + "\") AS ?z) ?d ?e ?f } ORDER BY ?z",
                "SELECT (SAMPLE(CONCAT(\"" + "x".repeat(9_000) + "\", STR(?f))) AS ?x) { " + PAIRS
                        + " } GROUP BY ?a ?b ?c ?d",
                long19.replace("SELECT ?z", "CONSTRUCT { ?a ?b ?z }") + " ?a ?b ?c BIND(CONCAT(?x19, STR(?c)) AS ?z) }",
                "CONSTRUCT { ?a ?b ?z } { ?a ?b ?c BIND(CONCAT(STR(?c), \"" + "x".repeat(50_000) + "\") AS ?z) }");
    }

    @ParameterizedTest
    @MethodSource("keeping")
    void what_keeps_more_than_it_may_is_stopped_for_that(String query) {
        HttpResponse<String> response = server.post("/sparql", "application/sparql-query", query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(response.body()).contains("because it kept some");
        assertThat(server.count(QUICK)).isPositive();
    }

    @Test
    void a_number_that_doubles_again_and_again_is_400_and_functions_without_bounds_are_not_there() {
        HttpResponse<String> response =
                server.post("/sparql", "application/sparql-query", doubled("1234567890123456789", "?x * ?x"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        for (String call : List.of(
                "<http://www.w3.org/2005/xpath-functions/math#pow>(7, 99999999)",
                "<http://www.w3.org/2005/xpath-functions/math#exp10>(99999999)",
                "<http://www.w3.org/2005/xpath-functions#round>(1.5, 999999999)",
                "<http://www.w3.org/2005/xpath-functions#matches>(\"" + "a".repeat(63) + "\", \"(.*a){25}b\")")) {
            assertThat(server.rows(server.get("SELECT (" + call + " AS ?x) {}"))
                            .path(0)
                            .has("x"))
                    .as(call)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{|}", "{ FILTER(!(|1) ) }", "{ SELECT * {|?a ?b ?c} }", "{ ?a ?b ?c OPTIONAL {|?d ?e ?f} }"})
    void what_is_nested_too_deeply_is_400(String nest) {
        String[] parts = nest.split("\\|");
        int depth = 150_000 / nest.length();
        String inner = parts[1].startsWith("?") ? parts[1].substring(0, 8) : parts[1].startsWith("1") ? "1" : "";
        String close = parts[1].substring(inner.length());
        String open = parts[0];
        String query = nest.startsWith("{ FILTER")
                ? "SELECT * { FILTER(" + "!(".repeat(depth) + "1" + ")".repeat(depth) + ") }"
                : "SELECT * " + open.repeat(depth) + inner + close.repeat(depth);
        HttpResponse<String> response = server.post("/sparql", "application/sparql-query", query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("nested too deeply");
        assertThat(server.count(QUICK)).isPositive();
    }

    @Test
    void thousands_of_patterns_are_400() {
        String query = "SELECT * { "
                + IntStream.range(0, 3_000)
                        .mapToObj(i -> "?s" + i + " ?p" + i + " ?s" + (i + 1))
                        .collect(Collectors.joining(" . "))
                + " }";
        HttpResponse<String> response = server.post("/sparql", "application/sparql-query", query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("3000 triple patterns, and may have 1000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cross",
                "order",
                "distinct",
                "group",
                "path",
                "expression",
                "text",
                "exists",
                "optional",
                "graphs"
            })
    void the_queries_of_the_benchmark_are_seen_for_what_they_are(String name) throws IOException {
        String query;
        try (InputStream in = PathologicalQueriesTest.class.getResourceAsStream("/bench/heavy/" + name + ".rq")) {
            query = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        HttpResponse<String> explained = server.post("/sparql/explain", "application/sparql-query", query);
        assertThat(SparqlServer.json(explained).path("verdict").asText()).isIn("may be slow", "will be stopped");
    }
}
