// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions of the query library, asked by name. */
class GetQueryTest {
    private static final String BY_CATEGORY = "/queries/statistics/offerings-by-category";
    private static final String NARROWER = "/queries/vocabulary/narrower-types";
    private static final Pattern NEXT = Pattern.compile("<(.*)>; rel=\"next\"");

    @RegisterExtension
    static final TestServer SERVER = new TestServer(Duration.ofSeconds(3));

    @TempDir
    static Path home;

    @BeforeAll
    static void start() throws IOException {
        HomeFolder.in(home);
        add(
                "needs",
                "#+ param: ?least integer\n",
                "SELECT ?n { VALUES ?n { 1 2 3 } FILTER (?n >= ?least) } ORDER BY ?n");
        add("top", "", "SELECT ?n { VALUES ?n { 5 4 3 2 1 } } ORDER BY ?n LIMIT 3 OFFSET 1");
        add(
                "many",
                "",
                "SELECT ?a ?b { VALUES ?a { %s } VALUES ?b { %s } } ORDER BY ?a ?b".formatted(upTo(100), upTo(101)));
        add("slow", "#+ param: ?text string x\n", "SELECT ?a { BIND (REGEX(?text, \"(.*a){25}b\") AS ?a) }");
        SERVER.restart(home);
        for (String name : List.of("one", "two", "three")) {
            offer(name, name.equals("two") ? "Parking" : "Wind");
        }
    }

    private static void add(String name, String more, String query) throws IOException {
        String header = "#+ summary: %s\n#+ description: For the test.\n#+ audience: public\n%s".formatted(name, more);
        Files.writeString(home.resolve("queries/statistics/" + name + ".rq"), header + query);
    }

    private static String upTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    private static void offer(String name, String category) {
        String id = "acme/weather/" + name;
        SERVER.as(TestServer.WEATHER)
                .json(
                        "PUT",
                        Offerings.pathOf(id),
                        Offerings.changed(id, offering -> offering.put("category", category)))
                .mustBe(201);
    }

    private static Answer get(String path) {
        return SERVER.as(TestServer.NOBODY).get(path);
    }

    private static Answer get(String path, String accept) {
        return SERVER.as(TestServer.NOBODY).get(path, accept);
    }

