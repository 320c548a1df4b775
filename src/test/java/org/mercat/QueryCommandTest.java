// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code mercat query} on a data folder, and on a catalogue that runs. */
class QueryCommandTest {
    private static final String BY_CATEGORY = "statistics/offerings-by-category";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @TempDir
    static Path data;

    @TempDir
    static Path folder;

    @BeforeAll
    static void offer() {
        Config config = Config.of(new Config.Words(
                null, data.toString(), "127.0.0.1", "0", TestServer.BASE, true, null, null, false, null));
        try (Catalogue catalogue = Catalogue.open(config)) {
            catalogue.start();
        }
        SERVER.as(TestServer.PARKING)
                .json(
                        "PUT",
                        Offerings.pathOf("acme/parking/x"),
                        Offerings.small("acme/parking/x").toString())
                .mustBe(201);
    }

    private static Run here(String... words) {
        return run(Stream.of("--data", data.toString()), words);
    }

    private static Run there(String... words) {
        return run(Stream.of("--url", SERVER.url()), words);
    }

    private static Run run(Stream<String> where, String... words) {
        return Run.of(Stream.of(Stream.of("query"), Arrays.stream(words), where)
                .flatMap(each -> each)
                .toArray(String[]::new));
    }

    private static String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String counting() throws IOException {
        return file("count.rq", """
                #+ param: ?class iri https://w3id.org/mercat/core#Offering
                SELECT (COUNT(?thing) AS ?count) WHERE { ?thing a ?class }
                """);
    }

    @Test
    void the_library_is_asked_by_name_and_answers_in_an_aligned_table() {
        Run run = here(BY_CATEGORY, "--limit", "2");
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        assertThat(run.out().lines())
                .containsExactly(
                        "category          label          offerings",
                        "----------------  -------------  ---------",
                        "cat:TestData      Test data             13",
                        "cat:ParkingSpace  Parking space         11",
                        "",
                        "2 rows");
    }

    @Test
    void a_parameter_is_given_by_name() {
        Run run = here(BY_CATEGORY, "--param", "language=de", "--limit", "1", "--format", "csv");
        assertThat(run.out().lines()).element(1).asString().endsWith(",Testdaten,13");
    }

    @Test
    void the_search_and_shapes_work_on_a_folder() {
        Run run = here("search/near", "--param", "kilometres=20", "--format", "tsv");
        assertThat(run.out()).contains("Charging stations in Barcelona").doesNotContain("Santander");
    }

    @Test
    void a_file_has_a_header_like_those_of_the_library() throws IOException {
        assertThat(here(counting(), "--format", "csv").out().lines()).containsExactly("count", "31");
        assertThat(here(counting(), "--param", "class=mc:Provider", "--format", "csv")
                        .out()
                        .lines())
                .element(1)
                .isNotEqualTo("31");
    }

    @Test
    void a_graph_is_turtle_and_an_ask_is_a_word() throws IOException {
        String graph = file("graph.rq", "CONSTRUCT { <urn:a> <urn:b> 1 } WHERE {}");
        assertThat(here(graph).out()).containsPattern("<urn:a>\\s+<urn:b>\\s+1 \\.");
        assertThat(here(graph, "--format", "csv")).satisfies(run -> {
            assertThat(run.exit()).isEqualTo(2);
            assertThat(run.err()).contains("this query gives a graph: write one of ttl, nt, jsonld");
        });
        assertThat(here(file("ask.rq", "ASK { ?s ?p ?o }")).out()).isEqualToIgnoringNewLines("true");
    }

    @Test
    void all_queries_are_listed() {
        Run run = Run.of("query");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains(BY_CATEGORY).doesNotContain("hygiene/");
    }

    @Test
    void what_is_wrong_in_a_file_is_told_with_line_and_column() throws IOException {
        Run run = here(file("bad.rq", "SELECT * WHERE {\n ?s ?p FILTR }\n"));
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("bad.rq, line 2").contains("column 13");
    }

    @Test
    void a_value_of_another_type_is_refused_as_the_server_does() {
        Run local = here("statistics/ending-soon", "--param", "days=soon");
        assertThat(local.exit()).isEqualTo(2);
        assertThat(local.err()).contains("days is of type integer, not \"soon\"; its default is \"7\"");
        Run remote = there("statistics/ending-soon", "--param", "days=soon");
        assertThat(remote.exit()).isEqualTo(1);
        assertThat(remote.err()).contains("answered 400", "days is of type integer, not \"soon\"");
    }

    @Test
    void what_is_not_there_is_told() {
        assertThat(here("statistics/nothing").err()).contains("\"mercat query\" alone lists it");
        assertThat(here("nothing.rq").err()).contains("nothing.rq is not there");
        Run run = Run.of("query", BY_CATEGORY, "--data", folder.resolve("none").toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("There is no catalogue in");
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void a_folder_that_a_server_has_open_is_refused() {
        Run run = Run.of("query", BY_CATEGORY, "--data", SERVER.folder().toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("is in use by another process");
    }

    @Test
    void a_running_catalogue_is_asked_over_http() throws IOException {
        assertThat(there(BY_CATEGORY).out()).contains("cat:Parking", "1 row");
        assertThat(there(counting(), "--format", "csv").out().lines()).containsExactly("count", "1");
        assertThat(there(counting(), "--format", "json").out()).contains("\"bindings\"");
        assertThat(there(file("ask.rq", "ASK { ?s ?p ?o }")).out()).isEqualToIgnoringNewLines("true");
        assertThat(there(file("graph.rq", "CONSTRUCT { <urn:a> <urn:b> 1 } WHERE {}"))
                        .out())
                .contains("<urn:a>");
    }

    @Test
    void what_a_server_refuses_ends_with_1() throws IOException {
        Run run = there(file("service.rq", "SELECT * WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }"));
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("answered 4").contains("SERVICE");
        Run nobody = Run.of("query", BY_CATEGORY, "--url", "http://127.0.0.1:1/");
        assertThat(nobody.exit()).isEqualTo(1);
        assertThat(nobody.err()).contains("does not answer");
        assertThat(Run.of("query", BY_CATEGORY, "--url", "ftp://x").exit()).isEqualTo(2);
    }
}
