// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No query writes, calls another server, or reads or writes a file, whichever way it comes. */
class SparqlNoWayOutTest {
    private static final List<String> CALLS = Collections.synchronizedList(new ArrayList<>());
    private static final String MARK = "urn:from-outside";

    @TempDir
    private static Path folder;

    private static SparqlServer server;
    private static HttpServer outside;
    private static String url;
    private static Path file;

    @BeforeAll
    static void start() throws IOException {
        server = new SparqlServer(folder.resolve("data"), Duration.ofSeconds(20));
        outside = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        outside.createContext("/", exchange -> {
            CALLS.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] answer = ("<" + MARK + "> <" + MARK + "> <" + MARK + "> .").getBytes();
            exchange.getResponseHeaders().set("Content-Type", "text/turtle");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        outside.start();
        url = "http://127.0.0.1:" + outside.getAddress().getPort() + "/x";
        file = Files.writeString(folder.resolve("secret.ttl"), "<" + MARK + "> <" + MARK + "> <" + MARK + "> .");
    }

    @AfterAll
    static void stop() {
        server.close();
        outside.stop(0);
    }

    @AfterEach
    void nothing_was_called_and_no_file_was_made() throws IOException {
        assertThat(CALLS).isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("data", "secret.ttl");
        }
    }

    private static List<HttpResponse<String>> allWays(String query) {
        String form = "query=" + SparqlServer.encode(query);
        return List.of(
                server.get(query, "*/*", ""),
                server.post("/sparql", SparqlServer.FORM, form),
                server.post("/sparql", "application/sparql-query", query),
                server.post("/sparql/explain", "application/sparql-query", query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
                "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
                "SELECT * { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?o } }",
                "SELECT * { { SELECT ?s { SERVICE SILENT <URL> { ?s ?p ?o } } } }",
                "SELECT * { ?a a ?b FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
                "SELECT (EXISTS { SERVICE SILENT <URL> { ?s ?p ?o } } AS ?x) {}",
                "SELECT * { ?a a ?b OPTIONAL { SERVICE SILENT <URL> { ?s ?p ?o } } }",
                "SELECT * { ?a a ?b MINUS { SERVICE SILENT <URL> { ?s ?p ?o } } }",
                "SELECT * { SERVICE <loop:bulk+10:URL> { ?s ?p ?o } }",
                "SELECT * { SERVICE <cache:URL> { ?s ?p ?o } }",
                "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE SILENT <URL> { ?s ?p ?o } }",
                "ASK { SERVICE SILENT <URL> { ?s ?p ?o } }",
                "SELECT * { ?a a ?b } HAVING (EXISTS { SERVICE <URL> { ?s ?p ?o } })",
                "SELECT * { SELECT (SUM(IF(EXISTS { SERVICE SILENT <URL> { ?s ?p ?o } }, 1, 0)) AS ?n) { ?a a ?b } }"
            })
    void service_calls_nobody(String query) {
        assertThat(allWays(query.replace("URL", url)))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isIn(200, 400))
                .allSatisfy(answer -> assertThat(answer.body()).doesNotContain(MARK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM <URL> { ?s ?p ?o }",
                "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
                "SELECT * FROM <URL> FROM NAMED <URL> { GRAPH <URL> { ?s ?p ?o } }",
                "SELECT * { GRAPH <URL> { ?s ?p ?o } }",
                "DESCRIBE <URL>",
                "CONSTRUCT { ?s ?p ?o } FROM <URL> WHERE { ?s ?p ?o }",
                "LOAD <URL>",
                "LOAD SILENT <URL> INTO GRAPH <urn:x>",
                "INSERT { ?s ?p ?o } USING <URL> WHERE { ?s ?p ?o }",
                "SELECT * { ?x <http://jena.apache.org/ARQ/property#versionARQ> ?y }",
                "SELECT * { ?x <java:org.apache.jena.sparql.pfunction.library.strSplit> (\"a\" \"a\") }",
                "SELECT * { (?x ?y) <http://jena.apache.org/text#query> \"a\" }",
                "SELECT (<java:java.lang.Runtime>(\"URL\") AS ?x) {}",
                "SELECT (<java:org.apache.jena.sparql.function.library.print>(\"URL\") AS ?x) {}",
                "SELECT (<http://jena.apache.org/ARQ/jsFunction#eval>(\"URL\") AS ?x) {}",
                "SELECT (<http://jena.apache.org/ARQ/function#context>(\"URL\") AS ?x) {}",
                "SELECT (CALL(<java:org.apache.jena.sparql.function.library.print>, \"URL\") AS ?x) {}",
                "SELECT (<http://www.w3.org/2005/xpath-functions#apply>(<java:org.apache.jena.sparql.function.library.print>, \"URL\") AS ?x) {}"
            })
    void no_graph_and_no_function_reaches_a_server_or_a_file(String query) {
        for (String place : List.of(url, file.toUri().toString())) {
            assertThat(allWays(query.replace("URL", place)))
                    .allSatisfy(answer ->
                            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400))
                    .allSatisfy(answer -> assertThat(answer.body()).doesNotContain("<" + MARK + ">"));
        }
    }

    @Test
    void no_graph_of_the_protocol_is_fetched() {
        for (String place : List.of(url, file.toUri().toString())) {
            for (String name : List.of("default-graph-uri", "named-graph-uri", "using-graph-uri", "query-ref")) {
                String parameter = "&" + name + "=" + SparqlServer.encode(place);
                HttpResponse<String> get = server.get("SELECT * { ?s ?p ?o } LIMIT 3", "*/*", parameter);
                HttpResponse<String> post = server.post(
                        "/sparql",
                        SparqlServer.FORM,
                        "query=" + SparqlServer.encode("SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 3") + parameter);
                assertThat(List.of(get, post))
                        .allSatisfy(answer -> assertThat(answer.body()).doesNotContain(MARK));
            }
        }
    }

    @Test
    void no_parameter_of_the_library_reaches_out() {
        for (String place : List.of(url, file.toUri().toString())) {
            HttpResponse<String> response =
                    server.send(server.request("/queries/search/in-category?category=" + SparqlServer.encode(place)));
            assertThat(response.statusCode()).as(response.body()).isIn(200, 400);
            assertThat(response.body()).doesNotContain("<" + MARK + ">");
        }
    }

    @Test
    void no_context_of_json_ld_is_fetched_and_none_is_written_that_names_another_server() {
        HttpResponse<String> response =
                server.get("CONSTRUCT { <" + url + "> ?p ?o } WHERE { ?s ?p ?o } LIMIT 3", "application/ld+json", "");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(SparqlServer.json(response).path("@context").isTextual()).isFalse();
    }
}
