// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The query library as people read it. */
class QueryPagesTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String BY_CATEGORY = "/queries/statistics/offerings-by-category";
    private static final String IN_A_CATEGORY = "/queries/search/in-category";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @BeforeAll
    static void offer() {
        for (String category : List.of("Parking", "ParkingSpace", "BikeSharingStation", "Traffic")) {
            ObjectNode offering = Offerings.small("acme/parking/" + category.toLowerCase(java.util.Locale.ROOT));
            SERVER.as(TestServer.PARKING)
                    .json(
                            "PUT",
                            Offerings.pathOf("acme/parking/" + category.toLowerCase(java.util.Locale.ROOT)),
                            offering.put("category", category).toString())
                    .mustBe(201);
        }
    }

    private static Answer page(String path) {
        return SERVER.as(TestServer.NOBODY).get(path, BROWSER);
    }

    private static List<String> all(String expression, String text) {
        return Pattern.compile(expression)
                .matcher(text)
                .results()
                .map(match -> match.group(1).replace("&amp;", "&"))
                .toList();
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (JsonNode query :
                SERVER.as(TestServer.NOBODY).get("/queries").json().path("queries")) {
            names.add(query.path("name").asText());
        }
        assertThat(names).hasSizeGreaterThan(30);
        return names;
    }

    @Test
    void a_browser_gets_the_list_as_a_page_that_leads_to_each_query_200() {
        Answer answer = page("/queries").mustBe(200);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(all("href=\"/queries/([^\"]*)\"", answer.text())).containsAll(names());
    }

    @Test
    void the_list_can_be_searched_without_a_script_200() {
        String found = page("/queries?q=LICENCE").mustBe(200).text();
        assertThat(all("href=\"/queries/([^\"]*)\"", found))
                .contains("statistics/offerings-by-licence")
                .doesNotContain("vocabulary/category-tree");
        assertThat(page("/queries?q=zzzz").mustBe(200).text()).contains("Nothing found for “zzzz”");
    }

    @TestFactory
    Stream<DynamicTest> every_query_has_a_page_200() {
        return names().stream()
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> assertThat(page("/queries/" + name).mustBe(200).text())
                                .contains("id=\"text\">PREFIX", "/queries/" + name + ".csv", "href=\"/sparql?query=")));
    }

    @Test
    void rows_are_a_table_with_links_and_numbers_at_the_right_200() {
        String html = page(BY_CATEGORY).mustBe(200).text();
        assertThat(html)
                .contains("<th scope=\"col\" class=\"numeric\">offerings</th>", "<td class=\"numeric\">1</td>")
                .contains("/terms?iri=https%3A%2F%2Fw3id.org%2Fmercat%2Fcategories%23Traffic")
                .contains("data-kind=\"bar\" data-x=\"1\" data-y=\"2\"");
        String link = all("href=\"(/terms\\?iri=[^\"]*)\"", html).get(0);
        assertThat(page(link).status()).isIn(200, 302, 303, 307);
    }

    @Test
    void pages_of_rows_lead_to_the_next_and_back_200() {
        String html = page(BY_CATEGORY + "?limit=1&lang=de").mustBe(200).text();
        assertThat(html).contains("Zeilen 1–1").doesNotContain("rel=\"prev\"");
        String next = all("rel=\"next\" href=\"([^\"]*)\"", html).get(0);
        String second = page(next).mustBe(200).text();
        assertThat(second).contains("Zeilen 2–2").contains("rel=\"prev\"");
    }

    @Test
    void a_parameter_is_a_field_with_its_value_200() {
        String html = page(IN_A_CATEGORY + "?category=Parking").mustBe(200).text();
        assertThat(html)
                .contains("name=\"category\" value=\"Parking\"", "data-terms=\"en\"", "/offerings/acme/parking/");
        assertThat(html).contains("https://w3id.org/mercat/categories#Parking");
    }

    @Test
    void a_wrong_parameter_is_told_at_its_field_which_keeps_it_400() {
        Answer answer = page("/queries/statistics/ending-soon?days=so%3Con").mustBe(400);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.text())
                .contains("value=\"so&lt;on\"", "aria-invalid=\"true\"", "id=\"fault-days\"")
                .contains("days is of type integer")
                .doesNotContain("so<on");
    }

    @Test
    void an_unknown_parameter_is_told_above_400() {
        assertThat(page(BY_CATEGORY + "?colour=red").mustBe(400).text())
                .contains("role=\"alert\"", "There is no parameter \"colour\"");
    }

    @Test
    void an_unknown_query_is_a_page_404() {
        assertThat(page("/queries/statistics/nothing").mustBe(404).header("Content-Type"))
                .startsWith("text/html");
    }

    @Test
    void an_empty_field_means_the_default_200() {
        page("/queries/statistics/ending-soon?days=").mustBe(200);
    }

    @Test
    void programs_get_data_as_before_200() {
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get(BY_CATEGORY, "*/*")
                        .mustBe(200)
                        .header("Content-Type"))
                .startsWith("application/sparql-results+json");
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get("/queries", "*/*")
                        .mustBe(200)
                        .header("Content-Type"))
                .startsWith("application/json");
    }
}
