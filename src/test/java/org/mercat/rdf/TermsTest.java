// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.SKOS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mercat.ns.MC;

class TermsTest {
    private static final String PREFIXES = """
            @prefix cat: <https://w3id.org/mercat/categories#> .
            @prefix dt: <https://w3id.org/mercat/datatypes#> .
            @prefix mc: <https://w3id.org/mercat/core#> .
            @prefix owl: <http://www.w3.org/2002/07/owl#> .
            @prefix dcterms: <http://purl.org/dc/terms/> .
            @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            @prefix ex: <https://example.org/> .
            """;
    private static final Graph VOCABULARY = TestGraphs.turtle(PREFIXES + """
            mc:SemanticType rdfs:subClassOf owl:Class ; rdfs:isDefinedBy ex:v .
            mc:Segment rdfs:subClassOf skos:Concept ; rdfs:isDefinedBy ex:v .
            dt:WindDirection a mc:SemanticType ; rdfs:isDefinedBy ex:v ; mc:valueType mc:number ;
              rdfs:label "Wind direction"@en , "Windrichtung"@de ; skos:exactMatch ex:windDir .
            dt:WindSpeed a mc:SemanticType ; rdfs:isDefinedBy ex:v ; rdfs:label "Wind speed"@en .
            ex:airspeed owl:equivalentClass dt:WindSpeed .
            dt:Temperature a mc:SemanticType ; rdfs:isDefinedBy ex:v ; rdfs:label "Temperature"@en .
            dt:Heat a mc:SemanticType ; rdfs:isDefinedBy ex:v ; rdfs:label "Temprature"@en ;
              owl:deprecated true ; dcterms:isReplacedBy dt:Temperature .
            dt:VacantChargingStationCount a mc:SemanticType ; rdfs:isDefinedBy ex:v ;
              rdfs:label "Vacant charging station count"@en .
            dt:VacantParkingSpaceCount a mc:SemanticType ; rdfs:isDefinedBy ex:v ;
              rdfs:label "Vacant parking space count"@en ; skos:altLabel "free parking slots"@en .
            cat:Parking a skos:Concept ; rdfs:isDefinedBy ex:v ;
              skos:prefLabel "Parking"@en , "Aparcamiento"@es , "Parkplätze"@de .
            cat:AirQuality a skos:Concept ; rdfs:isDefinedBy ex:v ; skos:prefLabel "Air quality"@en .
            cat:Cities a mc:Segment ; rdfs:isDefinedBy ex:v ; skos:prefLabel "Cities"@en .
            """);
    private final Terms terms = Terms.of(List.of(VOCABULARY));

    @Test
    void an_alias_is_known_and_stands_for_our_term_whichever_way_the_match_is_written() {
        assertThat(terms.isKnown(ex("windDir"))).isTrue();
        assertThat(terms.canonical(ex("windDir"))).isEqualTo(dt("WindDirection"));
        assertThat(terms.canonical(ex("airspeed"))).isEqualTo(dt("WindSpeed"));
        assertThat(terms.canonical(dt("WindSpeed"))).isEqualTo(dt("WindSpeed"));
    }

    @Test
    void a_vocabulary_in_another_syntax_is_told_by_its_name() {
        Map.of("<?xml version=\"1.0\"?><rdf:RDF/>", "RDF/XML", "{\"@graph\": []}", "JSON-LD", "<html>", "web page")
                .forEach((text, syntax) -> assertThatThrownBy(() -> Vocabularies.parse("mine.ttl", text))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("vocabularies/mine.ttl, line 1, column 1: This is ")
                        .hasMessageContaining(syntax));
    }

    @Test
    void an_alias_has_the_type_and_the_value_type_of_our_term() {
        assertThat(terms.graph().contains(ex("windDir"), RDF.type.asNode(), MC.SemanticType))
                .isTrue();
        assertThat(terms.graph().contains(ex("windDir"), MC.valueType, MC.number))
                .isTrue();
        assertThat(terms.graph().contains(ex("airspeed"), RDF.type.asNode(), MC.SemanticType))
                .isTrue();
    }

