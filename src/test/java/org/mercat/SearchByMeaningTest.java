// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What search promises beyond its criteria: ranking, explanations, counts, pages that hold, and sane answers to nonsense. */
class SearchByMeaningTest {
    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @BeforeAll
    static void register() {
        put(
                "acme/parking/street",
                Map.of("en", "Free parking spaces on the street"),
                "ParkingSpace",
                "0.001",
                "CC-BY-4.0");
        put("acme/parking/garage", Map.of("de", "Freie Plätze im Parkhaus"), "ParkingSite", "0.02", "CC-BY-NC-4.0");
        put("acme/weather/air", Map.of("es", "Temperatura del aire en la ciudad"), "Weather", "0", "CC0-1.0");
        put("acme/weather/noise", Map.of("ca", "Soroll a l'estació"), "Noise", "0.5", "CC0-1.0");
    }

    private static void put(String id, Map<String, String> title, String category, String price, String licence) {
        ObjectNode offering = Offerings.small(id);
        ObjectNode titles = offering.putObject("title");
        title.forEach(titles::put);
        offering.put("category", category).put("licence", licence);
        offering.putObject("price")
                .put("pricingModel", "PER_ACCESS")
                .put("price", price)
                .put("currency", "EUR");
        SERVER.as(TestServer.OPERATOR)
                .json("PUT", Offerings.pathOf(id), offering.toString())
                .mustBe(201);
    }

    private static Answer get(String path) {
        return SERVER.as(TestServer.NOBODY).get(path);
    }

    private static JsonNode search(String query) {
        return get("/offerings?" + query).mustBe(200).json();
    }

