// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.jena.sparql.pfunction.PropertyFunctionRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What /sparql refuses: to write, to reach out, to run for ever, to tell secrets. */
class SparqlRefusalTest {
    private static final String ALL = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }";
    private static final String INSERT = "INSERT DATA { GRAPH <urn:x> { <urn:x> <urn:x> <urn:x> } }";
    private static final String TEXT_QUERY = "http://jena.apache.org/text#query";
    private static final String CROSS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";

    private static final Duration SHORT = Duration.ofSeconds(1);

    private static SparqlServer server;

    /** For queries that are to run into the time limit. */
    private static SparqlServer hasty;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = new SparqlServer(data.resolve("server"));
        hasty = new SparqlServer(data.resolve("hasty"), SHORT);
    }

    @AfterAll
    static void stop() {
        server.close();
        hasty.close();
    }

    private static JsonNode assertProblem(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = SparqlServer.json(response);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).isNotEmpty();
        assertThat(problem.path("instance").asText())
                .endsWith(response.headers().firstValue("X-Request-Id").orElseThrow());
        return problem;
    }

    @Test
    void an_update_in_any_way_is_refused_and_changes_nothing() {
        int before = server.count(ALL);
        List<HttpResponse<String>> answers = new ArrayList<>();
        String encoded = SparqlServer.encode(INSERT);
        answers.add(server.post("/sparql", "application/sparql-update", INSERT));
        answers.add(server.post("/sparql", SparqlServer.FORM, "update=" + encoded));
        answers.add(server.post("/sparql", SparqlServer.FORM, "query=" + encoded));
        answers.add(server.post("/sparql", "application/sparql-query", INSERT));
        answers.add(server.post("/sparql?update=" + encoded, "text/plain", ""));
        answers.add(server.post("/sparql?graph=urn:x", "text/turtle", "<urn:x> <urn:x> <urn:x> ."));
        answers.add(server.post("/sparql?default", "text/turtle", "<urn:x> <urn:x> <urn:x> ."));
        answers.add(server.post("/sparql", "application/n-quads", "<urn:x> <urn:x> <urn:x> <urn:x> ."));
        answers.add(server.post("/sparql", "multipart/form-data; boundary=x", "--x--"));
        answers.add(server.get(INSERT));
        answers.add(server.send(server.request("/sparql?update=" + encoded)));
        for (String path :
                List.of("/sparql/update", "/sparql/data", "/sparql/upload", "/sparql/get", "/sparql/patch")) {
            answers.add(server.post(path, "application/sparql-update", INSERT));
        }
        for (String path : List.of("/sparql", "/sparql?graph=urn:x", "/sparql?default", "/sparql/data?graph=urn:x")) {
            for (String method : List.of("PUT", "PATCH", "DELETE")) {
                answers.add(server.send(server.request(path)
                        .header("Content-Type", "text/turtle")
                        .method(method, BodyPublishers.ofString("<urn:x> <urn:x> <urn:x> ."))));
            }
        }
        assertThat(answers)
                .allSatisfy(answer -> assertProblem(answer, answer.statusCode()))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isIn(400, 404, 405, 415));
        assertThat(server.count(ALL)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOAD <file:///etc/passwd>",
                "LOAD <http://127.0.0.1:1/x> INTO GRAPH <urn:x>",
                "CLEAR ALL",
                "DROP ALL",
                "DELETE WHERE { ?s ?p ?o }",
                "CREATE GRAPH <urn:x>",
                "MOVE <urn:a> TO <urn:b>"
            })
    void every_form_of_update_is_400_and_says_so(String update) {
        JsonNode problem = assertProblem(server.get(update), 400);
        assertThat(problem.path("detail").asText()).contains("Updates are not taken here");
    }

    @Test
    void the_graph_store_protocol_is_not_there_400() {
        assertProblem(server.send(server.request("/sparql?graph=urn:x")), 400);
        assertProblem(server.send(server.request("/sparql?default")), 400);
    }

    @Test
    void nothing_reaches_out() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String url = "http://127.0.0.1:" + listening.getLocalPort() + "/x";
            List<HttpResponse<String>> answers = List.of(
                    server.get("SELECT * { SERVICE <" + url + "> { ?s ?p ?o } }"),
                    server.get("SELECT * { SERVICE SILENT <" + url + "> { ?s ?p ?o } }"),
                    server.get("SELECT * { VALUES ?u { <" + url + "> } SERVICE ?u { ?s ?p ?o } }"),
                    server.get("SELECT * FROM <" + url + "> { ?s ?p ?o }"),
                    server.get("SELECT * FROM NAMED <" + url + "> { GRAPH ?g { ?s ?p ?o } }"),
                    server.get("DESCRIBE <" + url + ">", "text/turtle", ""),
                    server.get("ASK {}", "application/sparql-results+json", "&default-graph-uri=" + url),
                    server.get("ASK {}", "application/sparql-results+json", "&query-ref=" + url),
                    server.send(server.request("/sparql?query-ref=" + url)),
                    server.get("LOAD <" + url + ">"));
            assertThat(answers.get(0).statusCode()).isNotEqualTo(200);
            assertThat(server.rows(answers.get(3))).isEmpty();
            assertThat(server.rows(answers.get(4))).isEmpty();
            listening.setSoTimeout(300);
            assertThat(accepted(listening)).isFalse();
        }
    }

    private static boolean accepted(ServerSocket listening) throws IOException {
        try {
            listening.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void no_file_is_read(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret.ttl"), "<urn:secret> <urn:secret> <urn:secret> .");
        for (String iri : List.of("file:///etc/passwd", file.toUri().toString())) {
            assertThat(server.rows(server.get("SELECT * FROM <" + iri + "> { ?s ?p ?o }")))
                    .isEmpty();
            assertThat(server.rows(server.get("SELECT * FROM NAMED <" + iri + "> { GRAPH ?g { ?s ?p ?o } }")))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<http://jena.apache.org/ARQ/jsFunction#toString>(1)",
                "<http://jena.apache.org/ARQ/function#wait>(60000)",
                "<http://jena.apache.org/ARQ/function#print>(\"x\")",
                "<http://jena.apache.org/ARQ/function#context>(\"x\")",
                "<java:org.apache.jena.sparql.function.library.wait>(60000)",
                "<java:org.apache.jena.sparql.function.library.version>()",
                "<http://jena.hpl.hp.com/ARQ/function#wait>(60000)"
            })
    void functions_that_do_more_than_compute_give_nothing(String call) {
        Instant start = Instant.now();
        HttpResponse<String> response = server.get("SELECT (" + call + " AS ?x) {}");
        assertThat(
                        response.statusCode() == 200
                                ? server.rows(response).path(0).path("x").toString()
                                : "")
                .isEmpty();
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void functions_that_compute_are_there_200() {
        assertThat(server.rows(
                                server.get(
                                        "PREFIX afn: <http://jena.apache.org/ARQ/function#> SELECT (afn:localname(<urn:a#b>) AS ?x) {}"))
                        .path(0)
                        .path("x")
                        .path("value")
                        .asText())
                .isEqualTo("b");
        assertThat(
                        server.rows(
                                server.get(
                                        "PREFIX apf: <http://jena.apache.org/ARQ/property#> SELECT ?x { <urn:a#b> apf:splitIRI (?n ?x) }")))
                .hasSize(1);
        assertThat(server.rows(server.get("SELECT (<http://www.w3.org/2001/XMLSchema#integer>(\"7\") AS ?x) {}"))
                        .path(0)
                        .path("x")
                        .path("value")
                        .asText())
                .isEqualTo("7");
    }

    /** If it were called, it would answer a row, since there is no index of jena-text's to look into. */
    @Test
    void what_jena_text_registers_is_no_function_here() {
        assertThat(PropertyFunctionRegistry.get().isRegistered(TEXT_QUERY)).isTrue();
        assertThat(server.rows(server.get("SELECT * { ?s <" + TEXT_QUERY + "> (\"parking\" 10) }")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SELECT (COUNT(*) AS ?n)                       | {0}           | application/sparql-results+json
                    SELECT *                                      | {0} ORDER BY ?a ?i | application/sparql-results+json
                    SELECT DISTINCT ?a ?d ?g                      | {0} ORDER BY DESC(?g) | text/csv
                    ASK                                           | {0} FILTER(x) | application/sparql-results+json""")
    void a_query_over_a_limit_is_503(String head, String body, String type) {
        Instant start = Instant.now();
        String query = body.startsWith("{0} FILTER")
                ? head + " " + CROSS.replace("}", "FILTER(STR(?a) = CONCAT(STR(?i), \"x\")) }")
                : head + " " + body.replace("{0}", CROSS);
        HttpResponse<String> response = hasty.get(query, type, "");
        Duration taken = Duration.between(start, Instant.now());
        assertThat(assertProblem(response, 503).path("detail").asText())
                .containsAnyOf("time limit of 1 s", "MiB in memory");
        assertThat(taken).isLessThan(SHORT.plusSeconds(8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT (REGEX({0}) AS ?x) {}",
                "SELECT (REPLACE({0}, \"c\") AS ?x) {}",
                "SELECT * { ?s a ?type FILTER NOT EXISTS { ?s ?p ?o FILTER REGEX({0}) } }",
                "SELECT * { { SELECT ?s { ?s a ?type BIND(REPLACE({0}, \"c\") AS ?x) } } }",
                "SELECT (COUNT(*) AS ?n) { ?s a ?type } GROUP BY ?type HAVING REGEX({0})"
            })
    void a_regular_expression_without_end_is_stopped_503(String query) {
        Instant start = Instant.now();
        String endless = "\"" + "a".repeat(63) + "\", \"(.*a){25}b\"";
        HttpResponse<String> response = hasty.get(query.replace("{0}", endless));
        assertThat(assertProblem(response, 503).path("detail").asText()).contains("time limit of 1 s");
        assertThat(Duration.between(start, Instant.now())).isLessThan(SHORT.plusSeconds(8));
    }

    @Test
    void regular_expressions_work_as_ever_200() {
        String query = "SELECT ?x ?y ?z { BIND(REGEX(\"Parking\", \"^park\", \"i\") AS ?x)"
                + " BIND(REPLACE(\"abcabc\"@en, \"b(c)\", \"$1-\") AS ?y) BIND(REGEX(<urn:a>, \"a\") AS ?z) }";
        var row = server.rows(server.get(query)).path(0);
        assertThat(row.at("/x/value").asText()).isEqualTo("true");
        assertThat(row.at("/y/value").asText()).isEqualTo("ac-ac-");
        assertThat(row.at("/y/xml:lang").asText()).isEqualTo("en");
        assertThat(row.has("z")).as("an IRI is no text").isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/sparql-results+json", "text/csv", "text/tab-separated-values"})
    void an_answer_that_the_time_limit_cuts_is_no_whole_answer(String type) {
        HttpResponse<String> response;
        try {
            response = hasty.trySend(hasty.request("/sparql?query=" + SparqlServer.encode("SELECT * " + CROSS))
                    .header("Accept", type));
        } catch (IOException cut) {
            return;
        }
        assertThat(response.statusCode()).isEqualTo(503);
    }

    @Test
    void a_client_may_not_lengthen_the_time_limit_503() {
        assertProblem(
                hasty.get("SELECT (COUNT(*) AS ?n) " + CROSS, "application/sparql-results+json", "&timeout=600"), 503);
    }

    @Test
    void a_construct_without_end_is_refused_and_the_server_lives_400() {
        HttpResponse<String> response = server.get("CONSTRUCT { ?a ?e ?i } " + CROSS, "text/turtle", "");
        assertThat(response.statusCode()).isIn(400, 503);
        assertThat(server.count(ALL)).isPositive();
    }

    @Test
    void the_ledger_cannot_be_reached() {
        for (String pattern : List.of(
                "{ ?s ?p ?o }", "{ GRAPH ?g { ?s ?p ?o } }", "{ GRAPH <urn:mercat:ledger:operator> { ?s ?p ?o } }")) {
            assertThat(server.rows(server.get("SELECT ?p " + pattern.substring(0, pattern.length() - 1)
                            + " FILTER(STRSTARTS(STR(?p), \"urn:mercat:ledger:\")) }")))
                    .isEmpty();
        }
        HttpResponse<String> response = server.get("SELECT * { GRAPH ?g { ?s ?p ?o } FILTER(CONTAINS(STR(?o), \""
                + SparqlServer.SECRET + "\") || CONTAINS(LCASE(STR(?p)), \"secret\")) }");
        assertThat(server.rows(response)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SELECT * { ?s ?p ?o           | 1 | 18
                    SELECT * { ?s foaf:name ?o }  | 1 | 15
                    SELECT ?x { é€ }              | 1 | 15
                    nonsense                      | 1 | 9""")
    void a_query_that_cannot_be_parsed_is_400_and_says_where(String query, int line, int column) {
        JsonNode problem = assertProblem(server.get(query.strip()), 400);
        JsonNode fault = problem.path("errors").path(0);
        assertThat(fault.path("line").asInt()).as(problem.toString()).isEqualTo(line);
        assertThat(fault.path("column").asInt()).as(problem.toString()).isBetween(column - 1, column + 1);
    }

    @Test
    void a_huge_query_is_413() {
        String huge = "SELECT * { ?s ?p \"" + "x".repeat(1 << 20) + "\" }";
        assertProblem(server.post("/sparql", "application/sparql-query", huge), 413);
        assertProblem(server.post("/sparql", SparqlServer.FORM, "query=" + SparqlServer.encode(huge)), 413);
        assertProblem(
                server.send(server.request("/sparql")
                        .header("Content-Type", "application/sparql-query")
                        .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(
                                huge.getBytes(java.nio.charset.StandardCharsets.UTF_8))))),
                413);
    }

    @Test
    void a_deeply_nested_query_is_refused_and_the_server_lives() {
        for (String[] nest : new String[][] {{"{", "}"}, {"{ FILTER(", ") }"}}) {
            String query = "SELECT * " + nest[0] + (nest[0].endsWith("(") ? "(" : "{").repeat(60_000)
                    + (nest[1].startsWith(")") ? "1" : "") + (nest[1].startsWith(")") ? ")" : "}").repeat(60_000)
                    + nest[1];
            HttpResponse<String> response = server.post("/sparql", "application/sparql-query", query);
            assertProblem(response, 400);
        }
        assertThat(server.count(ALL)).isPositive();
    }

    @Test
    void an_unknown_type_is_406_or_the_standard_one_and_an_unknown_charset_is_no_500() {
        assertThat(server.get("ASK {}", "image/png", "").statusCode()).isLessThan(500);
        assertThat(server.post("/sparql", "application/sparql-query; charset=nonsense", "ASK {}")
                        .statusCode())
                .isLessThan(500);
        assertProblem(server.post("/sparql", "text/plain", "ASK {}"), 415);
    }
}
