// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.shacl.vocabulary.SHACL;
import org.apache.jena.vocabulary.RDF;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mercat.rdf.Violation.Severity;

class ShapesTest {
    private static final String PREFIXES = """
            @prefix mc: <https://w3id.org/mercat/core#> .
            @prefix dt: <https://w3id.org/mercat/datatypes#> .
            @prefix dcterms: <http://purl.org/dc/terms/> .
            @prefix geo: <http://www.opengis.net/ont/geosparql#> .
            @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
            @prefix schema: <http://schema.org/> .
            @prefix ex: <https://example.org/> .
            """;
    private static final Shapes SHAPES = TestGraphs.shapes();
    private static final Terms TERMS = TestGraphs.terms();

    @Test
    void shapes_that_import_others_are_refused() {
        Graph importing =
                TestGraphs.turtle("<urn:example:a> <http://www.w3.org/2002/07/owl#imports> <urn:example:b> .");
        assertThatThrownBy(() -> Shapes.parse(importing)).hasMessageContaining("owl:imports");
    }

    @Test
    void a_node_of_the_vocabulary_is_never_a_focus_node() {
        Graph vocabulary = TestGraphs.turtle(PREFIXES + "ex:o a mc:Offering ; mc:price ex:p .");
        assertThat(SHAPES.validate(TestGraphs.turtle(""), vocabulary)).isEmpty();
    }

    @Test
    void data_cannot_make_a_term_known() {
        Graph data = TestGraphs.turtle(PREFIXES + """
                        ex:o mc:input ex:e . ex:e mc:name "e" ; mc:semanticType ex:Mine .
                        ex:Mine a ex:Type . ex:Type rdfs:subClassOf mc:SemanticType .""");
        assertThat(SHAPES.validate(data, TERMS.graph()))
                .filteredOn(Violation::refuses)
                .extracting(found -> found.shape().getLocalName())
                .contains("Term");
    }

    @Test
    void violations_come_before_warnings() {
        assertThat(SHAPES.validate(TestGraphs.turtle(PREFIXES + "ex:o a mc:Offering ."), TERMS.graph()))
                .extracting(Violation::severity)
                .contains(Severity.VIOLATION, Severity.WARNING)
                .isSorted();
    }

    @Test
    void a_deprecated_term_is_warned_about_with_its_replacement() {
        Violation warning =
                only("ex:o mc:input ex:e . ex:e mc:name \"e\" ; mc:semanticType dt:Old ; mc:unit ex:u .", 0);
        assertThat(warning.path()).isEqualTo("https://w3id.org/mercat/core#semanticType");
        assertThat(warning.value().getLocalName()).isEqualTo("Old");
        assertThat(warning.message()).endsWith("It is replaced by <https://w3id.org/mercat/datatypes#Longitude>.");
    }

    @Test
    void the_report_is_a_SHACL_validation_report() {
        Graph report =
                SHAPES.report(TestGraphs.turtle(PREFIXES + "ex:o a mc:Offering ."), TERMS.graph(), Violation::message);
        assertThat(report.contains(Node.ANY, RDF.type.asNode(), SHACL.ValidationReport))
                .isTrue();
        assertThat(report.contains(Node.ANY, RDF.type.asNode(), SHACL.ValidationResult))
                .isTrue();
    }

    @Test
    void members_in_a_circle_are_refused_and_not_followed_for_ever() {
        Graph data = TestGraphs.turtle(PREFIXES + "ex:o mc:input ex:e . ex:e mc:member ex:f . ex:f mc:member ex:e .");
        assertThat(SHAPES.validate(data, TERMS.graph()))
                .extracting(found -> found.shape().getLocalName())
                .contains("Input-depth");
    }

