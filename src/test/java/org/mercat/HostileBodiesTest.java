// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that want to do harm: each is refused with a whole problem, and nothing of it is written. */
class HostileBodiesTest {
    private static final String ID = "acme/parking/h";
    private static final String PATH = Offerings.pathOf(ID);
    private static final String RDF_XML =
            "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:d=\"http://purl.org/dc/terms/\">";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private long before;

    @BeforeEach
    void remember() {
        before = SERVER.revision();
    }

    @AfterEach
    void nothing_is_written() {
        assertThat(SERVER.revision()).isEqualTo(before);
        SERVER.as(TestServer.NOBODY).get(PATH).mustBeProblem(404);
    }

    private static Answer put(String type, String body) {
        return SERVER.as(TestServer.PARKING).send("PUT", PATH, type, body);
    }

    private static Answer json(String body) {
        return put("application/json", body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/ld+json",
                "text/turtle",
                "application/rdf+xml",
                "application/n-triples"
            })
    void nothing_at_all_is_refused(String type) {
        assertThat(put(type, "").mustBeProblem(put(type, "").status()).status()).isIn(400, 422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/ld+json",
                "text/turtle",
                "application/rdf+xml",
                "application/n-triples"
            })
    void bytes_that_are_no_text_are_400(String type) {
        byte[] bytes = {(byte) 0xC3, (byte) 0x28, (byte) 0xFF, (byte) 0xFE, 0, 1};
        SERVER.as(TestServer.PARKING).send("PUT", PATH, type, bytes).mustBeProblem(400);
    }

