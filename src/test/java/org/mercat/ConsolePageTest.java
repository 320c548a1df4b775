// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page to write queries on: what it loads, what it may, and that programs still get data at its address. */
class ConsolePageTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String ANY = "SELECT * WHERE { ?s ?p \"<b>\" } LIMIT 1";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static Answer get(String path, String accept) {
        return SERVER.as(TestServer.NOBODY).get(path, accept);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void a_browser_without_a_query_gets_the_console_200() {
        Answer answer = get("/sparql", BROWSER).mustBe(200);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(answer.text())
                .contains("<textarea id=\"query\"", "PREFIX", "<optgroup label=\"statistics\">")
                .doesNotContain("data-asked");
    }

    @Test
    void a_link_with_a_query_shows_it_as_text_and_runs_it_200() {
        assertThat(get("/sparql?query=" + encoded(ANY), BROWSER).mustBe(200).text())
                .contains("?s ?p \"&lt;b&gt;\" }", "data-asked=\"true\"")
                .doesNotContain("\"<b>\"");
    }

    @Test
    void an_example_can_be_taken_without_a_script_200() {
        assertThat(get("/sparql?example=statistics/licences-by-category", BROWSER)
                        .mustBe(200)
                        .text())
                .containsPattern("(?s)<textarea[^>]*>PREFIX[^<]*dcterms:license");
    }

    @Test
    void all_that_it_loads_is_there_and_nothing_comes_from_elsewhere_200() {
        String html = get("/sparql", BROWSER).text();
        List<String> files = Pattern.compile("<(?:link rel=\"stylesheet\"|script)[^>]* ?(?:href|src)=\"([^\"]*)\"")
                .matcher(html)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(files).hasSizeGreaterThan(8).allMatch(file -> file.startsWith("/") && !file.startsWith("//"));
        files.forEach(file -> get(file, "*/*").mustBe(200));
    }

    @Test
    void its_policy_lets_no_script_of_the_page_run_and_asks_no_other_host_200() {
        assertThat(get("/sparql", BROWSER).header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self';", "connect-src 'self';", "img-src 'self' data:;")
                .doesNotContain("unsafe-eval", "*", "http");
        assertThat(get("/sparql", BROWSER).text()).doesNotContainPattern("<script(?![^>]* src=)");
    }

    @Test
    void programs_get_rows_at_the_same_address_200() {
        for (String accept : List.of("*/*", "application/sparql-results+json", "application/json, text/html;q=0.5")) {
            assertThat(get("/sparql?query=" + encoded(ANY), accept).mustBe(200).header("Content-Type"))
                    .as(accept)
                    .contains("json");
        }
    }

    @Test
    void the_form_gives_a_table_without_a_script_200() {
        Answer answer = SERVER.as(TestServer.NOBODY)
                .send(
                        "POST",
                        "/sparql",
                        "application/x-www-form-urlencoded",
                        "output=text&query=" + encoded("SELECT (1 AS ?one) WHERE {}"));
        assertThat(answer.mustBe(200).header("Content-Type")).startsWith("text/plain");
        assertThat(answer.text()).contains("| one |", "| 1   |");
    }
}