    private static List<String> found(String query) {
        List<String> ids = new ArrayList<>();
        search(query).path("hits").forEach(hit -> ids.add(hit.path("offering").asText()));
        return ids;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void words_are_found_in_any_form_language_and_with_a_slip() {
        for (String words : List.of(
                "parking space", "PARKINGS", "aparcamiento", "parcheggio", "parkin", "Parkplätze", "parkplatz")) {
            assertThat(found("text=" + encoded(words))).as(words).contains("acme/parking/street");
        }
        assertThat(found("text=" + encoded("sorolls estacio"))).containsExactly("acme/weather/noise");
        assertThat(found("text=" + encoded("\"plätze im parkhaus\""))).containsExactly("acme/parking/garage");
        assertThat(found("text=" + encoded("\"parkhaus plätze\""))).isEmpty();
    }

    @Test
    void near_categories_are_found_when_asked_for_and_come_later() {
        assertThat(found("category=ParkingSpace")).containsExactly("acme/parking/street");
        List<String> near = found("category=ParkingSpace&degree=overlap&limit=100");
        assertThat(near)
                .startsWith("acme/parking/street")
                .contains("acme/parking/garage")
                .doesNotContain("acme/weather/air");
        JsonNode hits = search("category=ParkingSpace&degree=overlap").path("hits");
        assertThat(hits.path(0).path("degree").asText()).isEqualTo("exact");
        assertThat(hits.path(1).path("degree").asText()).isIn("subsumes", "overlap");
        assertThat(hits.path(0).path("score").asDouble())
                .isGreaterThan(hits.path(1).path("score").asDouble());
    }

    @Test
    void a_hit_tells_why_it_was_found() {
        JsonNode hit =
                search("category=Parking&text=street&explain=true").path("hits").path(0);
        assertThat(hit.path("scores").fieldNames()).toIterable().contains("category", "text");
        JsonNode match = hit.path("match").path(0);
        assertThat(match.path("criterion").asText()).isEqualTo("category");
        assertThat(match.path("wanted").asText()).isEqualTo("cat:Parking");
        assertThat(match.path("offered").asText()).isEqualTo("cat:ParkingSpace");
        assertThat(match.path("degree").asText()).isEqualTo("plugin");
        assertThat(match.path("path").path(0).asText()).isEqualTo("cat:Parking");
    }

    @Test
    void an_offering_that_is_not_found_is_told_why() {
        String asked =
                "/offerings/acme/parking/garage/match?commercial=true&maxPrice=0.01&currency=EUR&category=Weather";
        JsonNode answer = get(asked).mustBe(200).json();
        assertThat(answer.path("found").asBoolean()).isFalse();
        assertThat(answer.path("reasons").findValuesAsText("message"))
                .contains(
                        "Its price 0.02 > 0.01 EUR.",
                        "Its licence lic:CC-BY-NC-4.0 does not permit http://creativecommons.org/ns#CommercialUse.",
                        "Its category cat:ParkingSite is not cat:Weather nor a narrower one.");
        JsonNode good = get("/offerings/acme/parking/garage/match?category=Parking")
                .mustBe(200)
                .json();
        assertThat(good.path("found").asBoolean()).isTrue();
        assertThat(good.path("reasons")).isEmpty();
        get("/offerings/acme/parking/none/match").mustBeProblem(404);
    }

    @Test
    void nothing_found_says_what_to_leave_out() {
        JsonNode answer = search("category=ParkingSite&maxPrice=0.0001&currency=EUR");
        assertThat(answer.path("total").asInt()).isZero();
        assertThat(answer.path("relax"))
                .anySatisfy(relaxation -> assertThat(relaxation.toString())
                        .isEqualTo("{\"without\":[\"maxPrice\",\"currency\"],\"total\":1,"
                                + "\"message\":\"Without maxPrice and currency the search finds 1.\"}"));
    }

    @Test
    void facets_count_all_that_is_found_and_speak_the_readers_language() {
        JsonNode page = SERVER.as(TestServer.NOBODY)
                .with("Accept-Language", "de-AT,de;q=0.9")
                .get("/offerings?facets=true&limit=1")
                .mustBe(200)
                .json();
        assertThat(page.path("total").asInt()).isGreaterThanOrEqualTo(4);
        for (JsonNode value : page.path("facets").path("category")) {
            assertThat(found("limit=100&category=" + value.path("value").asText()))
                    .as(value.toString())
                    .hasSize(value.path("count").asInt());
        }
        assertThat(page.path("facets").path("category").toString())
                .contains("Parken")
                .contains("\"broader\":[");
    }

    @Test
    void pages_hold_while_others_write() {
        for (int i = 0; i < 12; i++) {
            put("acme/parking/page" + i, Map.of("en", "Parking on page " + i), "Parking", "0.1", "CC0-1.0");
        }
        List<String> whole = found("text=page&limit=100");
        List<String> seen = new ArrayList<>();
        String next = "/offerings?text=page&limit=5";
        while (!next.isEmpty()) {
            JsonNode page = get(next).mustBe(200).json();
            page.path("hits").forEach(hit -> seen.add(hit.path("offering").asText()));
            next = page.path("next").asText().replace(TestServer.BASE, "/");
            put("acme/parking/page-late" + seen.size(), Map.of("en", "page page page"), "Parking", "0.1", "CC0-1.0");
        }
        assertThat(seen).isEqualTo(whole).doesNotHaveDuplicates();
        assertThat(new HashSet<>(found("text=page&limit=100"))).hasSizeGreaterThan(whole.size());
    }

    @Test
    void who_registers_finds_it_at_once_and_who_withdraws_finds_it_no_more() {
        for (int i = 0; i < 20; i++) {
            String id = "acme/parking/quick" + i;
            put(id, Map.of("en", "Quicksilver " + i), "Parking", "0.1", "CC0-1.0");
            assertThat(found("text=quicksilver")).containsExactly(id);
            SERVER.as(TestServer.OPERATOR)
                    .with("If-Match", "*")
                    .send("DELETE", Offerings.pathOf(id), null, (byte[]) null)
                    .mustBe(204);
            assertThat(found("text=quicksilver")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "within=POLYGON((0 0,1 1,0 1,1 0,0 0))",
                "within=POLYGON((0 0,1 1,0 1))",
                "within=CIRCLE(1 2 3)",
                "within=POINT(200 100)",
                "near=1,2",
                "near=1,2&radius=-1",
                "near=91,91,91&radius=5",
                "radius=5",
                "from=2026-02-30",
                "from=2026-03-01&until=2026-02-01",
                "from=yesterday",
                "maxPrice=1&currency=XYZ",
                "maxPrice=1e400&currency=EUR",
                "text=!!!",
                "text=😀",
                "sort=best",
                "degree=perfect",
                "facets=maybe",
                "permission=Everything",
                "cursor=WzIsMSwxLCJhIl0",
                "unit=PARSEC2"
            })
    void nonsense_is_refused_with_the_parameter_named(String query) {
        String name = query.substring(0, query.indexOf('='));
        String path = Stream.of(query.split("&"))
                .map(pair -> pair.substring(0, pair.indexOf('=') + 1) + encoded(pair.substring(pair.indexOf('=') + 1)))
                .reduce((a, b) -> a + "&" + b)
                .orElseThrow();
        Answer answer = get("/offerings?" + path).mustBeProblem(400);
        assertThat(answer.error().path("pointer").asText())
                .isIn("/" + name, "/radius", "/near", "/until", "/currency", "/maxPrice");
        assertThat(answer.error().path("message").asText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title:(foo AND [bar TO *])~2^3",
                "a\\b \"unclosed",
                "חניה במרכז העיר",
                "موقف سيارات",
                "+-&|!(){}[]^~*?:/ x",
                "parking AND NOT parking"
            })
    void strange_text_gets_a_sane_answer(String text) {
        assertThat(search("text=" + encoded(text)).path("total").isInt()).isTrue();
    }

    @Test
    void too_much_is_refused() {
        get("/offerings?text=" + "a".repeat(10_000 / 2)).mustBeProblem(400);
        String outputs = String.join(",", Collections.nCopies(1_000, "\"Latitude\""));
        SERVER.as(TestServer.NOBODY)
                .json("POST", "/offerings/search", "{\"output\": [" + outputs + "]}")
                .mustBeProblem(400);
    }

    @Test
    void a_cursor_of_another_search_is_refused() {
        String next = search("limit=1&category=Parking").path("next").asText();
        String cursor = next.substring(next.indexOf("cursor="));
        assertThat(get("/offerings?limit=1&category=Weather&" + cursor)
                        .mustBeProblem(400)
                        .error()
                        .path("message")
                        .asText())
                .contains("another search");
    }

    @Test
    void sparql_that_searches_wrongly_is_told_so_and_joins_what_is_bound() {
        String prefixes =
                "PREFIX mc: <https://w3id.org/mercat/core#> PREFIX cat: <https://w3id.org/mercat/categories#> ";
        assertThat(sparql(prefixes + "SELECT ?o { ?o mc:search (mc:category cat:Parkin) }")
                        .mustBeProblem(400)
                        .detail())
                .contains("Do you mean Parking");
        assertThat(sparql(prefixes + "SELECT ?o { ?o mc:search (mc:categry cat:Parking) }")
                        .mustBeProblem(400)
                        .detail())
                .contains("no criterion");
        assertThat(sparql(prefixes + "SELECT ?o { ?o mc:search (mc:category ?c) }")
                        .mustBeProblem(400)
                        .detail())
                .contains("Bind it before");
        String bound = prefixes
                + "SELECT ?o ?d { ?o mc:kind mc:information . (?o ?s ?d) mc:search (mc:category cat:ParkingSite) }";
        JsonNode rows = sparql(bound).mustBe(200).json().at("/results/bindings");
        assertThat(rows).hasSize(1);
        assertThat(rows.at("/0/o/value").asText()).isEqualTo(Offerings.iriOf("acme/parking/garage"));
        assertThat(rows.at("/0/d/value").asText()).isEqualTo("https://w3id.org/mercat/core#exact");
        String each =
                prefixes + "SELECT ?c ?o { VALUES ?c { cat:ParkingSite cat:Noise } ?o mc:search (mc:category ?c) }";
        assertThat(sparql(each).mustBe(200).json().at("/results/bindings")).hasSize(2);
    }

    private static Answer sparql(String query) {
        return SERVER.as(TestServer.NOBODY)
                .with("Accept", "application/sparql-results+json")
                .get("/sparql?query=" + encoded(query));
    }

    @Test
    void a_new_narrower_category_and_a_new_label_count_for_what_is_stored(@TempDir Path home) throws IOException {
        assertThat(found("category=Weather")).doesNotContain("acme/weather/noise");
        HomeFolder.in(home);
        Path categories = home.resolve("vocabularies/categories.ttl");
        Files.writeString(
                categories,
                Files.readString(categories)
                        + "\ncat:Noise skos:broader cat:Weather ; skos:altLabel \"hullabaloo\"@en .\n");
        SERVER.restart(home);
        assertThat(found("category=Weather")).contains("acme/weather/noise");
        assertThat(found("text=hullabaloo")).containsExactly("acme/weather/noise");
        SERVER.restart(Path.of("."));
        assertThat(found("text=hullabaloo")).isEmpty();
    }
}
