// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches that are unusual, and have an answer all the same. */
class SearchEdgesTest {
    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final int MOST = 30;
    private static final String PREFIXES = "PREFIX mc: <https://w3id.org/mercat/core#> ";

    @BeforeAll
    static void register() {
        put("acme/parking/alpha", "Alpha münchen", offering -> {});
        put("acme/parking/null", "Null", offering -> {});
        put("acme/parking/zebra", "Zebra", offering -> {});
        put("acme/weather/outdoor", "Forecast", offering -> {
            offering.putArray("inputs").addObject().put("name", "t").put("semanticType", "AirTemperature");
            offering.putObject("place").put("wkt", "POINT(-179.5 0.5)");
        });
    }

    private static void put(String id, String title, Consumer<ObjectNode> change) {
        String body = Offerings.changed(id, offering -> {
            offering.putObject("title").put("en", title);
            change.accept(offering);
        });
        SERVER.as(TestServer.OPERATOR).json("PUT", Offerings.pathOf(id), body).mustBe(201);
    }

    private static Answer get(String path) {
        return SERVER.as(TestServer.NOBODY).get(path);
    }

    private static Answer post(String search) {
        return SERVER.as(TestServer.NOBODY).json("POST", "/offerings/search", search);
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("hits").forEach(hit -> ids.add(hit.path("offering").asText()));
        return ids;
    }

