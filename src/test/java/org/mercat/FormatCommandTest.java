// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mercat format}, run as a person does. */
class FormatCommandTest {
    private static final String UNTIDY = "<http://e/a>   <http://e/p>    1   .";
    private static final String TIDY = "<http://e/a> <http://e/p> 1 .\n";

    @TempDir
    Path folder;

    @Test
    void our_own_vocabularies_and_shapes_are_formatted() {
        Run run = Run.of("format", "--check", "vocabularies", "shapes");
        assertThat(run.err()).isEmpty();
        assertThat(run.exit())
                .as(run.out() + "Run \"mercat format vocabularies shapes\".")
                .isZero();
        assertThat(run.out()).containsPattern("\\d\\d files formatted already");
    }

    @Test
    void files_of_a_folder_are_formatted_and_named() throws IOException {
        Path deep = write("below/deep.ttl", UNTIDY);
        Path tidy = write("tidy.ttl", TIDY);
        Path other = write("other.txt", UNTIDY);
        Run run = Run.of("format", folder.toString());
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains(deep.toString(), "2 files, 1 changed").doesNotContain(tidy.toString());
        assertThat(deep).hasContent(TIDY);
        assertThat(other).hasContent(UNTIDY);
        assertThat(Run.of("format", folder.toString()).out()).contains("2 files, 0 changed");
    }

    @Test
    void check_names_the_files_that_differ_and_writes_nothing() throws IOException {
        Path untidy = write("untidy.ttl", UNTIDY);
        Path tidy = write("tidy.ttl", TIDY);
        Run run = Run.of("format", "--check", untidy.toString(), tidy.toString());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out().lines()).startsWith(untidy.toString());
        assertThat(run.out()).contains("1 of 2 files").doesNotContain("\n" + tidy);
        assertThat(untidy).hasContent(UNTIDY);
        assertThat(Run.of("format", "--check", tidy.toString()).exit()).isZero();
    }

    @Test
    void an_error_is_told_with_file_line_and_column_and_no_file_is_written() throws IOException {
        Path untidy = write("a.ttl", UNTIDY);
        Path faulty = write("b.ttl", "<http://e/a>\n  <http://e/p> .");
        Run run = Run.of("format", folder.toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(faulty + ":2:", "Nothing was written").doesNotContain("\tat ");
        assertThat(untidy).hasContent(UNTIDY);
    }

    @Test
    void what_is_no_turtle_or_not_utf_8_is_told() throws IOException {
        Path xml = write("xml.ttl", "<?xml version=\"1.0\"?><rdf:RDF/>");
        Path latin = folder.resolve("latin.ttl");
        Files.write(latin, "# ok\n# café\n".getBytes(StandardCharsets.ISO_8859_1));
        Run run = Run.of("format", folder.toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(xml + ":1:1: this is RDF/XML", latin + ":2:6: ", "not UTF-8");
    }

    @Test
    void a_place_that_is_not_there_or_has_no_turtle_is_a_message() {
        assertThat(Run.of("format", folder.resolve("none").toString()))
                .satisfies(run -> assertThat(run.err()).contains("There is no file or folder"))
                .satisfies(run -> assertThat(run.exit()).isEqualTo(2));
        assertThat(Run.of("format", folder.toString()).err()).contains("no .ttl file");
    }

    @Test
    void a_file_keeps_its_permissions_and_nothing_else_stays_behind() throws IOException {
        Path file = write("a.ttl", "\uFEFF" + UNTIDY);
        Path link = Files.createSymbolicLink(folder.resolve("link.ttl"), file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        assertThat(Run.of("format", link.toString()).exit()).isZero();
        assertThat(file).hasContent(TIDY);
        assertThat(link).isSymbolicLink();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-rw-r--");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).hasSize(2);
        }
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
