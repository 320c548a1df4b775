// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands, run as a person does. */
class CommandsTest {
    /** Of a terminal, for which help is laid out. */
    private static final int WIDTH = 80;

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> help_of_each_command_teaches_each_option() {
        return Main.commandLine().getSubcommands().entrySet().stream()
                .map(entry -> dynamicTest(entry.getKey(), () -> helpTeaches(entry.getKey(), entry.getValue())));
    }

    private static void helpTeaches(String name, CommandLine command) {
        Run help = Run.of("help", name);
        assertThat(help.exit()).isZero();
        assertThat(help.out()).contains("Usage: mercat " + name);
        for (var option : command.getCommandSpec().options()) {
            assertThat(help.out()).contains(option.longestName());
            assertThat(option.description()).as(option.longestName()).isNotEmpty();
        }
        for (var parameter : command.getCommandSpec().positionalParameters()) {
            assertThat(parameter.description()).as(parameter.paramLabel()).isNotEmpty();
        }
        String[] description = command.getCommandSpec().usageMessage().description();
        assertThat(description).isNotEmpty();
        assertThat(description[0])
                .as("the list of commands has this line alone")
                .endsWith(".");
        if (description.length > 1) { // in lines, which are not to be broken once more
            assertThat(description).allSatisfy(line -> assertThat(line).hasSizeLessThan(WIDTH));
        }
    }

    @Test
    void each_setting_names_its_environment_variable() {
        String help = Run.of("serve", "--help").out();
        assertThat(help.replaceAll("\\s+", " "))
                .contains("MERCAT_HOME", "MERCAT_DATA", "MERCAT_BASE_IRI", "MERCAT_PORT", "MERCAT_HOST")
                .contains("MERCAT_DEMO=true", "MERCAT_SPARQL_TIME_LIMIT");
    }

    @Test
    void the_program_alone_shows_its_commands() {
        assertThat(Main.commandLine().getCommandSpec().usageMessage().description())
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(WIDTH));
        assertThat(Run.of("--help").out()).contains("serve", "load", "export", "reindex", "evaluate", "version");
    }

    @Test
    void version_names_this_program_jena_and_java() {
        Run version = Run.of("version");
        assertThat(version.exit()).isZero();
        assertThat(version.out()).contains("mercat ", "jena 5.6.0", "java 1");
        assertThat(Run.of("--version").out()).isEqualTo(version.out());
    }

    @Test
    void an_unknown_option_is_a_message_and_not_a_stack_trace() {
        Run wrong = Run.of("serve", "--prot", "1");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("--prot").doesNotContain("\tat ");
    }

    @Test
    void a_faulty_setting_is_a_message_and_not_a_stack_trace() {
        Run wrong = Run.of("serve", "--port", "x", "--base-iri", "y");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("2 faults", "--port", "--base-iri").doesNotContain("\tat ");
    }

    @Test
    void what_is_refused_is_listed_and_the_rest_is_stored() throws IOException {
        Path file = folder.resolve("mixed.ndjson");
        Files.writeString(
                file,
                """
                {"id": "acme", "name": "Acme"}
                {"id": "nameless"}
                {"id": "acme/parking", "@type": "Provider", "name": "Parking", "organization": "acme"}
                {"id":
                """ + Offerings.small("acme/parking/x") + "\n" + Offerings.small("acme/nobody/x") + "\n",
                StandardCharsets.UTF_8);
        Run run = Run.on(folder.resolve("mixed"), "load", file.toString());
        assertThat(run.exit()).isNotZero();
        assertThat(run.out())
                .contains("mixed.ndjson: line 2: ", "mixed.ndjson: line 4: ", "mixed.ndjson: line 6: ")
                .contains("3 stored, 3 refused");
        assertThat(run.err()).contains("3 refused").doesNotContain("\tat ");
    }

    @Test
    void a_file_that_is_not_there_or_none_of_ours_is_a_message() throws IOException {
        Run missing = Run.on(
                folder.resolve("none"), "load", folder.resolve("missing.ndjson").toString());
        assertThat(missing.exit()).isEqualTo(2);
        assertThat(missing.err()).contains("Cannot read").doesNotContain("\tat ");
        Path other = Files.writeString(folder.resolve("other.trig"), "<a> { <b> <c> ");
        Run broken = Run.on(folder.resolve("none"), "load", other.toString());
        assertThat(broken.exit()).isEqualTo(2);
        assertThat(broken.err()).contains("other.trig").doesNotContain("\tat ");
        Path foreign = Files.writeString(
                folder.resolve("foreign.trig"),
                "<https://elsewhere.example/offerings/a/b/c> { <https://x.example/> a 1 }");
        assertThat(Run.on(folder.resolve("none"), "load", foreign.toString()).out())
                .contains("elsewhere.example");
    }

    @Test
    void a_format_that_is_none_is_a_message() {
        Run run = Run.on(
                folder.resolve("none"),
                "export",
                "--format",
                "csv",
                folder.resolve("x").toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("trig or nq");
    }
}