    private static List<String> rows(String text) {
        return text.lines().skip(1).map(String::strip).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                | application/sparql-results+json | "head"
            */*                               | application/sparql-results+json | "head"
            application/json                  | application/sparql-results+json | "head"
            application/sparql-results+xml    | application/sparql-results+xml  | <sparql
            text/csv                          | text/csv;charset=utf-8          | category,label,offerings
            text/tab-separated-values         | text/tab-separated-values;charset=utf-8 | ?category
            text/csv;q=0.5, application/json;q=0.9 | application/sparql-results+json | "head"
            text/csv, application/json;q=0.9  | text/csv;charset=utf-8          | category,label,offerings
            application/sparql-query          | application/sparql-query        | SELECT
            """)
    void format_is_that_of_accept_200(String accept, String type, String content) {
        Answer answer = accept.isEmpty() ? get(BY_CATEGORY) : get(BY_CATEGORY, accept);
        assertThat(answer.mustBe(200).header("Content-Type")).isEqualTo(type);
        assertThat(answer.text()).contains(content);
        assertThat(answer.header("Vary")).contains("Accept");
    }

    @ParameterizedTest
    @CsvSource({
        "json,application/sparql-results+json",
        "xml,application/sparql-results+xml",
        "csv,text/csv;charset=utf-8",
        "tsv,text/tab-separated-values;charset=utf-8",
        "rq,application/sparql-query"
    })
    void ending_of_the_name_says_the_format_200(String ending, String type) {
        assertThat(get(BY_CATEGORY + "." + ending, "text/html").mustBe(200).header("Content-Type"))
                .isEqualTo(type);
    }

    @Test
    void format_that_is_not_there_is_406() {
        assertThat(get(BY_CATEGORY, "image/png").mustBeProblem(406).detail()).contains("text/csv");
        get(BY_CATEGORY, "text/*;q=0").mustBeProblem(406);
    }

    @Test
    void rows_are_those_of_the_data_200() {
        assertThat(rows(get(BY_CATEGORY + ".csv?language=de").text()))
                .containsExactly(
                        "https://w3id.org/mercat/categories#Wind,Wind,2",
                        "https://w3id.org/mercat/categories#Parking,Parken,1");
    }

    @ParameterizedTest
    @CsvSource({"https%3A%2F%2Fw3id.org%2Fmercat%2Fdatatypes%23Latitude", "dt:Latitude", "Latitude"})
    void iri_may_be_written_short_200(String iri) {
        assertThat(rows(get(NARROWER + ".csv?type=" + iri).mustBe(200).text()))
                .first()
                .asString()
                .startsWith("https://w3id.org/mercat/datatypes#")
                .contains("Latitude");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            vocabulary/narrower-types?type=a%20b    | type is of type iri, not "a b"          | type=https%3A
            statistics/ending-soon?days=soon        | days is of type integer, not "soon"     | days=7
            statistics/ending-soon?days=1.5         | days is of type integer                 | its default is "7"
            statistics/ending-soon?days=1&days=2    | days is given 2 times                   | days=7
            statistics/ending-soon?day=1            | There is no parameter "day"             | days (integer, default "7")
            statistics/needs                        | least is missing                        | least=10
            statistics/needs?least=x                | least is of type integer                | it has no default
            statistics/top?limit=0                  | limit is a whole number from 1 to 10000 | not "0"
            statistics/top?limit=10001              | limit is a whole number                 | not "10001"
            statistics/top?offset=-1                | offset is a whole number from 0         | not "-1"
            """)
    void parameter_that_is_wrong_is_400(String path, String said, String instead) {
        assertThat(get("/queries/" + path).mustBeProblem(400).detail())
                .contains(said)
                .contains(instead);
    }

    @Test
    void all_that_is_wrong_is_told_at_once_400() {
        Answer answer =
                get("/queries/statistics/ending-soon?days=x&limit=y&more=z").mustBeProblem(400);
        assertThat(answer.json().path("errors")).hasSize(3);
    }

    @Test
    void parameter_without_a_default_is_taken_200() {
        assertThat(rows(get("/queries/statistics/needs.csv?least=2").mustBe(200).text()))
                .containsExactly("2", "3");
    }

    @Test
    void unknown_query_is_404_and_names_those_beside_it() {
        assertThat(get("/queries/statistics/nothing").mustBeProblem(404).detail())
                .contains("statistics/freshness");
        get("/queries/search/members").mustBeProblem(404);
        get("/queries/hygiene/cycle").mustBeProblem(404);
    }

    @Test
    void pages_together_are_the_whole_200() {
        List<String> whole = rows(get(BY_CATEGORY + ".csv").mustBe(200).text());
        assertThat(whole).hasSizeGreaterThan(1);
        List<String> pages = new ArrayList<>();
        String path = BY_CATEGORY + ".csv?limit=1";
        while (path != null) {
            Answer page = get(path).mustBe(200);
            assertThat(rows(page.text())).hasSize(1);
            pages.addAll(rows(page.text()));
            Matcher next = NEXT.matcher(page.header("Link"));
            path = next.matches() ? next.group(1).replace(TestServer.BASE, "/") : null;
        }
        assertThat(pages).isEqualTo(whole);
    }

    @Test
    void only_a_page_with_more_behind_it_has_a_link_200() {
        assertThat(get("/queries/statistics/top").header("Link")).isEmpty();
        assertThat(get("/queries/statistics/top?limit=3").header("Link")).isEmpty();
        Answer cut = get("/queries/statistics/top?limit=2").mustBe(200);
        String next = TestServer.BASE + "queries/statistics/top?limit=2&offset=2";
        assertThat(cut.header("Link")).isEqualTo("<" + next + ">; rel=\"next\"");
        assertThat(cut.json().at("/head/link/0").asText()).isEqualTo(next);
        assertThat(cut.json().at("/results/bindings")).hasSize(2);
    }

    @Test
    void limit_of_the_query_itself_holds_for_all_pages_200() {
        assertThat(rows(get("/queries/statistics/top.csv").text())).containsExactly("2", "3", "4");
        assertThat(rows(get("/queries/statistics/top.csv?limit=10&offset=1").text()))
                .containsExactly("3", "4");
        assertThat(rows(get("/queries/statistics/top.csv?offset=7").text())).isEmpty();
        assertThat(get("/queries/statistics/top.rq?limit=2&offset=1").text())
                .containsPattern("OFFSET\\s+2")
                .containsPattern("LIMIT\\s+2");
    }

    @Test
    void more_rows_than_one_answer_has_are_400_and_given_in_pages() {
        assertThat(get("/queries/statistics/many").mustBeProblem(400).detail()).contains("limit=1000");
        Answer page = get("/queries/statistics/many.csv?limit=10000").mustBe(200);
        assertThat(rows(page.text())).hasSize(10_000);
        assertThat(page.header("Link")).contains("limit=10000&offset=10000");
        assertThat(rows(get("/queries/statistics/many.csv?limit=10000&offset=10000")
                        .text()))
                .hasSize(100);
    }

    @Test
    void answer_that_the_reader_has_is_304_until_something_is_written() {
        Answer first = get(BY_CATEGORY + ".csv?language=es").mustBe(200);
        assertThat(first.tag()).isNotEmpty();
        Answer again = SERVER.as(TestServer.NOBODY)
                .with("If-None-Match", first.tag())
                .get(BY_CATEGORY + ".csv?language=es")
                .mustBe(304);
        assertThat(again.text()).isEmpty();
        assertThat(again.tag()).isEqualTo(first.tag());
        assertThat(get(BY_CATEGORY + ".json?language=es").tag()).isNotEqualTo(first.tag());
        SERVER.as(TestServer.WEATHER)
                .json(
                        "PUT",
                        Offerings.pathOf("acme/weather/one"),
                        Offerings.changed("acme/weather/one", offering -> offering.put("category", "Noise")))
                .mustBe(200);
        SERVER.as(TestServer.NOBODY)
                .with("If-None-Match", first.tag())
                .get(BY_CATEGORY + ".csv?language=es")
                .mustBe(200);
        SERVER.as(TestServer.WEATHER)
                .json(
                        "PUT",
                        Offerings.pathOf("acme/weather/one"),
                        Offerings.changed("acme/weather/one", offering -> offering.put("category", "Wind")))
                .mustBe(200);
    }

    @ParameterizedTest
    @CsvSource({"statistics/freshness", "search/by-words", "statistics/active-offerings-by-category"})
    void answer_that_changes_with_time_has_no_tag_200(String name) {
        assertThat(get("/queries/" + name).mustBe(200).tag()).isEmpty();
    }

    @Test
    void answer_names_the_revision_that_it_speaks_of_200() {
        assertThat(get(BY_CATEGORY).header("Mercat-Revision")).isEqualTo(Long.toString(SERVER.revision()));
    }

    @Test
    void head_has_the_headers_200() {
        Answer head = SERVER.as(TestServer.NOBODY).send("HEAD", BY_CATEGORY + ".csv", null, (byte[]) null);
        assertThat(head.mustBe(200).tag()).isEqualTo(get(BY_CATEGORY + ".csv").tag());
        assertThat(head.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(head.text()).isEmpty();
    }

    @Test
    void query_with_its_values_answers_the_same_at_sparql_200() {
        String query = get(NARROWER + ".rq?type=Latitude").mustBe(200).text();
        Answer answer = SERVER.as(TestServer.NOBODY)
                .with("Accept", "text/csv")
                .send("POST", "/sparql", "application/sparql-query", query);
        assertThat(answer.mustBe(200).text())
                .isEqualTo(get(NARROWER + ".csv?type=Latitude").text());
    }

    @Test
    void regular_expression_that_would_not_end_is_503() {
        Answer stopped = get("/queries/statistics/slow?text=" + "a".repeat(63)).mustBeProblem(503);
        assertThat(stopped.detail()).contains("time limit");
        assertThat(stopped.header("Retry-After")).isNotEmpty();
    }
}
