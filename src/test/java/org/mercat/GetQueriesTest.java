// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The query library as a list, in JSON and in RDF. */
class GetQueriesTest {
    private static final String SHACL = "http://www.w3.org/ns/shacl#";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @BeforeAll
    static void offer() {
        String id = "acme/parking/x";
        SERVER.as(TestServer.PARKING)
                .json("PUT", Offerings.pathOf(id), Offerings.small(id).toString())
                .mustBe(201);
    }

    private static TestServer.Client nobody() {
        return SERVER.as(TestServer.NOBODY);
    }

    private static List<JsonNode> listed() {
        List<JsonNode> queries = new ArrayList<>();
        nobody().get("/queries").mustBe(200).json().path("queries").forEach(queries::add);
        assertThat(queries).hasSizeGreaterThan(30);
        return queries;
    }

    private static Graph graph(String accept, Lang lang) {
        Answer answer = nobody().get("/queries", accept).mustBe(200);
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.fromString(answer.text(), lang).parse(graph);
        return graph;
    }

    private static Node shacl(String name) {
        return NodeFactory.createURI(SHACL + name);
    }

    @Test
    void queries_are_listed_with_parameters_columns_and_chart_200() {
        JsonNode query = listed().stream()
                .filter(each -> each.path("name").asText().equals("statistics/offerings-by-category"))
                .findFirst()
                .orElseThrow();
        assertThat(query.path("summary").asText()).contains("by category");
        assertThat(query.path("parameters").toString())
                .isEqualTo("[{\"name\":\"language\",\"type\":\"string\",\"default\":\"en\"}]");
        assertThat(query.path("columns").toString()).isEqualTo("[\"category\",\"label\",\"offerings\"]");
        assertThat(query.path("chart").toString()).isEqualTo("{\"kind\":\"bar\",\"x\":\"label\",\"y\":\"offerings\"}");
        assertThat(query.path("address").asText())
                .isEqualTo(TestServer.BASE + "queries/statistics/offerings-by-category");
    }

    @Test
    void what_is_for_the_server_or_for_stewards_is_not_listed() {
        assertThat(listed().stream().map(query -> query.path("name").asText()))
                .contains("search/by-words")
                .doesNotContain("search/members")
                .noneMatch(name -> name.startsWith("hygiene/"));
    }

    @TestFactory
    Stream<DynamicTest> every_query_is_answered_at_its_address_200() {
        return listed().stream()
                .map(query -> query.path("address").asText().replace(TestServer.BASE, "/"))
                .map(path -> DynamicTest.dynamicTest(
                        path,
                        () -> assertThat(nobody().get(path, "text/csv")
                                        .mustBe(200)
                                        .text())
                                .isNotBlank()));
    }

    @TestFactory
    Stream<DynamicTest> every_query_in_the_list_runs_as_it_is_200() {
        Graph graph = graph("text/turtle", Lang.TURTLE);
        List<Node> queries = graph.find(Node.ANY, RDF.Nodes.type, shacl("SPARQLSelectExecutable")).toList().stream()
                .map(triple -> triple.getSubject())
                .toList();
        assertThat(queries).hasSameSizeAs(listed());
        return queries.stream()
                .map(query -> DynamicTest.dynamicTest(query.getURI(), () -> {
                    String text = graph.find(query, shacl("select"), Node.ANY)
                            .next()
                            .getObject()
                            .getLiteralLexicalForm();
                    nobody().get("/sparql?query=" + URLEncoder.encode(text, StandardCharsets.UTF_8))
                            .mustBe(200);
                }));
    }

    @ParameterizedTest
    @CsvSource({
        "application/rdf+xml,RDF/XML",
        "application/n-triples,N-Triples",
        "application/ld+json,JSON-LD",
        "application/trig,TriG"
    })
    void the_list_is_the_same_in_every_syntax_200(String accept, String lang) {
        Lang syntax = RDFLanguages.nameToLang(lang);
        assertThat(graph(accept, syntax).isIsomorphicWith(graph("text/turtle", Lang.TURTLE)))
                .isTrue();
    }

    @Test
    void a_parameter_is_described_with_type_and_default() {
        Graph graph = graph("text/turtle", Lang.TURTLE);
        Node query = NodeFactory.createURI(TestServer.BASE + "queries/statistics/ending-soon");
        Node parameter = graph.find(query, shacl("parameter"), Node.ANY).next().getObject();
        assertThat(graph.contains(parameter, shacl("name"), NodeFactory.createLiteralString("days")))
                .isTrue();
        assertThat(graph.find(parameter, shacl("defaultValue"), Node.ANY)
                        .next()
                        .getObject()
                        .getLiteralLexicalForm())
                .isEqualTo("7");
    }

    @Test
    void a_page_of_another_site_may_read_it_200() {
        assertThat(nobody().with("Origin", "https://elsewhere.example")
                        .get("/queries")
                        .header("Access-Control-Allow-Origin"))
                .isEqualTo("*");
    }

    @Test
    void what_is_not_offered_is_406() {
        nobody().get("/queries", "image/png").mustBeProblem(406);
    }
}
