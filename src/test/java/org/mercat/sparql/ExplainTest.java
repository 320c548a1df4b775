// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.apache.jena.query.QueryFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query would do, told without doing it. */
class ExplainTest {
    private static final String PREFIXES = """
            PREFIX mc: <https://w3id.org/mercat/core#>
            PREFIX cat: <https://w3id.org/mercat/categories#>
            PREFIX dcat: <http://www.w3.org/ns/dcat#>
            PREFIX dcterms: <http://purl.org/dc/terms/>
            PREFIX schema: <http://schema.org/>
            """;

    private static SparqlServer server;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = new SparqlServer(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode explained(String query) {
        HttpResponse<String> response = server.post("/sparql/explain", "application/sparql-query", PREFIXES + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return SparqlServer.json(response);
    }

    private static List<String> kinds(JsonNode explanation) {
        return explanation.path("warnings").findValuesAsText("kind");
    }

    @Test
    void a_lookup_is_quick_and_told_step_by_step_200() {
        JsonNode told = explained("SELECT ?o ?t { ?o dcat:theme cat:ParkingSpace ; dcterms:title ?t }");
        assertThat(told.path("verdict").asText()).isEqualTo("quick");
        assertThat(told.path("words").path(0).asText())
                .matches("look up \\?o dcat:theme cat:ParkingSpace, [1-9]\\d* triples");
        assertThat(told.path("words").path(1).asText())
                .matches("for each of (about \\d+ rows|one row), look up \\?o dcterms:title \\?t");
        assertThat(told.path("warnings")).isEmpty();
        assertThat(told.path("algebra").asText()).contains("(bgp");
        assertThat(told.path("plan").asText()).contains("(project (?o ?t)");
        assertThat(told.path("why").asText()).contains("estimate", "Nothing was run");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SELECT * { ?a mc:kind ?b . ?c dcterms:title ?d }                     | cross-product
                    SELECT * { ?a ?b ?c }                                                | unbound-predicate
                    SELECT * { ?a (!<urn:x>)* ?b }                                       | path-over-everything
                    SELECT * { ?a mc:kind ?b } ORDER BY ?b                               | order-without-limit
                    SELECT * { ?a mc:kind ?b OPTIONAL { ?a dcterms:spatial ?p } ?p a ?t } | optional-before-join
                    SELECT * { SERVICE <urn:x> { ?a ?b ?c } }                            | refused
                    SELECT * { ?o dcterms:title ?t FILTER(REGEX(?t, "parking", "i")) }   | search-instead-of-filter
                    SELECT * { ?o mc:price ?p . ?p schema:price ?c FILTER(?c < 5) }      | search-instead-of-filter""")
    void what_makes_it_slow_is_a_warning_200(String query, String kind) {
        assertThat(kinds(explained(query))).contains(kind);
    }

    @Test
    void a_filter_that_the_search_does_is_rewritten_as_a_query_that_runs_200() {
        JsonNode told = explained("""
                SELECT ?o { ?o dcat:theme cat:Parking ; dcterms:title ?t ; mc:price ?p . ?p schema:price ?c
                  FILTER(CONTAINS(LCASE(?t), "parking")) FILTER(?c <= 5) }""");
        String rewrite = told.at("/warnings/0/rewrite").asText();
        assertThat(QueryFactory.create(rewrite).isSelectType()).isTrue();
        assertThat(rewrite)
                .contains("mc:search", "mc:text", "\"parking\"", "mc:maxPrice", "mc:category", "cat:Parking");
        assertThat(server.rows(server.get(rewrite)).isArray()).isTrue();
    }

    @Test
    void a_cross_product_of_everything_will_be_stopped_and_explaining_it_takes_no_time_200() {
        JsonNode told = explained("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }");
        assertThat(told.path("verdict").asText()).isEqualTo("will be stopped");
        assertThat(kinds(told)).contains("cross-product", "unbound-predicate");
    }

    @Test
    void every_query_of_the_library_can_be_explained_and_none_will_be_stopped_200() {
        JsonNode all = SparqlServer.json(server.send(server.request("/queries").header("Accept", "application/json")));
        int explained = 0;
        for (JsonNode query : all.findParents("name")) {
            HttpResponse<String> text =
                    server.send(server.request("/queries/" + query.path("name").asText() + ".rq"));
            if (text.statusCode() == 200) {
                JsonNode told =
                        SparqlServer.json(server.post("/sparql/explain", "application/sparql-query", text.body()));
                assertThat(told.path("verdict").asText()).as(text.body()).isIn("quick", "may be slow");
                explained++;
            }
        }
        assertThat(explained).isGreaterThan(30);
    }

    @Test
    void it_is_asked_as_sparql_is_by_get_form_and_body_and_told_as_text_200() {
        String query = SparqlServer.encode("ASK { ?s a ?t }");
        assertThat(server.send(server.request("/sparql/explain?query=" + query)).statusCode())
                .isEqualTo(200);
        assertThat(server.post("/sparql/explain", SparqlServer.FORM, "query=" + query)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> text =
                server.send(server.request("/sparql/explain?query=" + query).header("Accept", "text/plain"));
        assertThat(text.headers().firstValue("Content-Type")).contains("text/plain;charset=utf-8");
        assertThat(text.body()).startsWith("Verdict: ").contains("Steps, in this order:\n  1. ", "Algebra:", "Plan:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?query=", "?query=nonsense", "?query=INSERT%20DATA%20%7B%7D"})
    void what_is_no_query_is_400(String parameters) {
        HttpResponse<String> response = server.send(server.request("/sparql/explain" + parameters));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(SparqlServer.json(response).path("detail").asText()).isNotEmpty();
    }

    @Test
    void another_type_is_415_or_406() {
        assertThat(server.post("/sparql/explain", "text/turtle", "ASK {}").statusCode())
                .isEqualTo(415);
        assertThat(server.send(server.request("/sparql/explain?query=ASK%7B%7D").header("Accept", "image/png"))
                        .statusCode())
                .isEqualTo(406);
    }

    @Test
    void a_query_nested_too_deeply_is_400() {
        String query = "SELECT * " + "{".repeat(50_000) + "}".repeat(50_000);
        HttpResponse<String> response = server.post("/sparql/explain", "application/sparql-query", query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("nested too deeply");
    }
}
