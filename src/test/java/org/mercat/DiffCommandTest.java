// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mercat diff} on a copy of our own categories that somebody edited. */
class DiffCommandTest {
    private static final Path CATEGORIES = Path.of("vocabularies/categories.ttl");

    @TempDir
    Path folder;

    private String edited;

    @BeforeEach
    void edit() throws IOException {
        String text = Files.readString(CATEGORIES)
                .replace("cat:ParkingSpace", "cat:ParkingBay")
                .replace("\"Parken\"@de", "\"Parken | <Stehen>\"@de");
        edited = Files.writeString(folder.resolve("edited.ttl"), text).toString();
    }

    @Test
    void the_report_says_what_changed_why_it_matters_and_which_version_to_write() {
        Run run = Run.of("diff", CATEGORIES.toString(), edited);
        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .startsWith("major (1 renamed, 1 relabelled)")
                .contains("renamed: data and searches that use the old IRI")
                .contains("cat:ParkingSpace \"Parking space\": now cat:ParkingBay")
                .contains("skos:prefLabel (de) \"Parken\" became \"Parken | <Stehen>\"")
                .contains("version: owl:versionInfo is still 1.0.0: write 2.0.0");
    }

    @Test
    void markdown_has_a_table_whose_cells_hold_anything() {
        Run run = Run.of("diff", "--format", "markdown", CATEGORIES.toString(), edited);
        assertThat(run.out())
                .startsWith("## Vocabulary changes: major")
                .contains("| major | renamed | `cat:ParkingSpace` \"Parking space\" | now cat:ParkingBay |")
                .contains("\"Parken \\| &lt;Stehen>\" |");
    }

    @Test
    void json_has_full_iris() throws IOException {
        Run run = Run.of("diff", "--format", "json", CATEGORIES.toString(), edited);
        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.path("level").asText()).isEqualTo("major");
        assertThat(json.path("vocabularies").path(0).path("needed").asText()).isEqualTo("major");
        JsonNode renamed = json.path("changes").path(0);
        assertThat(renamed.path("kind").asText()).isEqualTo("renamed");
        assertThat(renamed.path("term").asText()).isEqualTo("https://w3id.org/mercat/categories#ParkingSpace");
        assertThat(renamed.path("other").asText()).isEqualTo("https://w3id.org/mercat/categories#ParkingBay");
        assertThat(json.path("changes").path(1).path("language").asText()).isEqualTo("de");
    }

    @Test
    void a_difference_ends_with_1_only_if_asked_for() {
        assertThat(Run.of("diff", "--exit-code", CATEGORIES.toString(), edited).exit())
                .isEqualTo(1);
        Run same = Run.of("diff", "--exit-code", CATEGORIES.toString(), CATEGORIES.toString());
        assertThat(same.exit()).isZero();
        assertThat(same.out()).isEqualTo("No difference in meaning.\n");
        assertThat(Run.of("diff", "--format", "markdown", "vocabularies").out())
                .isEqualTo("## Vocabulary changes: none\n");
    }

    @Test
    void an_error_in_a_file_is_told_with_line_and_column() throws IOException {
        Path faulty = Files.writeString(folder.resolve("faulty.ttl"), "<http://a>\n  <http://p> .");
        Run run = Run.of("diff", CATEGORIES.toString(), faulty.toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("faulty.ttl:2:").doesNotContain("\tat ");
    }

    @Test
    void a_place_that_is_none_is_a_message() {
        Run run = Run.of("diff", "no-such-place");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("There is no file, folder or revision no-such-place");
    }
}
