// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files of the query library that cannot be understood: they are told of, and the rest goes on. */
class BadQueryFilesTest {
    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @TempDir
    static Path home;

    @BeforeAll
    static void start() throws IOException {
        HomeFolder.in(home);
        Files.writeString(
                home.resolve("queries/statistics/bad.rq"),
                "#+ summary: Bad\n#+ description: It ends too soon.\n#+ audience: public\nSELECT ?x\nWHERE { ?x a ?y\n");
        Files.writeString(
                home.resolve("queries/statistics/typeless.rq"),
                "#+ summary: Typeless\n#+ param: ?x number 1\n#+ audience: public\nSELECT ?y { ?y ?z ?x }\n");
        Files.write(
                home.resolve("queries/statistics/latin.rq"),
                "#+ summary: Caf\u00e9\nSELECT * {}\n".getBytes(StandardCharsets.ISO_8859_1));
        Files.writeString(
                home.resolve("queries/statistics/elsewhere.rq"),
                "#+ summary: Elsewhere\n#+ description: Asks others.\n#+ audience: public\n"
                        + "SELECT ?x { FILTER EXISTS { SERVICE <urn:x> { ?x a ?y } } }\n");
        SERVER.restart(home);
    }

    @Test
    void the_operator_is_told_file_line_and_reason() {
        JsonNode faults = SERVER.as(TestServer.OPERATOR)
                .get("/queries")
                .mustBe(200)
                .json()
                .path("faults");
        assertThat(faults).hasSize(4);
        assertThat(faults.at("/0/file").asText()).isEqualTo("queries/statistics/bad.rq");
        assertThat(faults.at("/0/line").asInt()).isBetween(5, 6);
        assertThat(faults.at("/0/reason").asText()).contains("<EOF>");
        assertThat(faults.at("/1/reason").asText()).contains("leave SERVICE out");
        assertThat(faults.at("/2/line").asInt()).isEqualTo(1);
        assertThat(faults.at("/2/reason").asText()).contains("not UTF-8");
        assertThat(faults.at("/3/line").asInt()).isEqualTo(2);
        assertThat(faults.at("/3/reason").asText())
                .contains("\"number\" is no type")
                .contains("integer");
    }

    @Test
    void others_are_told_of_the_good_ones() {
        JsonNode list = SERVER.as(TestServer.NOBODY).get("/queries").mustBe(200).json();
        assertThat(list.has("faults")).isFalse();
        assertThat(list.path("queries").size()).isGreaterThan(30);
        SERVER.as(TestServer.NOBODY).get("/queries/statistics/bad").mustBeProblem(404);
        SERVER.as(TestServer.NOBODY).get("/queries/statistics/catalogue-size").mustBe(200);
    }

    @Test
    void a_catalogue_does_not_start_without_what_it_asks_itself(@TempDir Path other, @TempDir Path data)
            throws IOException {
        HomeFolder.in(other);
        Files.writeString(other.resolve("queries/search/members.rq"), "SELECT");
        Config config = Config.of(new Config.Words(
                other.toString(),
                data.toString(),
                "127.0.0.1",
                "0",
                null,
                false,
                "sixteen-letters-or-more",
                null,
                false,
                null));
        assertThatThrownBy(() -> Catalogue.open(config)).hasMessageContaining("queries/search/members.rq, line 1");
    }
}
