// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLdReaderTest {
    private static String message(String json) {
        Unreadable thrown = catchThrowableOfType(Unreadable.class, () -> Bodies.readJsonLd(Bodies.bytes(json)));
        assertThat(thrown).as("refused").isNotNull();
        return thrown.faults().get(0).message();
    }

    @Test
    void any_context_in_the_document_is_understood() {
        Graph graph = Bodies.readJsonLd(
                Bodies.bytes(
                        "{\"@context\": {\"n\": \"http://schema.org/name\"}, \"@id\": \"organizations/acme\", \"n\": \"Acme\"}"));
        Node acme = NodeFactory.createURI("https://market.example/organizations/acme");
        Node name = NodeFactory.createURI("http://schema.org/name");
        assertThat(graph.contains(acme, name, NodeFactory.createLiteralString("Acme")))
                .isTrue();
        assertThat(graph.size()).isEqualTo(1);
    }

    @Test
    void our_context_can_be_extended_in_the_document() {
        Graph graph = Bodies.readJsonLd(Bodies.bytes(
                "{\"@context\": [\"https://market.example/context/v1.jsonld\", {\"x\": \"http://x.example/\"}],"
                        + "\"@id\": \"http://a.example/\", \"title\": \"t\", \"x:y\": 5}"));
        assertThat(graph.size()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"@context\": \"%s\", \"x\": 1}",
                "{\"@context\": [\"%s\"], \"x\": 1}",
                "{\"@context\": {\"@import\": \"%s\"}, \"x\": 1}",
                "{\"@context\": {\"x\": {\"@id\": \"http://x/\", \"@context\": \"%s\"}}, \"x\": {\"x\": 1}}"
            })
    void no_other_context_is_fetched(String json) {
        for (String remote :
                new String[] {"https://schema.org/", "file:///etc/passwd", "http://127.0.0.1:1/x", "other.jsonld"}) {
            assertThat(message(json.formatted(remote)))
                    .contains("is not loaded")
                    .contains(Bodies.CONTEXT.iri());
        }
    }

    @Test
    void deep_nesting_is_refused() {
        assertThat(message("{\"@graph\": " + "[".repeat(100_000))).contains("50 levels deep");
    }

    @Test
    void more_objects_than_a_resource_has_are_refused() {
        String input = "{\"name\": \"x\"}";
        assertThat(message("{\"@context\": \"" + JsonContext.PUBLISHED + "\", \"inputs\": ["
                        + (input + ",").repeat(2_000) + input + "]}"))
                .contains("2000 JSON objects");
    }

    @Test
    void a_flood_of_contexts_is_refused() {
        String context = "\"" + JsonContext.PUBLISHED + "\"";
        assertThat(message("{\"@context\": [" + (context + ",").repeat(1_000) + context + "]}"))
                .contains("Too many contexts");
    }

    @Test
    void a_number_that_is_dear_to_expand_is_refused() {
        assertThat(message("{\"http://x.example/p\": -1e999999999}")).contains("too large");
    }

    @Test
    void a_syntax_error_has_line_and_column() {
        Unreadable thrown =
                catchThrowableOfType(Unreadable.class, () -> Bodies.readJsonLd(Bodies.bytes("{\n  \"a\": }")));
        assertThat(thrown.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(2);
            assertThat(fault.column()).isEqualTo(8);
        });
    }

    @Test
    void a_member_without_meaning_is_refused() {
        assertThat(message("{\"@context\": \"" + JsonContext.PUBLISHED
                        + "\", \"@id\": \"http://a/\", \"licens\": \"MIT\"}"))
                .contains("licens");
    }

    @Test
    void a_named_graph_is_refused() {
        assertThat(message("{\"@id\": \"http://g/\", \"@graph\": [{\"@id\": \"http://a/\", \"http://p/\": 1}]}"))
                .contains("named graph");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a/b c", "http://a/<b>", "http://a/\\\"", "http://a/\\u0000", "http://a/\\ud800"})
    void a_hostile_iri_is_refused(String iri) {
        assertThat(message("{\"@id\": \"http://a/\", \"http://p/\": {\"@id\": \"" + iri + "\"}}"))
                .contains("IRI");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://p q/", "http://p/<"})
    void a_hostile_property_is_refused(String iri) {
        assertThat(message("{\"@id\": \"http://a/\", \"" + iri + "\": 1}")).contains("IRI");
    }

    @Test
    void what_is_no_text_is_refused() {
        assertThat(message("{\"@id\": \"http://a/\", \"http://p/\": \"\\ud800\"}"))
                .contains("U+D800");
        assertThat(message("{\"@id\": \"http://a/\", \"http://p/\": {\"@value\": \"x\", \"@language\": \"a b\"}}"))
                .contains("language tag");
    }

    @Test
    void whoever_takes_the_triples_can_end_the_reading() {
        StreamRDF full = new StreamRDFBase() {
            @Override
            public void triple(Triple triple) {
                throw new UnsupportedOperationException("full");
            }
        };
        assertThatThrownBy(() -> Bodies.JSON_LD.read(
                        Bodies.bytes("{\"@id\": \"http://a/\", \"http://p/\": 1}"), Bodies.BASE, full))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void broken_json_ld_is_refused() {
        assertThat(message("{\"@id\": 5}")).contains("JSON-LD");
        assertThat(message("{\"@context\": {\"@vocab\": 5}}")).contains("JSON-LD");
        assertThat(message("{\"@id\": \"http://a/\", \"http://p/\": {\"@value\": {}}}"))
                .contains("JSON-LD");
    }
}
