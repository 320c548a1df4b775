// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vocabularies in a working copy of git with two commits and a change that is not committed. */
class VocabularyPlaceTest {
    @TempDir
    Path folder;

    private VocabularyPlace place;

    @BeforeEach
    void commit() throws Exception {
        git("init", "-q");
        write("vocabularies/a.ttl", 1);
        write("vocabularies/below/b ü.ttl", 1);
        write("other/c.ttl", 1);
        git("add", ".");
        git("commit", "-q", "-m", "one");
        write("vocabularies/a.ttl", 2);
        git("commit", "-q", "-a", "-m", "two");
        write("vocabularies/a.ttl", 3);
        place = new VocabularyPlace(folder);
    }

    private void write(String file, int triples) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < triples; i++) {
            text.append("<http://e/s> <http://e/p> " + i + " .\n");
        }
        Files.writeString(path, text);
    }

    private void git(String... words) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    private int triplesOfA(String name, String other) {
        return place.read(name, other).get("a.ttl").size();
    }

    @Test
    void a_folder_is_what_is_on_disk_and_a_revision_what_was_committed() {
        assertThat(triplesOfA("vocabularies", "HEAD")).isEqualTo(3);
        assertThat(triplesOfA("HEAD", "vocabularies")).isEqualTo(2);
        assertThat(triplesOfA("HEAD~1:vocabularies", "x")).isEqualTo(1);
        assertThat(place.read("HEAD", "vocabularies")).containsOnlyKeys("a.ttl", "below/b ü.ttl");
        assertThat(place.read("vocabularies", "HEAD")).containsOnlyKeys("a.ttl", "below/b ü.ttl");
    }

    @Test
    void a_revision_without_a_path_takes_that_of_the_other_place_else_the_usual_one() {
        assertThat(place.read("HEAD", "other")).containsOnlyKeys("c.ttl");
        assertThat(place.read("HEAD", "other/c.ttl")).containsOnlyKeys("c.ttl");
        assertThat(place.read("HEAD", "HEAD~1:other")).containsOnlyKeys("c.ttl");
        assertThat(triplesOfA("HEAD~1", "HEAD")).isEqualTo(1);
        assertThat(triplesOfA("HEAD", folder.getParent().toString())).isEqualTo(2);
    }

    @Test
    void a_single_file_of_a_revision_is_read() {
        assertThat(triplesOfA("HEAD~1:vocabularies/a.ttl", "vocabularies/a.ttl"))
                .isEqualTo(1);
    }

    @Test
    void below_a_folder_paths_begin_there() {
        var below = new VocabularyPlace(folder.resolve("vocabularies"));
        assertThat(below.read("HEAD", "below")).containsOnlyKeys("b ü.ttl");
        assertThat(below.read("HEAD:./below", "x")).containsOnlyKeys("b ü.ttl");
        assertThat(below.read("HEAD:other", "x")).containsOnlyKeys("c.ttl");
    }

    @Test
    void what_is_not_there_is_told() {
        for (String name : List.of("nothing", "HEAD~9", "HEAD:nothing", "--help", "--output=x:y", "a.ttl")) {
            assertThatThrownBy(() -> place.read(name, "vocabularies"))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("null");
        }
    }

    @Test
    void an_error_in_a_revision_is_told_with_line_and_column() throws Exception {
        Files.writeString(folder.resolve("other/c.ttl"), "<http://e/s>\n<http://e/p> .");
        git("commit", "-q", "-a", "-m", "three");
        assertThatThrownBy(() -> place.read("HEAD:other", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HEAD:other/c.ttl:2:");
    }
}
