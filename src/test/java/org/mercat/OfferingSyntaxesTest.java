// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One offering in every syntax, in and out. */
class OfferingSyntaxesTest {
    private static final List<String> SERVER_MANAGED =
            List.of("@context", "@id", "@type", "created", "modified", "revision");

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static TestServer.Client parking() {
        return SERVER.as(TestServer.PARKING);
    }

    private static Answer put(String id, String type, String body) {
        return parking().send("PUT", Offerings.pathOf(id), type, body);
    }

    @Test
    void json_comes_back_as_it_was_sent_200() {
        String id = "acme/parking/full";
        ObjectNode sent = Offerings.full(id);
        put(id, "application/json", sent.toString()).mustBe(201);
        ObjectNode got =
                (ObjectNode) parking().get(Offerings.pathOf(id)).mustBe(200).json();
        assertThat(got.path("@id").asText()).isEqualTo(Offerings.iriOf(id));
        assertThat(got.path("@context").asText()).isEqualTo(TestServer.BASE + "context/v1.jsonld");
        assertThat(got.path("@type").asText()).isEqualTo("Offering");
        assertThat(got.path("revision").asLong()).isPositive();
        assertThat(got.path("created")).isEqualTo(got.path("modified"));
        assertThat(got.remove(SERVER_MANAGED)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/ld+json",
                "text/turtle",
                "application/rdf+xml",
                "application/n-triples",
                "application/trig"
            })
    void every_syntax_says_the_same_as_json_200(String type) {
        String id = "acme/parking/same";
        put(id, "application/json", Offerings.full(id).toString());
        Graph json = Graphs.of(parking().get(Offerings.pathOf(id)));
        Graph other = Graphs.of(parking().get(Offerings.pathOf(id), type));
        assertThat(json.size()).isGreaterThan(40);
        Graphs.mustBeIsomorphic(other, json);
    }

    @Test
    void what_only_rdf_can_say_is_in_json_too_200() {
        String id = "acme/parking/more";
        String body = Offerings.turtle(id)
                + "<> <https://x.example/p> 1.50 , \"x\"@en-GB , <https://x.example/o> , [ <https://x.example/q> true ] .\n"
                + "<> <https://x.example/p2> ( 1 2 ) .\n<#free> <https://x.example/q> \"hangs on nothing\" .\n";
        put(id, "text/turtle", body).mustBe(201);
        Graph turtle = Graphs.of(parking().get(Offerings.pathOf(id), "text/turtle"));
        Graphs.mustBeIsomorphic(Graphs.of(parking().get(Offerings.pathOf(id), "application/json")), turtle);
        Graphs.mustBeIsomorphic(Graphs.of(parking().get(Offerings.pathOf(id), "application/ld+json")), turtle);
    }

    @ParameterizedTest
    @CsvSource({"text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json", "application/json"
    })
    void what_was_got_can_be_put_and_changes_nothing_200(String type) {
        String id = "acme/parking/again";
        put(id, "application/json", Offerings.full(id).toString());
        Answer got = parking().get(Offerings.pathOf(id), type);
        put(id, type, got.text()).mustBe(200);
        Answer again = parking().get(Offerings.pathOf(id), type);
        Graph before = Graphs.withoutServerManaged(Graphs.of(got));
        assertThat(Graphs.withoutServerManaged(Graphs.of(again)).isIsomorphicWith(before))
                .isTrue();
    }

    @Test
    void turtle_with_blank_nodes_is_named_by_json_pointers_201() {
        String id = "acme/parking/blank";
        put(id, "text/turtle", Offerings.turtle(id)).mustBe(201);
        String stored =
                parking().get(Offerings.pathOf(id), "application/n-triples").text();
        assertThat(stored)
                .doesNotContain("_:")
                .contains(
                        "<" + Offerings.iriOf(id) + "#/outputs/0>",
                        "<" + Offerings.iriOf(id) + "#/endpoint>",
                        "<" + Offerings.iriOf(id) + "#/price>",
                        "<" + Offerings.iriOf(id) + "#/place>");
    }

    @Test
    void a_blank_node_added_to_named_ones_takes_a_name_of_its_own_200() {
        String id = "acme/parking/added";
        put(id, "text/turtle", Offerings.turtle(id)).mustBe(201);
        String got = parking().get(Offerings.pathOf(id), "text/turtle").text();
        String more = got + "<> mc:output [ mc:name \"latitude\" ; mc:semanticType dt:Latitude ] .\n"
                + "<#/endpoint> <https://x.example/p> [ <https://x.example/q> true ] .\n";
        put(id, "text/turtle", more).mustBe(200);
        var outputs = parking().get(Offerings.pathOf(id)).json().path("outputs");
        assertThat(outputs.findValuesAsText("name")).containsExactlyInAnyOrder("longitude", "latitude");
        assertThat(outputs).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"text/turtle, TURTLE", "application/rdf+xml, RDF/XML", "application/n-triples, N-Triples"})
    void an_offering_in_rdf_is_201(String type, String language) {
        String id =
                "acme/parking/" + language.toLowerCase(java.util.Locale.ROOT).replaceAll("\\W", "");
        put(id, "application/json", Offerings.full(id).toString());
        Graph graph = Graphs.of(parking().get(Offerings.pathOf(id)));
        parking().delete(Offerings.pathOf(id)).mustBe(204);
        put(id, type, Graphs.written(graph, org.apache.jena.riot.RDFLanguages.nameToLang(language)))
                .mustBe(201);
        Graphs.mustBeIsomorphic(
                Graphs.withoutServerManaged(Graphs.of(parking().get(Offerings.pathOf(id)))),
                Graphs.withoutServerManaged(graph));
    }

    @Test
    void json_ld_with_another_context_is_201() {
        String id = "acme/parking/context";
        ObjectNode body = Offerings.small(id);
        body.put("@id", Offerings.iriOf(id)).put("@type", "Offering");
        body.set("heading", body.remove("title"));
        body.withArray("@context")
                .add(TestServer.BASE + "context/v1.jsonld")
                .addObject()
                .putObject("heading")
                .put("@id", "http://purl.org/dc/terms/title")
                .put("@container", "@language");
        put(id, "application/ld+json", body.toString()).mustBe(201);
        assertThat(parking()
                        .get(Offerings.pathOf(id))
                        .json()
                        .path("title")
                        .path("de")
                        .asText())
                .isEqualTo("Freie Parkplätze");
    }

    @Test
    void an_offering_sent_to_the_collection_is_found_at_its_address_201() {
        String id = "acme/parking/posted";
        Answer created = parking()
                .json("POST", "/offerings", Offerings.small(id).toString())
                .mustBe(201);
        assertThat(created.header("Location")).isEqualTo(Offerings.iriOf(id));
        parking().get(Offerings.pathOf(id)).mustBe(200);
        parking().json("POST", "/offerings", Offerings.small(id).toString()).mustBeProblem(409);
        String turtle = "@base <" + Offerings.iriOf("acme/parking/posted2") + "> .\n" + Offerings.turtle(id);
        parking().send("POST", "/offerings", "text/turtle", turtle).mustBe(201);
    }
}
