// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Search and offerings as people read them. */
class OfferingPagesTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String HOSTILE = "<script>alert('x')</script>\"'><img src=x onerror=alert(1)>";
    private static final String LONG = "Donaudampfschifffahrtsgesellschaftskapitaen".repeat(4);

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @BeforeAll
    static void offer() {
        offer("street", "Parking", "Spaces on the street", "0.001");
        offer("garage", "ParkingGarage", "Spaces in garages", "0.02");
        offer("bikes", "BikeSharingStation", LONG, "0.5");
        ObjectNode hostile = Offerings.small("acme/parking/hostile");
        hostile.put("category", "Noise");
        hostile.putObject("title").put("en", HOSTILE);
        hostile.putObject("description").put("en", HOSTILE);
        hostile.putObject("place").put("name", HOSTILE).put("wkt", "POINT(2 41)");
        put("hostile", hostile);
    }

    private static void offer(String name, String category, String title, String price) {
        ObjectNode offering = Offerings.small("acme/parking/" + name);
        offering.put("category", category);
        offering.putObject("title").put("en", title);
        offering.putObject("place").put("name", "Santander").put("wkt", "POINT(-3.8 43.4)");
        offering.putObject("price")
                .put("pricingModel", "PER_ACCESS")
                .put("price", price)
                .put("currency", "EUR");
        put(name, offering);
    }

    private static void put(String name, ObjectNode offering) {
        SERVER.as(TestServer.PARKING)
                .json("PUT", Offerings.pathOf("acme/parking/" + name), offering.toString())
                .mustBe(201);
    }

    private static String page(String path) {
        return SERVER.as(TestServer.NOBODY).get(path, BROWSER).mustBe(200).text();
    }

    private static List<String> all(String expression, String text) {
        return Pattern.compile(expression)
                .matcher(text)
                .results()
                .map(match -> match.group(1).replace("&amp;", "&"))
                .toList();
    }

    private static List<String> titles(String html) {
        return all("<h2><a href=\"/offerings/acme/parking/([a-z]+)[?\"]", html);
    }

    @Test
    void a_search_shows_what_json_says_in_the_same_order() {
        String query = "/offerings?text=spaces&category=Parking&sort=price";
        String html = page(query);
        List<String> names = new ArrayList<>();
        for (JsonNode offering : SERVER.as(TestServer.NOBODY).get(query).json().path("offerings")) {
            names.add(offering.path("id").asText().replace("acme/parking/", ""));
        }
        assertThat(titles(html)).isEqualTo(names).containsExactly("street", "garage");
        assertThat(html).contains("2 offerings", "0.001 EUR per access", "0.02 EUR per access", "Santander");
    }

    @Test
    void every_link_of_a_search_leads_somewhere_and_each_value_finds_as_many_as_it_says() {
        String html = page("/offerings?text=spaces&explain=true");
        assertThat(html).contains("<details class=\"why\"", "<meter");
        for (String link : all("href=\"(/(?:offerings|terms|sparql)[^\"#]*)\"", html)) {
            assertThat(SERVER.as(TestServer.NOBODY).get(link, BROWSER).status())
                    .as(link)
                    .isIn(200, 303);
        }
        List<String[]> values = Pattern.compile(
                        "<a href=\"(/offerings\\?[^\"]*)\">[^<]*</a> <span class=\"number\">(\\d+)</span>")
                .matcher(html)
                .results()
                .map(match -> new String[] {match.group(1).replace("&amp;", "&"), match.group(2)})
                .toList();
        assertThat(values).hasSizeGreaterThan(5);
        for (String[] value : values) {
            assertThat(titles(page(value[0]))).as(value[0]).hasSize(Integer.parseInt(value[1]));
        }
    }

    @Test
    void each_criterion_can_be_taken_away() {
        String html = page("/offerings?text=spaces&category=ParkingGarage&maxPrice=0.1&currency=EUR");
        List<String> without = all("<li><span class=\"kind\">[^<]*</span> [^<]* <a href=\"([^\"]*)\"", html);
        assertThat(without)
                .containsExactlyInAnyOrder(
                        "/offerings?text=spaces&maxPrice=0.1&currency=EUR",
                        "/offerings?text=spaces&category=ParkingGarage&currency=EUR");
        assertThat(titles(page(without.get(1)))).containsExactly("garage");
    }

    @Test
    void where_nothing_is_found_the_page_says_what_to_give_up() {
        String html = page("/offerings?text=garages&category=BikeSharingStation");
        assertThat(html).contains("Nothing was found.", "Without");
        List<String> links = all("<ul class=\"relax\">\\s*<li><a href=\"([^\"]*)\"", html);
        assertThat(titles(page(links.get(0)))).isNotEmpty();
    }

    @Test
    void what_cannot_be_understood_is_told_on_the_page_400() {
        Answer answer = SERVER.as(TestServer.NOBODY).get("/offerings?category=Parkng&lang=de", BROWSER);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("Do you mean", "Suchen", "role=\"alert\"");
    }

    @Test
    void pages_speak_five_languages_and_keep_the_chosen_one() {
        assertThat(page("/offerings?lang=de")).contains("lang=\"de\"", "4 Angebote", "je Zugriff", "?category=");
        assertThat(all("<h2><a href=\"([^\"]*)\"", page("/offerings?lang=ca")))
                .allMatch(href -> href.endsWith("lang=ca"));
        assertThat(page("/offerings/acme/parking/street?lang=it")).contains("Che cosa fornisce", "Prezzo");
        assertThat(page("/?lang=es")).contains("Para empezar", "4 ofertas");
    }

    @Test
    void an_offering_has_a_page_with_what_it_gives_what_it_costs_and_what_is_like_it() throws Exception {
        String html = page("/offerings/acme/parking/street");
        assertThat(html)
                .contains("<h1>Spaces on the street</h1>", "0.001 EUR per access", "You may:", "Similar offerings")
                .contains("/offerings/acme/parking/garage", "POINT(-3.8 43.4)", "/offerings/acme/parking/street.ttl");
        JsonNode schema = new ObjectMapper()
                .readTree(all("<script type=\"application/ld\\+json\">(.*?)</script>", html)
                        .get(0));
        assertThat(schema.path("name").asText()).isEqualTo("Spaces on the street");
        assertThat(schema.at("/offers/0/price").asText()).isEqualTo("0.001");
        assertThat(schema.path("@id").asText()).isEqualTo(TestServer.BASE + "offerings/acme/parking/street");
    }

    @Test
    void a_hostile_offering_is_shown_harmlessly() {
        for (String path : List.of("/offerings?category=Noise&explain=true", "/offerings/acme/parking/hostile", "/")) {
            String html = page(path);
            assertThat(html).as(path).contains("alert(").doesNotContain("<script>alert", "<img src=x", "'><img");
            assertThat(SERVER.as(TestServer.NOBODY).get(path, BROWSER).header("Content-Security-Policy"))
                    .contains("script-src 'self';");
        }
        String asked = page("/offerings?text=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E");
        assertThat(asked).doesNotContain("<script>alert");
    }

    @Test
    void pages_are_light() {
        for (String path : List.of("/", "/offerings", "/offerings/acme/parking/street")) {
            assertThat(page(path).getBytes(StandardCharsets.UTF_8).length)
                    .as(path)
                    .isLessThan(60_000);
        }
    }

    @Test
    void what_is_not_there_is_a_problem_404_and_what_was_withdrawn_410() {
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get("/offerings/acme/parking/none", BROWSER)
                        .status())
                .isEqualTo(404);
        offer("gone", "Parking", "Gone", "1");
        SERVER.as(TestServer.PARKING)
                .send("DELETE", Offerings.pathOf("acme/parking/gone"), null, (byte[]) null)
                .mustBe(204);
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get("/offerings/acme/parking/gone", BROWSER)
                        .status())
                .isEqualTo(410);
    }
}
