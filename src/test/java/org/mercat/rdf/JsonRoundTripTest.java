// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.document.JsonDocument;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.json.JsonArray;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRoundTripTest {
    private static final String MC = "https://w3id.org/mercat/core#";

    private static String json(String name) {
        return Bodies.file("src/test/resources/json/" + name + ".json");
    }

    private static Subject subject(String name) {
        return switch (name) {
            case "organization" -> Bodies.subject("organizations/", "acme", "http://www.w3.org/ns/org#Organization");
            case "provider" -> Bodies.subject("providers/", "acme/parking", MC + "Provider");
            case "consumer" -> Bodies.subject("consumers/", "acme/parking", MC + "Consumer");
            default -> Bodies.OFFERING;
        };
    }

    private static Graph graph(String name) {
        return Bodies.READER.read(Bodies.bytes(json(name)), subject(name)).graph();
    }

    @ParameterizedTest
    @ValueSource(strings = {"offering", "organization", "provider", "consumer"})
    void json_comes_back_as_it_was_sent(String name) {
        byte[] written = Bodies.WRITER.write(graph(name), Bodies.node(subject(name)));
        assertThat(Bodies.tree(written)).isEqualTo(Bodies.tree(json(name)));
        assertThat(names(Bodies.tree(written))).isEqualTo(names(Bodies.tree(json(name))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"offering", "organization", "provider", "consumer"})
    void a_json_ld_processor_reads_the_same_from_what_was_sent(String name) {
        Graph processed = Bodies.readJsonLd(Bodies.bytes(json(name)));
        assertThat(processed.isIsomorphicWith(Bodies.withoutNames(graph(name))))
                .as("%s", processed)
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"offering", "organization", "provider", "consumer"})
    void a_json_ld_processor_reads_the_very_same_graph_from_json_with_child_ids(String name) {
        byte[] written = Bodies.WRITER.withChildIds().write(graph(name), Bodies.node(subject(name)));
        Graph processed = Bodies.readJsonLd(written);
        assertThat(processed.isIsomorphicWith(graph(name))).as("%s", processed).isTrue();
        assertThat(Bodies.READER.read(written, subject(name)).graph().isIsomorphicWith(graph(name)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"offering", "organization", "provider", "consumer"})
    void the_frame_gives_the_nested_form_back(String name) throws JsonLdError {
        byte[] written = Bodies.WRITER.withChildIds().write(graph(name), Bodies.node(subject(name)));
        String frame = Bodies.file("vocabularies/frames/" + name + ".jsonld").replace("{base}", Bodies.BASE);
        JsonArray expanded = JsonLd.expand(JsonDocument.of(new ByteArrayInputStream(written)))
                .options(Bodies.JSON_LD.options())
                .get();
        JsonNode framed = Bodies.tree(JsonLd.frame(JsonDocument.of(expanded), JsonDocument.of(new StringReader(frame)))
                .options(Bodies.JSON_LD.options())
                .get()
                .toString());
        assertThat(plain(framed)).isEqualTo(plain(Bodies.tree(written)));
    }

    /** A processor compacts "x" to {"@none": "x"} under a language container, and language tags to lower case. */
    private static JsonNode plain(JsonNode node) {
        if (node.size() == 1 && node.path("@none").isTextual()) {
            return node.get("@none");
        }
        if (!(node instanceof ObjectNode object)) {
            if (node.isArray()) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                node.forEach(item -> array.add(plain(item)));
                return array;
            }
            return node.isNumber() ? DecimalNode.valueOf(node.decimalValue().stripTrailingZeros()) : node;
        }
        ObjectNode plain = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(e -> plain.set(e.getKey().toLowerCase(Locale.ROOT), plain(e.getValue())));
        return plain;
    }

    @Test
    void pretty_json_is_the_same_json_on_lines() {
        byte[] pretty = Bodies.WRITER.pretty().write(graph("offering"), Bodies.node(Bodies.OFFERING));
        assertThat(new String(pretty, java.nio.charset.StandardCharsets.UTF_8)).startsWith("{\n  \"@context\"");
        assertThat(Bodies.tree(pretty)).isEqualTo(Bodies.tree(json("offering")));
    }

    @Test
    void children_are_named_by_their_pointer() {
        Node name = NodeFactory.createURI(MC + "name");
        Node latitude = NodeFactory.createURI(Bodies.OFFERING.iri() + "#/outputs/0/members/1/members/0");
        assertThat(graph("offering").contains(latitude, name, NodeFactory.createLiteralString("latitude")))
                .isTrue();
    }

    @Test
    void a_term_with_an_unknown_prefix_is_left_to_the_shapes() {
        ObjectNode body = Bodies.tree("{'category': 'bigiot:AirQuality'}".replace('\'', '"'));
        Node category = NodeFactory.createURI("bigiot:AirQuality");
        assertThat(Bodies.read(body.toString()).contains(Node.ANY, Node.ANY, category))
                .isTrue();
    }

    @Test
    void members_of_the_server_are_accepted_and_left_out() {
        ObjectNode body = Bodies.tree("{'title': 'x'}".replace('\'', '"'));
        Graph without = Bodies.read(body.toString());
        body.put("created", 1).put("modified", true).put("revision", "7");
        assertThat(Bodies.read(body.toString()).isIsomorphicWith(without)).isTrue();
        assertThat(without.size()).isEqualTo(3);
    }

    @Test
    void a_number_is_an_exact_decimal_where_a_decimal_is_expected() {
        Graph graph = Bodies.read("{\"price\": {\"price\": 0.10}}");
        Node price = NodeFactory.createURI("http://schema.org/price");
        assertThat(graph.find(Node.ANY, price, Node.ANY).next().getObject().getLiteralLexicalForm())
                .isEqualTo("0.10");
    }

    @Test
    void a_list_of_one_text_comes_back_as_a_list() {
        ObjectNode body = Bodies.tree("{'price': {'alsoMetered': ['access']}}".replace('\'', '"'));
        byte[] written = Bodies.WRITER.write(Bodies.read(body.toString()), Bodies.node(Bodies.OFFERING));
        assertThat(Bodies.tree(written).path("price")).isEqualTo(body.path("price"));
    }

    @Test
    void the_published_context_is_ours_too() {
        assertThat(Bodies.read("{\"@context\": \"" + JsonContext.PUBLISHED + "\"}")
                        .size())
                .isEqualTo(2);
        String published = json("offering").replace("https://market.example/context/v1.jsonld", JsonContext.PUBLISHED);
        assertThat(Bodies.readJsonLd(Bodies.bytes(published)).size()).isGreaterThan(50);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
