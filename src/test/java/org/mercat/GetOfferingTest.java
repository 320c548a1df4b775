// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GetOfferingTest {
    private static final String ID = "acme/parking/x";
    private static final String PATH = Offerings.pathOf(ID);

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @BeforeAll
    static void register() {
        SERVER.as(TestServer.PARKING)
                .json("PUT", PATH, Offerings.small(ID).toString())
                .mustBe(201);
    }

    private static TestServer.Client nobody() {
        return SERVER.as(TestServer.NOBODY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/* | application/json",
                "application/* | application/json",
                "text/turtle | text/turtle",
                "text/* | text/html",
                "application/json;q=0.5, text/turtle;q=0.4 | application/json",
                "application/json;q=0.4, text/turtle;q=0.5 | text/turtle",
                "text/html, application/rdf+xml;q=0.9, */*;q=0.1 | text/html",
                "application/ld+json | application/ld+json",
                "application/n-triples | application/n-triples",
                "application/trig | application/trig",
                "image/png, */*;q=0.1 | application/json",
                "text/turtle, */* | text/turtle",
                "*/*, application/json;q=0, text/html;q=0, application/ld+json;q=0 | text/turtle",
                "TEXT/TURTLE | text/turtle"
            })
    void the_accepted_syntax_with_the_highest_q_is_200(String accept, String type) {
        Answer answer = nobody().get(PATH, accept).mustBe(200);
        assertThat(answer.header("Content-Type")).startsWith(type);
        assertThat(answer.header("Vary")).contains("Accept");
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/pdf;q=1.0", "application/json;q=0", "rubbish", "*/*;q=0"})
    void a_syntax_that_is_not_there_is_406(String accept) {
        assertThat(nobody().get(PATH, accept).mustBeProblem(406).detail()).contains("text/turtle");
    }

    @ParameterizedTest
    @CsvSource({
        "ttl, text/turtle",
        "jsonld, application/ld+json",
        "rdf, application/rdf+xml",
        "nt, application/n-triples",
        "trig, application/trig",
        "json, application/json"
    })
    void an_ending_is_stronger_than_accept_200(String ending, String type) {
        Answer answer = nobody().get(PATH + "." + ending, "image/png").mustBe(200);
        assertThat(answer.header("Content-Type")).startsWith(type);
    }

    @Test
    void each_syntax_has_a_strong_tag_of_its_own_200() {
        Set<String> tags = new HashSet<>();
        for (String ending : new String[] {"ttl", "jsonld", "rdf", "nt", "trig", "json"}) {
            String tag = nobody().get(PATH + "." + ending).tag();
            assertThat(tag).matches("\"[0-9]+-[a-z]+-[0-9a-f]{8}\"");
            assertThat(tags.add(tag)).isTrue();
        }
    }

    @Test
    void a_representation_that_the_client_has_is_304() {
        String tag = nobody().get(PATH).tag();
        Answer answer =
                nobody().with("If-None-Match", "\"1-json\", " + tag).get(PATH).mustBe(304);
        assertThat(answer.tag()).isEqualTo(tag);
        assertThat(answer.text()).isEmpty();
        nobody().with("If-None-Match", "W/" + tag).get(PATH).mustBe(304);
        nobody().with("If-None-Match", "*").get(PATH).mustBe(304);
        nobody().with("If-None-Match", tag).get(PATH, "text/turtle").mustBe(200);
        nobody().with("If-None-Match", "\"1-json\", rubbish").get(PATH).mustBe(200);
    }

    @Test
    void head_has_the_headers_of_get_and_no_body_200() {
        Answer get = nobody().get(PATH, "text/turtle");
        Answer head = nobody().with("Accept", "text/turtle")
                .send("HEAD", PATH, null, (byte[]) null)
                .mustBe(200);
        for (String header : new String[] {"ETag", "Content-Type", "Content-Length", "Vary"}) {
            assertThat(head.header(header))
                    .as(header)
                    .isEqualTo(get.header(header))
                    .isNotEmpty();
        }
        assertThat(head.text()).isEmpty();
        nobody().send("HEAD", "/offerings/acme/parking/nothing", null, (byte[]) null)
                .mustBe(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/offerings/acme/parking/nothing",
                "/offerings/acme/parking/%2e%2e",
                "/offerings/acme/parking/..",
                "/offerings/ACME/parking/x",
                "/offerings/acme/parking/X",
                "/offerings/acme/parking/x.ttl.ttl",
                "/offerings/acme/parking/x%23/price",
                "/offerings/acme/parking/x%3E%20%3Cy",
                "/offerings/acme%2Fparking/x/y",
                "/offerings/acme/parking/%D9%A1",
                "/offerings/acme/parking/x;y"
            })
    void an_address_of_nothing_is_404(String path) {
        nobody().get(path).mustBeProblem(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/offerings/acme/parking/%00", "/offerings/acme/parking/%ff", "/%2e%2e/etc/passwd"})
    void a_hostile_address_is_400(String path) {
        assertThat(nobody().get(path).mustBeProblem(400).header("Connection")).isEqualTo("close");
        SERVER.as(TestServer.PARKING).json("PUT", path, "{}").mustBeProblem(400);
    }

    @Test
    void an_endless_address_is_414() {
        nobody().get("/offerings/acme/parking/" + "a".repeat(20_000)).mustBeProblem(414);
        nobody().get("/offerings/acme/parking/" + "a".repeat(4_000)).mustBeProblem(404);
    }

    @Test
    void a_method_that_is_not_there_is_405() {
        assertThat(SERVER.as(TestServer.PARKING)
                        .json("POST", PATH, "{}")
                        .mustBeProblem(405)
                        .detail())
                .contains("PUT");
    }
}