    @Test
    void json_in_utf_16_is_400() {
        for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            byte[] body = Offerings.small(ID).toString().getBytes(charset);
            SERVER.as(TestServer.PARKING)
                    .send("PUT", PATH, "application/json", body)
                    .mustBeProblem(400);
        }
    }

    @Test
    void a_truncated_body_is_400() {
        String body = Offerings.full(ID).toString();
        for (int length = 1; length < body.length(); length += 97) {
            json(body.substring(0, length)).mustBeProblem(400);
        }
        String turtle = Offerings.turtle(ID);
        for (int length = 60; length < turtle.length() - 5; length += 97) {
            int status = put("text/turtle", turtle.substring(0, length)).status();
            assertThat(status).isIn(400, 422);
        }
    }

    @Test
    void a_syntax_error_in_json_has_line_and_column_400() {
        JsonNode error = json("{\n  \"title\": }").mustBeProblem(400).error();
        assertThat(error.path("line").asInt()).isEqualTo(2);
        assertThat(error.path("column").asInt()).isEqualTo(12);
        assertThat(error.path("message").asText()).doesNotContain("Source", "REDACTED");
        assertThat(json("{").detail()).doesNotContain("Source", "REDACTED");
    }

    @Test
    void a_syntax_error_in_turtle_has_line_and_column_400() {
        JsonNode error = put("text/turtle", "<> a <http://x.example/> ;\n   ;; foo .")
                .mustBeProblem(400)
                .error();
        assertThat(error.path("line").asInt()).isEqualTo(2);
        assertThat(error.path("column").asInt()).isPositive();
    }

    @Test
    void a_syntax_error_in_rdf_xml_has_line_and_column_400() {
        JsonNode error = put("application/rdf+xml", RDF_XML + "\n<oops></rdf:RDF>")
                .mustBeProblem(400)
                .error();
        assertThat(error.path("line").asInt()).isEqualTo(2);
        assertThat(error.path("column").asInt()).isPositive();
    }

    @Test
    void a_syntax_error_in_json_ld_has_line_and_column_400() {
        JsonNode error = put("application/ld+json", "{\n  \"title\": }")
                .mustBeProblem(400)
                .error();
        assertThat(error.path("line").asInt()).isEqualTo(2);
        assertThat(error.path("column").asInt()).isEqualTo(12);
    }

    @Test
    void a_fault_of_content_in_json_ld_has_its_node_and_its_property_422() {
        String body = Offerings.changed(
                ID,
                o -> o.put("@context", TestServer.BASE + "context/v1.jsonld")
                        .put("@id", Offerings.iriOf(ID))
                        .remove("licence"));
        JsonNode error = put("application/ld+json", body).mustBeProblem(422).error();
        assertThat(error.path("focusNode").asText()).isEqualTo(Offerings.iriOf(ID));
        assertThat(error.path("path").asText()).isEqualTo("http://purl.org/dc/terms/license");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/ld+json",
                "text/turtle",
                "application/rdf+xml",
                "application/n-triples"
            })
    void two_megabytes_are_413(String type) {
        put(type, " ".repeat(2 << 20)).mustBeProblem(413);
    }

    static Stream<List<String>> nested() {
        int deep = 10_000;
        return Stream.of(
                List.of("application/json", "[".repeat(deep)),
                List.of("application/json", "{\"place\":".repeat(deep)),
                List.of("application/ld+json", "{\"http://x.example/\":".repeat(deep)),
                List.of("text/turtle", "<> <http://x.example/> " + "(".repeat(deep)),
                List.of("text/turtle", "<> <http://x.example/> " + "[<http://x.example/> ".repeat(deep)),
                List.of(
                        "text/turtle",
                        "<> <http://x.example/> " + "[<http://x.example/> ".repeat(100) + "1" + "]".repeat(100) + "."),
                List.of("text/turtle", "<> <http://x.example/> " + "<<(".repeat(deep)),
                List.of("application/rdf+xml", RDF_XML + "<rdf:Description><d:x>".repeat(deep)),
                List.of("application/rdf+xml", "<a>".repeat(deep)));
    }

    @ParameterizedTest
    @MethodSource("nested")
    void deep_nesting_is_400(List<String> typeAndBody) {
        put(typeAndBody.get(0), typeAndBody.get(1)).mustBeProblem(400);
    }

    @Test
    void a_duplicate_key_is_400() {
        Answer answer = json("{\n\"title\": \"a\",\n\"title\": \"b\"}").mustBeProblem(400);
        assertThat(answer.error().path("line").asInt()).isEqualTo(3);
        put("application/ld+json", "{\"a\": 1, \"a\": 2}").mustBeProblem(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\ud800", "\\udc00\\ud800", "\\u0000", "\\uffff"})
    void what_is_no_character_is_400(String escaped) {
        json(Offerings.changed(ID, o -> o.put("title", "?")).replace("?", escaped))
                .mustBeProblem(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "true",
                "null",
                "[]",
                "{}",
                "\"\"",
                "[[[]]]",
                "{\"a\": {\"b\": []}}",
                "1e999999999",
                "\"\\u0007\""
            })
    void wrong_types_everywhere_are_refused(String value) {
        List<String> names = List.copyOf(
                Offerings.full(ID).properties().stream().map(m -> m.getKey()).toList());
        for (String name : names) {
            String body = Offerings.changed(ID, o -> o.put(name, "@@")).replace("\"@@\"", value);
            Answer answer = SERVER.as(TestServer.PARKING).json("PUT", PATH + "?dryRun=true", body);
            boolean saysNothing = value.equals("[]") || value.equals("{}"); // where the member may be missing
            if (!saysNothing || answer.status() != 200) {
                assertThat(answer.status()).as("%s: %s", name, answer).isIn(400, 422);
                answer.mustBeProblem(answer.status());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "\"x\"", "null", "true"})
    void what_is_no_object_is_400(String body) {
        json(body).mustBeProblem(400);
    }

    @Test
    void an_external_entity_is_not_read_400() {
        String secret = java.nio.file.Path.of("pom.xml").toUri().toString();
        for (String address : List.of(secret, "http://127.0.0.1:1/x")) {
            String body = "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY x SYSTEM \"" + address + "\">]>" + RDF_XML
                    + "<rdf:Description rdf:about=\"\"><d:title>a&x;b</d:title></rdf:Description></rdf:RDF>";
            Answer answer = put("application/rdf+xml", body);
            answer.mustBeProblem(answer.status());
            assertThat(answer.status()).isIn(400, 422);
            assertThat(answer.text()).doesNotContain("modelVersion");
        }
    }

    @Test
    void entities_that_grow_are_refused() {
        StringBuilder body = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a0 \"aaaaaaaaaaaaaaaa\">");
        for (int i = 1; i < 12; i++) {
            body.append(
                    "<!ENTITY a%d \"%s\">".formatted(i, "&a%d;".formatted(i - 1).repeat(10)));
        }
        body.append("]>").append(RDF_XML);
        body.append("<rdf:Description rdf:about=\"\"><d:title>&a11;</d:title></rdf:Description></rdf:RDF>");
        put("application/rdf+xml", body.toString()).mustBeProblem(400);
    }

    @Test
    void a_hundred_thousand_triples_are_400() {
        String body = "@prefix : <x:> .\n<> :p " + "1,".repeat(100_000) + "1 .";
        assertThat(put("text/turtle", body).mustBeProblem(400).detail()).contains("triples");
    }
}
