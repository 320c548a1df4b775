// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What /sparql answers. */
class SparqlQueryTest {
    private static final String OFFERING = "http://localhost/offerings/unican/smartsantander/parking-spaces";
    private static final String CORE = "https://w3id.org/mercat/core";
    private static final String COUNT =
            "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?o a <https://w3id.org/mercat/core#Offering> }";

    private static SparqlServer server;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = new SparqlServer(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_query_by_get_form_and_body_is_200() {
        int offerings = server.count(COUNT);
        assertThat(offerings).isGreaterThanOrEqualTo(30);
        HttpResponse<String> form =
                server.post("/sparql", SparqlServer.FORM, "query=" + SparqlServer.encode(COUNT) + "&output=json");
        HttpResponse<String> body = server.post("/sparql?output=json", "application/sparql-query", COUNT);
        for (HttpResponse<String> response : List.of(form, body)) {
            assertThat(server.rows(response).path(0).path("n").path("value").asInt())
                    .isEqualTo(offerings);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    application/sparql-results+json | { "head":
                    application/sparql-results+xml  | <?xml version="1.0"?>
                    text/csv                        | n
                    text/tab-separated-values       | ?n""")
    void a_select_is_answered_in_the_type_that_was_asked_for_200(String type, String beginning) {
        HttpResponse<String> response = server.get(COUNT, type, "");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        assertThat(response.body()).startsWith(beginning);
    }

    @Test
    void an_ask_is_true_or_false_200() {
        assertThat(SparqlServer.json(server.get("ASK { <" + OFFERING + "> a ?type }"))
                        .path("boolean")
                        .asBoolean())
                .isTrue();
        assertThat(SparqlServer.json(server.get("ASK { <http://localhost/nothing> a ?type }"))
                        .path("boolean")
                        .asBoolean(true))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"})
    void a_construct_and_a_describe_are_graphs_in_the_type_that_was_asked_for_200(String type) {
        for (String query : new String[] {
            "CONSTRUCT { <" + OFFERING + "> ?p ?o } { <" + OFFERING + "> ?p ?o }", "DESCRIBE <" + OFFERING + ">"
        }) {
            HttpResponse<String> response = server.get(query, type, "");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith(type);
            Lang lang = RDFLanguages.contentTypeToLang(type);
            Graph graph = GraphFactory.createDefaultGraph();
            RDFParser.fromString(response.body(), lang).parse(graph);
            assertThat(graph.size()).as(query).isGreaterThan(10);
        }
    }

    @Test
    void the_default_graph_is_the_union_of_all_graphs_200() {
        assertThat(server.count("SELECT (COUNT(*) AS ?n) { <" + OFFERING + "> ?p ?o }"))
                .isEqualTo(server.count(
                        "SELECT (COUNT(*) AS ?n) { GRAPH <" + OFFERING + "> { <" + OFFERING + "> ?p ?o } }"))
                .isPositive();
        assertThat(server.count("SELECT (COUNT(*) AS ?n) { <" + CORE + "#Offering> ?p ?o }"))
                .isPositive();
    }

    @Test
    void the_dataset_of_the_protocol_and_of_the_query_chooses_among_our_graphs_200() {
        String all = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }";
        int core = server.count("SELECT (COUNT(*) AS ?n) { GRAPH <" + CORE + "> { ?s ?p ?o } }");
        assertThat(core).isPositive();
        String json = "application/sparql-results+json";
        HttpResponse<String> chosen = server.get(all, json, "&default-graph-uri=" + SparqlServer.encode(CORE));
        assertThat(server.rows(chosen).path(0).path("n").path("value").asInt()).isEqualTo(core);
        assertThat(server.count("SELECT (COUNT(*) AS ?n) FROM <" + CORE + "> { ?s ?p ?o }"))
                .isEqualTo(core);
        HttpResponse<String> named = server.get(
                "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", json, "&named-graph-uri=" + SparqlServer.encode(CORE));
        assertThat(server.rows(named)).hasSize(1);
    }

    @Test
    void an_answer_has_a_request_id() {
        assertThat(server.get(COUNT).headers().firstValue("X-Request-Id")).isPresent();
        assertThat(server.send(server.request("/sparql?query=ASK%7B%7D").header("X-Request-Id", "mine-1"))
                        .headers()
                        .firstValue("X-Request-Id"))
                .contains("mine-1");
    }
}
