// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.shacl.vocabulary.SHACL;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client that reads RDF is told when the shapes refuse. */
class ValidationReportTest {
    private static final String ID = "acme/parking/report";
    private static final String PATH = Offerings.pathOf(ID);
    private static final String WITHOUT_LICENCE = Offerings.changed(ID, o -> o.remove("licence"));

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static TestServer.Client accepting(String accept) {
        return SERVER.as(TestServer.PARKING).with("Accept", accept);
    }

    private static Graph report(Answer answer, Lang lang) {
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.source(new ByteArrayInputStream(answer.response().body()))
                .lang(lang)
                .parse(graph);
        return graph;
    }

    private static Node value(Graph graph, Node property) {
        List<Node> values = graph.find(Node.ANY, property, Node.ANY)
                .mapWith(Triple::getObject)
                .toList();
        assertThat(values).as("%s in %s", property, graph).hasSize(1);
        return values.get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "text/turtle, TURTLE",
        "application/ld+json, JSONLD",
        "application/n-triples, N-TRIPLES",
        "application/rdf+xml, RDF/XML",
        "application/trig, TRIG"
    })
    void a_refusal_in_the_accepted_syntax_is_422(String type, String lang) {
        Answer answer = accepting(type).json("PUT", PATH, WITHOUT_LICENCE).mustBe(422);
        assertThat(answer.header("Content-Type")).startsWith(type);
        Graph report = report(answer, RDFLanguages.nameToLang(lang));
        assertThat(value(report, SHACL.conforms).getLiteralValue()).isEqualTo(false);
        Node result = value(report, SHACL.result);
        assertThat(report.contains(result, RDF.Nodes.type, SHACL.ValidationResult))
                .isTrue();
        assertThat(value(report, SHACL.focusNode)).hasToString(Offerings.iriOf(ID));
        assertThat(value(report, SHACL.resultPath)).hasToString("http://purl.org/dc/terms/license");
        assertThat(value(report, SHACL.resultSeverity)).isEqualTo(SHACL.Violation);
        assertThat(value(report, SHACL.sourceShape)).hasToString("https://w3id.org/mercat/shapes#Offering-licence");
        assertThat(value(report, SHACL.sourceConstraintComponent))
                .hasToString(SHACL.NS + "MinCountConstraintComponent");
        assertThat(value(report, SHACL.resultMessage).getLiteralLexicalForm()).contains("\"licence\"");
        SERVER.as(TestServer.NOBODY).get(PATH).mustBe(404);
    }

    @Test
    void the_report_has_the_value_and_suggests_known_terms_422() {
        String body = Offerings.turtle(ID).replace("datatypes#Longitude", "datatypes#Longitud");
        Answer answer =
                accepting("text/turtle").send("PUT", PATH, "text/turtle", body).mustBe(422);
        Graph report = report(answer, Lang.TURTLE);
        assertThat(value(report, SHACL.value)).hasToString("https://w3id.org/mercat/datatypes#Longitud");
        assertThat(value(report, SHACL.resultMessage).getLiteralLexicalForm()).contains("did you mean Longitude");
        assertThat(value(report, SHACL.resultMessage).getLiteralLanguage()).isEqualTo("en");
    }

    @Test
    void a_path_of_several_properties_is_told_whole_422() {
        Answer answer = accepting("text/turtle")
                .json("PUT", PATH, Offerings.changed(ID, o -> o.remove("outputs")))
                .mustBe(422);
        Graph report = report(answer, Lang.TURTLE);
        Node result = report.find(
                        Node.ANY,
                        SHACL.sourceShape,
                        NodeFactory.createURI("https://w3id.org/mercat/shapes#Offering-elements"))
                .next()
                .getSubject();
        Node path = report.find(result, SHACL.resultPath, Node.ANY).next().getObject();
        assertThat(report.contains(path, SHACL.alternativePath, Node.ANY)).isTrue();
    }

    @Test
    void posting_patching_and_rehearsing_report_as_well_422() {
        accepting("*/*")
                .json("PUT", PATH + "-there", Offerings.small(ID + "-there").toString())
                .mustBe(201);
        TestServer.Client client = accepting("text/turtle").with("If-Match", "*");
        for (Answer answer : List.of(
                accepting("text/turtle").json("POST", "/offerings", WITHOUT_LICENCE),
                accepting("text/turtle").json("PUT", PATH + "?dryRun=true", WITHOUT_LICENCE),
                client.patch(PATH + "-there", "{\"licence\": null}"))) {
            assertThat(value(report(answer.mustBe(422), Lang.TURTLE), SHACL.sourceShape)
                            .getLocalName())
                    .isEqualTo("Offering-licence");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/json, text/turtle",
                "text/turtle;q=0.5, application/json",
                "text/turtle, application/problem+json"
            })
    void who_reads_json_or_problems_gets_a_problem_422(String accept) {
        Answer answer = accepting(accept).json("PUT", PATH, WITHOUT_LICENCE).mustBeProblem(422);
        assertThat(answer.error().path("path").asText()).isEqualTo("http://purl.org/dc/terms/license");
    }

    @Test
    void what_no_shape_refuses_is_a_problem_all_the_same() {
        accepting("text/turtle").send("PUT", PATH, "text/turtle", "<> a ").mustBeProblem(400);
        SERVER.as(TestServer.RIVAL)
                .with("Accept", "text/turtle")
                .json("PUT", PATH, WITHOUT_LICENCE)
                .mustBeProblem(403);
    }
}