    private static List<String> found(String query) {
        return ids(get("/offerings?" + query).mustBe(200).json());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Answer sparql(String query) {
        return SERVER.as(TestServer.NOBODY)
                .with("Accept", "application/sparql-results+json")
                .get("/sparql?query=" + encoded(query));
    }

    private static String queryOf(String search) {
        return SERVER.as(TestServer.NOBODY)
                .with("Accept", "application/sparql-query")
                .get("/offerings?" + search)
                .mustBe(200)
                .text();
    }

    @Test
    void the_query_of_a_search_keeps_all_letters() {
        String search = "text=" + encoded("münchen 駐車 Łódź");
        assertThat(queryOf(search)).contains("münchen 駐車 Łódź");
        JsonNode rows =
                sparql(queryOf("text=" + encoded("münchen"))).mustBe(200).json().at("/results/bindings");
        assertThat(rows).hasSize(1);
    }

    @Test
    void the_query_of_a_search_with_as_many_criteria_as_may_be_runs() {
        String most = String.join("&", Collections.nCopies(MOST, "output=Temperature"));
        assertThat(get("/offerings?limit=5&sort=newest&facets=true&" + most).status())
                .isEqualTo(200);
        assertThat(sparql(queryOf("limit=5&sort=newest&" + most)).status()).isEqualTo(200);
        get("/offerings?output=Temperature&" + most).mustBeProblem(400);
    }

    @Test
    void an_input_may_be_narrower_than_what_the_offering_takes() {
        String narrower = "input=OutdoorTemperature";
        assertThat(found(narrower)).containsExactly("acme/weather/outdoor");
        assertThat(found(narrower + "&degree=plugin")).containsExactly("acme/weather/outdoor");
        assertThat(found("input=Temperature&degree=plugin")).isEmpty();
    }

    @Test
    void a_match_does_not_blame_what_the_search_accepts() {
        JsonNode answer =
                get("/offerings/acme/parking/zebra/match?output=Longitude&input=Humidity&pricingModel=PER_DAY")
                        .mustBe(200)
                        .json();
        assertThat(answer.path("found").asBoolean()).isFalse();
        assertThat(answer.path("reasons")).hasSize(1);
        assertThat(answer.at("/reasons/0/criteria/0").asText()).isEqualTo("pricingModel");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ß", "æ", "ﬃ", "ŉ"})
    void words_that_folding_makes_too_long_find_nothing(String letter) {
        assertThat(found("text=" + encoded(letter.repeat(64)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zebra 🚗", "\"-\" zebra", "🚗 zebra !!!", "zebra \"…\""})
    void signs_are_no_words(String text) {
        assertThat(found("text=" + encoded(text))).containsExactly("acme/parking/zebra");
    }

    @Test
    void a_title_may_be_the_word_null() {
        List<String> names = new ArrayList<>();
        String next = "/offerings?sort=name&limit=1";
        for (int page = 0; page < 4; page++) {
            JsonNode answer = get(next).mustBe(200).json();
            names.addAll(ids(answer));
            next = answer.path("next").asText().replaceFirst("^https?://[^/]*", "");
        }
        assertThat(names)
                .containsExactly(
                        "acme/parking/alpha", "acme/weather/outdoor", "acme/parking/null", "acme/parking/zebra");
        assertThat(next).isEmpty();
    }

    @Test
    void a_cursor_that_was_tampered_with_is_refused() {
        String cursor = get("/offerings?sort=price&limit=1")
                .mustBe(200)
                .json()
                .path("cursor")
                .asText();
        String parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        String other = parts.replaceFirst(",\".*\\]", ",\"5\"]");
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(other.getBytes(StandardCharsets.UTF_8));
        get("/offerings?sort=price&limit=1&cursor=" + forged).mustBeProblem(400);
        get("/offerings?limit=1&cursor=" + forged).mustBeProblem(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?o mc:search+ (mc:text \"zebra\")",
                "?o mc:search* <urn:x>",
                "?o (mc:search|mc:kind) <urn:x>",
                "?o mc:search \"zebra\""
            })
    void a_wrong_use_of_a_property_function_is_400(String pattern) {
        assertThat(sparql(PREFIXES + "SELECT * { " + pattern + " }").mustBe(400).text())
                .doesNotContain("Exception");
    }

    @Test
    void an_optional_search_is_run_once() {
        String query =
                PREFIXES + "SELECT ?o ?s { ?o a mc:Offering OPTIONAL { (?o ?s) mc:search (mc:text \"zebra\") } }";
        JsonNode rows = sparql(query).mustBe(200).json().at("/results/bindings");
        assertThat(rows).hasSize(4);
        assertThat(rows.findValues("s")).hasSize(1);
        put("acme/parking/zebra2", "Zebra", offering -> {});
        try {
            assertThat(sparql(query).mustBe(200).json().at("/results/bindings").findValues("s"))
                    .as("the next query searches anew")
                    .hasSize(2);
        } finally {
            SERVER.as(TestServer.OPERATOR)
                    .with("If-Match", "*")
                    .send("DELETE", Offerings.pathOf("acme/parking/zebra2"), null, (byte[]) null)
                    .mustBe(204);
        }
    }

    @Test
    void numbers_and_texts_may_be_written_as_sparql_does() {
        assertThat(sparql(
                                PREFIXES
                                        + "SELECT * { ?o mc:search (mc:text \"zebra\"@en mc:maxPrice 1000 mc:currency \"EUR\") }")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_long_search_is_paged_by_its_cursor() {
        String corners = IntStream.range(0, 900)
                .mapToObj(i -> String.format(
                        java.util.Locale.ROOT,
                        "%.4f %.4f",
                        180 * Math.cos(2 * Math.PI * i / 900),
                        90 * Math.sin(2 * Math.PI * i / 900)))
                .collect(Collectors.joining(", "));
        String search = "{\"within\": \"POLYGON((" + corners + ", 180.0000 0.0000))\", \"limit\": 1";
        put(
                "acme/weather/second",
                "Second",
                offering -> offering.putObject("place").put("wkt", "POINT(0 0)"));
        JsonNode first = post(search + "}").mustBe(200).json();
        assertThat(first.has("next")).isFalse();
        String cursor = first.path("cursor").asText();
        JsonNode second =
                post(search + ", \"cursor\": \"" + cursor + "\"}").mustBe(200).json();
        assertThat(ids(second)).hasSize(1).isNotEqualTo(ids(first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"170,-10,-180,10", "180,-1,-179,1", "180,-10,-180,10", "170,0,-170,0", "-180,-90,180,90"})
    void a_box_may_end_at_the_date_line(String box) {
        get("/offerings?box=" + box).mustBe(200);
    }

    @Test
    void a_box_that_begins_at_the_date_line_finds_what_is_behind_it() {
        assertThat(found("box=180,0,-179,1")).containsExactly("acme/weather/outdoor");
        assertThat(found("box=170,0,-180,1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/offerings?box=1,1,2,2&box=3,3,4,4",
                "/offerings?facets=true&facets=false",
                "/offerings?commercial=false&commercial=true"
            })
    void what_can_be_said_once_is_refused_twice(String path) {
        assertThat(get(path).mustBeProblem(400).error().path("message").asText())
                .contains("once");
    }

    @Test
    void an_empty_list_is_refused() {
        assertThat(post("{\"category\": []}")
                        .mustBeProblem(400)
                        .error()
                        .path("pointer")
                        .asText())
                .isEqualTo("/category");
    }
}