    @Test
    void huge_hostile_values_are_refused_quickly() {
        List<String> values = List.of(
                "ex:o dcterms:spatial ex:l . ex:l geo:asWKT \"POINT(" + "1 ".repeat(500_000) + "x\"^^geo:wktLiteral .",
                "ex:o dcterms:spatial ex:l . ex:l geo:asWKT \"" + " ".repeat(1_000_000) + "\"^^geo:wktLiteral .",
                "ex:o dcterms:spatial ex:l . ex:l geo:asWKT \"POINT(" + "0".repeat(1_000_000) + "\"^^geo:wktLiteral .",
                "ex:o mc:input ex:e . ex:e mc:name \"" + "a ".repeat(500_000) + "\" .",
                "ex:a a <http://www.w3.org/ns/org#Organization> ; schema:email \"a@" + "a.".repeat(500_000) + "\" .");
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> values.forEach(
                        value -> assertThat(SHAPES.validate(TestGraphs.turtle(PREFIXES + value), TERMS.graph()))
                                .anyMatch(Violation::refuses)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POINT(180 90)",
                "POINT (-180.0 -90.0)",
                "point(2.17 41.38)",
                "POLYGON((0 0, 0.9999 0, 1 1, 0 0), (0.1 0.1, 0.2 0.1, 0.2 0.2, 0.1 0.1))",
                "MULTIPOLYGON(((100 0,\n101 0,101 1,100 0)))",
                "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(100.5 89.99999)"
            })
    void a_geometry_on_the_earth_is_accepted(String wkt) {
        assertThat(SHAPES.validate(place(wkt), TERMS.graph())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "POINT",
                "POINT EMPTY",
                "POINT(181 0)",
                "POINT(0 -91)",
                "POINT(0 0181)",
                "POLYGON((0 0, 1 0, 1 100.5, 0 0))",
                "LINESTRING(0 0, 1 1)",
                "ENVELOPE(0, 1, 1, 0)",
                "<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(41.38 2.17)",
                "POINT(1e1 1)",
                "POINT(a b)"
            })
    void a_geometry_elsewhere_or_of_another_kind_is_refused(String wkt) {
        assertThat(SHAPES.validate(place(wkt), TERMS.graph()))
                .extracting(found -> found.shape().getLocalName())
                .containsOnly("Place-wkt");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_GET, mqtt",
        "HTTP_POST, ws",
        "HTTP_PUT, coap",
        "WEBSOCKET, https",
        "MQTT, http",
        "COAP, amqp",
        "AMQP, wss"
    })
    void a_protocol_that_does_not_go_with_the_address_is_refused(String protocol, String scheme) {
        Graph data = TestGraphs.turtle(PREFIXES + "ex:o mc:endpoint ex:n . ex:n mc:protocol mc:" + protocol
                + " ; <http://www.w3.org/ns/dcat#endpointURL> <" + scheme + "://host.example.org/> .");
        assertThat(SHAPES.validate(data, TERMS.graph()))
                .filteredOn(Violation::refuses)
                .extracting(found -> found.shape().getLocalName())
                .containsExactly("Endpoint");
    }

    @Test
    void many_threads_validate_with_the_same_shapes() {
        Graph good = TestGraphs.read(TestGraphs.DATA.resolve("valid/Offering.ttl"));
        Graph bad = TestGraphs.turtle(PREFIXES + "ex:o a mc:Offering .");
        int expected = SHAPES.validate(bad, TERMS.graph()).size();
        assertThat(IntStream.range(0, 400).parallel().boxed()).allSatisfy(i -> {
            assertThat(SHAPES.validate(good, TERMS.graph())).isEmpty();
            assertThat(SHAPES.validate(bad, TERMS.graph())).hasSize(expected);
        });
    }

    @Test
    void every_currency_of_the_shapes_is_one_that_Java_knows_or_newer_than_it() {
        List<String> unknown = TestGraphs.read(Path.of("shapes/tariff.ttl")).stream()
                .map(triple -> triple.getObject())
                .filter(object ->
                        object.isLiteral() && object.getLiteralLexicalForm().matches("[A-Z]{3}"))
                .map(Node::getLiteralLexicalForm)
                .filter(code -> Currency.getAvailableCurrencies().stream()
                        .noneMatch(currency -> currency.getCurrencyCode().equals(code)))
                .toList();
        assertThat(List.of("SLE", "VED", "XCG", "ZWG", "MRU", "STN", "UYW")).containsAll(unknown);
    }

    private static Graph place(String wkt) {
        return TestGraphs.turtle(
                PREFIXES + "ex:o dcterms:spatial ex:l . ex:l geo:asWKT \"\"\"" + wkt + "\"\"\"^^geo:wktLiteral .");
    }

    private static Violation only(String turtle, int index) {
        return SHAPES.validate(TestGraphs.turtle(PREFIXES + turtle), TERMS.graph()).stream()
                .filter(found -> found.shape().getLocalName().startsWith("Deprecated"))
                .toList()
                .get(index);
    }
}
