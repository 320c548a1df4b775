// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
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

/**
 * The SPARQL 1.1 protocol at /sparql: the cases of the W3C's protocol tests that a service without updates has, and what
 * we promise besides.
 */
class SparqlProtocolTest {
    private static final String QUERY = "application/sparql-query";
    private static final String JSON = "application/sparql-results+json";
    private static final String ASK = "ASK {}";
    private static final String CORE = "https://w3id.org/mercat/core";
    private static final String CATEGORIES = "https://w3id.org/mercat/categories";
    private static final String UNKNOWN = "http://127.0.0.1:9/nothing";
    private static final String CONSTRUCT = "CONSTRUCT { ?s ?p ?o } { GRAPH <" + CORE + "> { ?s ?p ?o } }";
    private static final String NAMES = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }";
    private static final String ALL = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }";

    private static SparqlServer server;

    @BeforeAll
    static void start(@TempDir Path data) {
        server = new SparqlServer(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static HttpResponse<String> get(String pathAndQuery) {
        return server.send(server.request(pathAndQuery));
    }

    private static String form(String query) {
        return "query=" + SparqlServer.encode(query);
    }

    private static int number(HttpResponse<String> response) {
        return server.rows(response).path(0).path("n").path("value").asInt();
    }

    // the protocol

    @Test
    void a_query_by_get_by_form_and_as_a_body_is_200() {
        assertThat(SparqlServer.json(get("/sparql?" + form(ASK)))
                        .path("boolean")
                        .asBoolean())
                .isTrue();
        assertThat(SparqlServer.json(server.post("/sparql", SparqlServer.FORM, form(ASK)))
                        .path("boolean")
                        .asBoolean())
                .isTrue();
        assertThat(SparqlServer.json(server.post("/sparql", QUERY, ASK))
                        .path("boolean")
                        .asBoolean())
                .isTrue();
        assertThat(SparqlServer.json(server.post("/sparql", QUERY + "; charset=UTF-8", ASK))
                        .path("boolean")
                        .asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "form", "body"})
    void the_dataset_of_the_protocol_is_chosen_whichever_way_the_query_comes_200(String way) {
        String dataset = "default-graph-uri=" + SparqlServer.encode(CORE) + "&named-graph-uri="
                + SparqlServer.encode(CATEGORIES);
        String query = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }";
        HttpResponse<String> answer = switch (way) {
            case "get" -> get("/sparql?" + form(query) + "&" + dataset);
            case "form" -> server.post("/sparql", SparqlServer.FORM, form(query) + "&" + dataset);
            default -> server.post("/sparql?" + dataset, QUERY, query);
        };
        assertThat(number(answer)).isEqualTo(size(CORE) + size(CATEGORIES)).isPositive();
    }

    private static int size(String graph) {
        return server.count("SELECT (COUNT(*) AS ?n) { GRAPH <" + graph + "> { ?s ?p ?o } }");
    }

    @Test
    void several_default_graphs_are_merged_200() {
        String both = "&default-graph-uri=" + SparqlServer.encode(CORE) + "&default-graph-uri="
                + SparqlServer.encode(CATEGORIES);
        assertThat(number(server.get(ALL, JSON, both))).isEqualTo(size(CORE) + size(CATEGORIES));
        assertThat(server.count(ALL.replace("{", "FROM <" + CORE + "> FROM <" + CATEGORIES + "> {")))
                .isEqualTo(size(CORE) + size(CATEGORIES));
    }

    @Test
    void the_dataset_of_the_protocol_goes_before_that_of_the_query_200() {
        String query = ALL.replace("{", "FROM <" + CATEGORIES + "> {");
        assertThat(number(server.get(query, JSON, "&default-graph-uri=" + SparqlServer.encode(CORE))))
                .isEqualTo(size(CORE));
        String named = NAMES.replace("{ GRAPH", "FROM NAMED <" + CATEGORIES + "> { GRAPH");
        HttpResponse<String> answer = server.get(named, JSON, "&named-graph-uri=" + SparqlServer.encode(CORE));
        assertThat(server.rows(answer)).hasSize(1);
        assertThat(server.rows(answer).path(0).path("g").path("value").asText()).isEqualTo(CORE);
    }

    @Test
    void a_dataset_of_named_graphs_alone_has_an_empty_default_graph_200() {
        assertThat(number(server.get(ALL, JSON, "&named-graph-uri=" + SparqlServer.encode(CORE))))
                .isZero();
        assertThat(server.rows(server.get(NAMES, JSON, "&default-graph-uri=" + SparqlServer.encode(CORE))))
                .isEmpty();
    }

    @Test
    void a_graph_that_is_not_there_is_empty_200() {
        assertThat(number(server.get(ALL, JSON, "&default-graph-uri=" + SparqlServer.encode(UNKNOWN))))
                .isZero();
        assertThat(server.rows(server.get(NAMES, JSON, "&named-graph-uri=" + SparqlServer.encode(UNKNOWN))))
                .isEmpty();
        assertThat(server.count(ALL.replace("{", "FROM <" + UNKNOWN + "> FROM <" + CORE + "> {")))
                .isEqualTo(size(CORE));
    }

    @Test
    void two_queries_in_one_request_are_400() {
        for (HttpResponse<String> answer : List.of(
                get("/sparql?" + form(ASK) + "&" + form("SELECT * {}")),
                server.post("/sparql", SparqlServer.FORM, form(ASK) + "&" + form("SELECT * {}")),
                server.post("/sparql?" + form(ASK), SparqlServer.FORM, form(ASK)))) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(SparqlServer.json(answer).path("detail").asText()).contains("Multiple 'query='");
        }
    }

    @Test
    void a_query_that_is_empty_or_missing_is_400() {
        assertThat(get("/sparql?query=").statusCode()).isEqualTo(400);
        assertThat(get("/sparql?default-graph-uri=" + SparqlServer.encode(CORE)).statusCode())
                .isEqualTo(400);
        assertThat(server.post("/sparql", SparqlServer.FORM, "").statusCode()).isEqualTo(400);
        assertThat(server.post("/sparql", QUERY, "").statusCode()).isEqualTo(400);
    }

    @Test
    void another_media_type_or_none_is_415_or_400() {
        assertThat(server.post("/sparql", "text/plain", ASK).statusCode()).isEqualTo(415);
        assertThat(server.send(server.request("/sparql").POST(BodyPublishers.ofString(ASK)))
                        .statusCode())
                .isIn(400, 415);
        assertThat(server.post("/sparql", QUERY + "; charset=UTF-16", ASK).statusCode())
                .isEqualTo(415);
    }

    @Test
    void a_body_that_is_not_utf_8_is_400() {
        byte[] latin = "SELECT * { ?s ?p \"Zürich\" }".getBytes(StandardCharsets.ISO_8859_1);
        HttpResponse<String> answer = server.send(
                server.request("/sparql").header("Content-Type", QUERY).POST(BodyPublishers.ofByteArray(latin)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(get("/sparql?query=SELECT%20*%20%7B%20?s%20?p%20%22Z%FCrich%22%20%7D")
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
    void another_method_is_405(String method) {
        HttpResponse<String> answer =
                server.send(server.request("/sparql?" + form(ASK)).method(method, BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "Allow")).isEqualTo("GET, HEAD, POST, OPTIONS");
    }

    @Test
    void head_has_the_headers_of_get_and_no_body_200() {
        HttpResponse<String> answer =
                server.send(server.request("/sparql?" + form(ASK)).method("HEAD", BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(header(answer, "Content-Type")).startsWith(JSON);
        assertThat(header(answer, "Mercat-Revision")).matches("\\d+");
    }

    // the formats

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            */*                                                         | application/sparql-results+json
            text/csv;q=0.5, application/sparql-results+xml;q=0.9        | application/sparql-results+xml
            text/csv, application/sparql-results+json;q=0.2             | text/csv
            image/png, text/*;q=0.8                                     | text/csv
            application/json                                            | application/json
            text/turtle, text/tab-separated-values;q=0.1                | text/tab-separated-values""")
    void rows_come_in_the_type_that_is_liked_best_200(String accept, String type) {
        HttpResponse<String> answer = server.get("SELECT * {}", accept, "");
        assertThat(header(answer, "Content-Type")).as(answer.body()).startsWith(type);
        assertThat(header(answer, "Vary")).contains("Accept");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/turtle",
                "application/ld+json",
                "application/n-triples",
                "application/rdf+xml",
                "application/trig",
                "application/n-quads",
                "application/rdf+json",
                "application/trix+xml",
                "application/rdf+thrift"
            })
    void a_graph_comes_in_every_syntax_200(String type) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                .send(
                        server.request("/sparql?" + form(CONSTRUCT))
                                .header("Accept", type)
                                .build(),
                        BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).startsWith(type);
        Lang lang = RDFLanguages.contentTypeToLang(type);
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.source(new ByteArrayInputStream(answer.body()))
                .forceLang(lang)
                .parse(graph);
        assertThat(graph.size()).isEqualTo(size(CORE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT * {}       | format=csv     | text/csv
            SELECT * {}       | output=xml     | application/sparql-results+xml
            SELECT * {}       | format=text/tab-separated-values | text/tab-separated-values
            CONSTRUCT {} {}   | format=nt      | application/n-triples
            CONSTRUCT {} {}   | output=json    | application/ld+json""")
    void the_address_can_name_the_type_200(String query, String parameter, String type) {
        HttpResponse<String> answer = server.get(query, "text/html", "&" + parameter);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).startsWith(type);
    }

    @Test
    void a_type_that_there_is_not_is_406_and_told_which_there_are() {
        String rows = SparqlServer.json(server.get("SELECT * {}", "image/png", ""))
                .path("detail")
                .asText();
        assertThat(rows).contains("image/png", "text/csv", JSON, "format=");
        HttpResponse<String> graph = server.get(CONSTRUCT, "text/csv", "");
        assertThat(graph.statusCode()).isEqualTo(406);
        assertThat(SparqlServer.json(graph).path("detail").asText()).contains("text/turtle", "application/n-quads");
        assertThat(server.get("SELECT * {}", JSON, "&format=ttl").statusCode()).isEqualTo(406);
    }

    @Test
    void no_parameter_makes_an_answer_a_script_or_gives_it_another_type_200() {
        HttpResponse<String> answer =
                server.get("SELECT * {}", JSON, "&callback=alert&force-accept=text/html&stylesheet=x");
        assertThat(answer.body()).startsWith("{");
        assertThat(header(answer, "Content-Type")).startsWith(JSON);
    }

    @Test
    void what_takes_gzip_gets_it_and_a_tag_of_its_own_200() throws IOException, InterruptedException {
        String query = "/sparql?" + form("SELECT * { GRAPH <" + CORE + "> { ?s ?p ?o } } ORDER BY ?s ?p ?o");
        HttpResponse<String> plain = get(query);
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest.Builder asks = server.request(query).header("Accept-Encoding", "gzip");
        HttpResponse<byte[]> packed = http.send(asks.build(), BodyHandlers.ofByteArray());
        assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(packed.body().length).isLessThan(plain.body().length() / 3);
        assertThat(new String(
                        new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes(),
                        StandardCharsets.UTF_8))
                .isEqualTo(plain.body());
        assertThat(header(packed, "ETag")).isNotEqualTo(header(plain, "ETag")).endsWith("-gzip\"");
        assertThat(http.send(
                                asks.header("If-None-Match", header(packed, "ETag"))
                                        .build(),
                                BodyHandlers.ofByteArray())
                        .statusCode())
                .isEqualTo(304);
        assertThat(header(get("/sparql?query=x"), "Content-Encoding")).isEmpty();
        HttpResponse<byte[]> refused = http.send(
                server.request("/sparql?query=x")
                        .header("Accept-Encoding", "gzip")
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(new String(
                        new GZIPInputStream(new ByteArrayInputStream(refused.body())).readAllBytes(),
                        StandardCharsets.UTF_8))
                .contains("\"status\":400");
    }

    // what it speaks of

    @Test
    void every_answer_names_the_revision_of_its_data_200() {
        String query = "SELECT ?revision { GRAPH <urn:mercat:store> { ?store <" + CORE + "#revision> ?revision } }";
        HttpResponse<String> answer = server.get(query);
        assertThat(header(answer, "Mercat-Revision"))
                .isEqualTo(server.rows(answer)
                        .path(0)
                        .path("revision")
                        .path("value")
                        .asText())
                .matches("\\d+");
        for (String other : List.of("ASK {}", "DESCRIBE <" + CORE + ">", "CONSTRUCT WHERE { ?s a ?o }")) {
            assertThat(header(server.get(other, "*/*", ""), "Mercat-Revision"))
                    .isEqualTo(header(answer, "Mercat-Revision"));
        }
    }

    @Test
    void an_answer_that_a_client_has_is_304_and_one_that_changes_with_time_has_no_tag() {
        HttpResponse<String> first = get("/sparql?" + form(ALL));
        HttpResponse<String> again =
                server.send(server.request("/sparql?" + form(ALL)).header("If-None-Match", header(first, "ETag")));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "ETag")).isEqualTo(header(first, "ETag"));
        assertThat(header(get("/sparql?" + form(ALL) + "&format=xml"), "ETag")).isNotEqualTo(header(first, "ETag"));
        assertThat(header(get("/sparql?" + form("SELECT (NOW() AS ?n) {}")), "ETag"))
                .isEmpty();
    }

    // other sites

    @ParameterizedTest
    @ValueSource(strings = {"/sparql?query=ASK%7B%7D", "/sparql?query=nonsense", "/sparql", "/graphs", "/queries"})
    void scripts_of_other_sites_may_read_every_answer(String path) {
        HttpResponse<String> answer = server.send(server.request(path).header("Origin", "https://lab.example"));
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(answer, "Access-Control-Expose-Headers")).contains("Mercat-Revision", "Retry-After");
        HttpResponse<String> preflight = server.send(server.request(path)
                .header("Origin", "https://lab.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .method("OPTIONS", BodyPublishers.noBody()));
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(header(preflight, "Access-Control-Allow-Methods")).contains("POST");
        assertThat(header(preflight, "Access-Control-Allow-Headers")).contains("Content-Type", "Authorization");
    }

    // the description

    @Test
    void without_a_query_the_service_describes_itself_200() {
        HttpResponse<String> answer = server.send(server.request("/sparql").header("Accept", "text/turtle"));
        assertThat(answer.statusCode()).isEqualTo(200);
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.fromString(answer.body(), Lang.TURTLE).parse(graph);
        Node service = NodeFactory.createURI("http://localhost/sparql");
        for (String[] said : new String[][] {
            {"endpoint", "http://localhost/sparql"},
            {"feature", "http://www.w3.org/ns/sparql-service-description#UnionDefaultGraph"},
            {"resultFormat", "http://www.w3.org/ns/formats/SPARQL_Results_CSV"},
            {"propertyFeature", CORE + "#search"},
            {"extensionFunction", "https://w3id.org/mercat/functions#fold"}
        }) {
            assertThat(graph.contains(
                            service,
                            NodeFactory.createURI("http://www.w3.org/ns/sparql-service-description#" + said[0]),
                            NodeFactory.createURI(said[1])))
                    .as(said[0] + " in " + answer.body())
                    .isTrue();
        }
        assertThat(server.send(server.request("/sparql").header("Accept", "application/ld+json"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.send(server.request("/sparql").header("Accept", "image/png"))
                        .statusCode())
                .isEqualTo(406);
    }

    // graphs

    @Test
    void a_graph_and_all_graphs_together_can_be_got_200() {
        Graph core = graphOf(get("/graphs?graph=" + SparqlServer.encode(CORE)));
        assertThat(core.size()).isEqualTo(size(CORE));
        HttpResponse<String> all =
                server.send(server.request("/graphs?default").header("Accept", "application/n-triples"));
        assertThat(all.body().lines()).hasSize(server.count(ALL));
        assertThat(header(all, "Mercat-Revision")).matches("\\d+");
        assertThat(graphOf(get("/graphs?default")).size()).isEqualTo(server.count(ALL));
    }

    private static Graph graphOf(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).startsWith("text/turtle");
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.fromString(answer.body(), Lang.TURTLE).parse(graph);
        return graph;
    }

    @Test
    void a_graph_that_there_is_not_is_404_and_one_not_named_400() {
        assertThat(get("/graphs?graph=" + SparqlServer.encode(UNKNOWN)).statusCode())
                .isEqualTo(404);
        for (String bad : List.of("", "?graph=relative", "?default&graph=" + SparqlServer.encode(CORE), "?graph=")) {
            assertThat(get("/graphs" + bad).statusCode()).as(bad).isEqualTo(400);
        }
        assertThat(server.send(server.request("/graphs?default").header("Accept", "image/png"))
                        .statusCode())
                .isEqualTo(406);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "POST", "DELETE", "PATCH"})
    void a_graph_is_not_written_here_405(String method) {
        HttpResponse<String> answer = server.send(server.request("/graphs?graph=" + SparqlServer.encode(CORE))
                .header("Content-Type", "text/turtle")
                .method(method, BodyPublishers.ofString("<urn:x> <urn:x> <urn:x> .")));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(header(answer, "Allow")).contains("GET", "HEAD").doesNotContain(method);
    }

    @Test
    void a_graph_that_a_client_has_is_304() {
        String path = "/graphs?graph=" + SparqlServer.encode(CORE);
        String tag = header(get(path), "ETag");
        assertThat(server.send(server.request(path).header("If-None-Match", tag))
                        .statusCode())
                .isEqualTo(304);
    }
}
