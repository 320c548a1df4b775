// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first page, the page for the API, and what they load. */
class PagesTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @TempDir
    static Path data;

    private static Catalogue catalogue;
    private static String server;

    @BeforeAll
    static void start() {
        catalogue = Catalogue.open(Config.of(
                new Config.Words(null, data.toString(), "127.0.0.1", "0", null, true, null, null, false, null)));
        server = "http://127.0.0.1:" + catalogue.start();
    }

    @AfterAll
    static void stop() {
        catalogue.close();
    }

    @Test
    void first_page_for_a_browser_is_html_200() throws Exception {
        HttpResponse<String> page = get("/", BROWSER);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body())
                .contains("31 offerings", "Mobility", "Newest offerings")
                .doesNotContain("<script>");
        assertThat(policy(page)).startsWith("default-src 'none'").contains("script-src 'self';");
    }

    @Test
    void first_page_for_a_program_is_links_200() throws Exception {
        assertThat(get("/", "application/json").body()).contains("\"openapi\"");
    }

    @Test
    void everything_that_the_pages_link_to_is_200() throws Exception {
        for (String page : List.of("/", "/docs")) {
            String html = get(page, BROWSER).body();
            List<String> links = Pattern.compile("(?:href|src|action)=\"(/[^\"]*)\"")
                    .matcher(html)
                    .results()
                    .map(match -> match.group(1).replace("&amp;", "&"))
                    .distinct()
                    .toList();
            assertThat(links).hasSizeGreaterThan(3);
            for (String link : links) {
                assertThat(get(link, BROWSER).statusCode())
                        .as(page + " -> " + link)
                        .isIn(200, 303);
            }
        }
    }

    @Test
    void example_searches_of_the_first_page_find_something_200() throws Exception {
        List<String> searches = Pattern.compile("href=\"(/offerings\\?[^\"]*)\"")
                .matcher(get("/", BROWSER).body())
                .results()
                .map(match -> match.group(1).replace("&amp;", "&"))
                .toList();
        assertThat(searches).hasSizeGreaterThan(3);
        for (String search : searches) {
            assertThat(get(search, BROWSER).body()).as(search).contains("<article data-shapes=");
        }
    }

    @Test
    void pages_load_nothing_from_elsewhere_200() throws Exception {
        for (String page : List.of("/", "/docs")) {
            assertThat(get(page, BROWSER).body()).doesNotContainPattern("(?:href|src|action)=\"(?:https?:)?//");
        }
        String policy = policy(get("/docs", BROWSER));
        assertThat(policy).contains("default-src 'none'", "script-src 'self'").doesNotContain("unsafe-eval", "*");
    }

    @Test
    void pages_of_web_jars_themselves_may_load_nothing_200() throws Exception {
        String script = Pattern.compile("src=\"(/webjars/[^\"]*)\"")
                .matcher(get("/docs", BROWSER).body())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        HttpResponse<String> page = get(script.replaceFirst("[^/]*$", "index.html"), BROWSER);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(policy(page)).isEqualTo("default-src 'none'");
    }

    @Test
    void other_files_of_the_program_are_404() throws Exception {
        for (String path : List.of("/logback.xml", "/webjars/", "/webjars/swagger-ui", "/webjars/../logback.xml")) {
            assertThat(get(path, BROWSER).statusCode()).as(path).isBetween(400, 404);
        }
    }

    private static String policy(HttpResponse<String> page) {
        return page.headers().firstValue("Content-Security-Policy").orElseThrow();
    }

    private static HttpResponse<String> get(String path, String accept) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path))
                .header("Accept", accept)
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }
}