    @Test
    void what_no_vocabulary_defines_is_not_known() {
        assertThat(terms.isKnown(dt("WindDirektion"))).isFalse();
        assertThat(terms.isKnown(NodeFactory.createLiteralString("WindSpeed"))).isFalse();
    }

    @Test
    void the_snapshot_does_not_see_later_changes_nor_make_any() {
        Graph vocabulary = TestGraphs.turtle(PREFIXES + "dt:A rdfs:isDefinedBy ex:v ; skos:exactMatch ex:a .");
        Terms before = Terms.of(List.of(vocabulary));
        assertThat(vocabulary.size()).isEqualTo(2);
        vocabulary.add(dt("B"), SKOS.exactMatch.asNode(), dt("A"));
        assertThat(before.isKnown(dt("B"))).isFalse();
    }

    @Test
    void a_label_falls_back_to_English_and_then_to_the_IRI() {
        assertThat(terms.label(dt("WindDirection"), "de")).isEqualTo("Windrichtung");
        assertThat(terms.label(ex("windDir"), "de")).isEqualTo("Windrichtung");
        assertThat(terms.label(dt("WindDirection"), "ca")).isEqualTo("Wind direction");
        assertThat(terms.label(dt("Nothing"), "en")).isEqualTo("Nothing");
    }

    @Test
    void a_deprecated_term_names_its_replacement_and_is_not_suggested() {
        assertThat(terms.isDeprecated(dt("Heat"))).isTrue();
        assertThat(terms.deprecated(dt("Heat"))).contains(dt("Temperature"));
        assertThat(terms.deprecated(dt("Temperature"))).isEmpty();
        assertThat(terms.nearest("temprature", MC.SemanticType, 5))
                .extracting(Suggestion::term)
                .doesNotContain(dt("Heat"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://schema.big-iot.org/mobility/chargingNumberOfVacantStations, VacantChargingStationCount",
        "http://schema.big-iot.org/mobility/numberOfAvailableParkingSlots, VacantParkingSpaceCount",
        "environment/hasWindDirection, WindDirection",
        "windrichtung, WindDirection",
        "ex:winddir, WindDirection",
        "winddirecton, WindDirection",
        "temprature, Temperature",
        "TEMPERATURES, Temperature"
    })
    void the_nearest_semantic_type(String asked, String expected) {
        assertThat(terms.nearest(asked, MC.SemanticType, 3).get(0).term()).isEqualTo(dt(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "Parkin, Parking",
        "bigiot:AirQuality, AirQuality",
        "urn:big-iot:AirQualityCategory, AirQuality",
        "parkplatze, Parking",
        "aparcamientos, Parking",
        "cities, Cities"
    })
    void the_nearest_category(String asked, String expected) {
        assertThat(terms.nearest(asked, SKOS.Concept.asNode(), 3).get(0).term().getURI())
                .isEqualTo("https://w3id.org/mercat/categories#" + expected);
    }

    @Test
    void suggestions_are_of_the_asked_kind_best_first_and_not_too_many() {
        List<Suggestion> found = terms.nearest("wind speed", MC.SemanticType, 2);
        assertThat(found).extracting(Suggestion::term).containsExactly(dt("WindSpeed"), dt("WindDirection"));
        assertThat(found.get(0).similarity()).isEqualTo(1);
        assertThat(found.get(0).label()).isEqualTo("Wind speed");
        assertThat(terms.nearest("wind speed", SKOS.Concept.asNode(), 2)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"xyzzy", "''", "'#'", "'://///'", "'?'"})
    void what_is_like_nothing_has_no_suggestion(String asked) {
        assertThat(terms.nearest(asked, Node.ANY, 3)).isEmpty();
    }

    @Test
    void a_huge_word_is_answered_too() {
        assertThat(terms.nearest("windDirection ".repeat(100_000), Node.ANY, 3)).isNotEmpty();
        assertThat(terms.nearest("a".repeat(1_000_000), Node.ANY, 3)).isEmpty();
    }

    private static Node dt(String name) {
        return NodeFactory.createURI("https://w3id.org/mercat/datatypes#" + name);
    }

    private static Node ex(String name) {
        return NodeFactory.createURI("https://example.org/" + name);
    }
}
