// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graphs of an export are held to what a body is held to. */
class LoadGraphsTest {
    private static final String PREFIXES = """
            @base <%sorganizations/> .
            @prefix dcterms: <http://purl.org/dc/terms/> .
            @prefix mc: <https://w3id.org/mercat/core#> .
            @prefix org: <http://www.w3.org/ns/org#> .
            @prefix schema: <http://schema.org/> .
            """.formatted(TestServer.BASE);

    @TempDir
    Path folder;

    private Catalogue catalogue;

    @BeforeEach
    void open() {
        catalogue = Catalogue.open(TestServer.config(folder.resolve("data")));
    }

    @AfterEach
    void close() {
        catalogue.close();
    }

    private Loader.Outcome load(String... graphs) throws IOException {
        Path file = folder.resolve("graphs.trig");
        return catalogue.load(
                Files.writeString(file, PREFIXES + String.join("\n", graphs)),
                new Progress(new PrintWriter(Writer.nullWriter()), false, "graphs"));
    }

    /** What an export of the catalogue has. */
    private String exported() throws IOException {
        catalogue.close();
        Path file = folder.resolve("all.nq");
        int exit = Main.commandLine()
                .execute(
                        "export",
                        "--data",
                        folder.resolve("data").toString(),
                        "--base-iri",
                        TestServer.BASE,
                        "--format",
                        "nq",
                        file.toString());
        assertThat(exit).isZero();
        return Files.readString(file);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <other> schema:name "taken over"           | A body describes one resource
                    <https://w3id.org/mercat/categories#Parking> schema:name "X" | A body describes one resource
                    [] schema:name "hangs on nothing"          | A body describes one resource
                    <bad> a mc:Provider                        | cannot be a
                    <bad#x> a mc:Offering                      | cannot be a
                    <bad> dcterms:identifier "good"            | identifier does not agree
                    <bad> mc:kind <<( <bad> a mc:Offering )>>  | triple term""")
    void a_graph_that_no_body_could_say_is_refused_and_the_others_are_stored(String statement, String reason)
            throws IOException {
        Loader.Outcome outcome = load(
                "<bad> { <bad> a org:Organization ; schema:name \"Bad\" . " + statement + " }",
                "<good> { <good> a org:Organization ; schema:name \"Good\" }");
        assertThat(outcome.stored()).isEqualTo(1);
        assertThat(outcome.refusals()).singleElement().asString().contains("organizations/bad>: ", reason);
        assertThat(exported()).contains("\"Good\"").doesNotContain("\"Bad\"", "taken over", "hangs on nothing");
    }

    @Test
    void a_graph_that_is_larger_than_a_body_may_be_is_refused() throws IOException {
        String names = IntStream.range(0, 5_001)
                .mapToObj(i -> "\"" + i + "\"")
                .collect(Collectors.joining(" , ", "<big> <https://x.example/p> ", " ."));
        Loader.Outcome outcome = load("<big> { <big> schema:name \"Big\" . " + names + " }");
        assertThat(outcome.stored()).isZero();
        assertThat(outcome.refusals()).singleElement().asString().contains("5000 triples at most");
    }

    @Test
    void nodes_without_a_name_get_one_and_the_address_says_what_it_is() throws IOException {
        Loader.Outcome outcome =
                load("<good> { <good> schema:name \"Good\" ; <https://x.example/p> [ schema:name \"child\" ] }");
        assertThat(outcome.refusals()).isEmpty();
        String good = "<" + TestServer.BASE + "organizations/good";
        assertThat(exported().lines().filter(line -> line.contains(good)))
                .noneMatch(line -> line.contains("_:"))
                .anyMatch(line -> line.startsWith(good + "#/") && line.contains("\"child\""))
                .anyMatch(line -> line.startsWith(good + "> ") && line.contains("org#Organization>"))
                .anyMatch(line -> line.contains("dc/terms/identifier> \"good\""));
    }
}
