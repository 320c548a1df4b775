// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Does what {@code README.md} says. In a {@code console} block, a line after {@code $} is a command (which goes on while
 * a quote is open or the line ends in a backslash); what follows is a part of its answer, {@code ...} is anything.
 */
class ReadmeTest {
    private static final Path README = Path.of("README.md");
    private static final String ADDRESS = "http://localhost:8080/";
    private static final String MARK = "=====";

    private record Step(String command, String answer) {}

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/proposals.md", "docs/data.md", "docs/sparql.md", "docs/contracts.md"})
    void every_request_is_answered_as_shown(String file, @TempDir Path data) throws Exception {
        List<Step> steps = steps(Files.readString(Path.of(file)));
        assertThat(steps).hasSizeGreaterThan(5);
        Config config = Config.of(
                new Config.Words(null, data.toString(), "127.0.0.1", "0", ADDRESS, true, null, null, false, null));
        try (Catalogue catalogue = Catalogue.open(config)) {
            List<String> answers = run(steps, catalogue.start());
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                assertThat(pattern(step.answer)
                                .matcher(collapsed(answers.get(i)))
                                .find())
                        .as("%s%nshown:%n%s%nanswered:%n%s", step.command, step.answer, answers.get(i))
                        .isTrue();
            }
        }
    }

    @Test
    void it_is_short() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(150);
    }

    @Test
    void every_option_and_every_folder_is_there() throws IOException {
        String readme = Files.readString(README);
        for (OptionSpec option :
                new CommandLine(new ServeCommand()).getCommandSpec().options()) {
            String name = option.longestName();
            if (!List.of("--help", "--version").contains(name)) {
                assertThat(readme)
                        .contains("`" + name)
                        .contains("MERCAT_"
                                + name.substring(2)
                                        .toUpperCase(java.util.Locale.ROOT)
                                        .replace('-', '_'));
            }
        }
        Stream<String> folders = Pattern.compile("(?m)^\\| `([a-z/]+/)`")
                .matcher(readme)
                .results()
                .map(match -> match.group(1));
        assertThat(folders)
                .isNotEmpty()
                .allSatisfy(folder -> assertThat(Path.of(folder)).isDirectory());
    }

    private static List<Step> steps(String readme) {
        List<Step> steps = new ArrayList<>();
        Pattern.compile("(?ms)^```console\\n(.*?)^```$")
                .matcher(readme)
                .results()
                .forEach(block -> {
                    for (String part : block.group(1).split("(?m)^\\$ ")) {
                        if (!part.isBlank()) {
                            steps.add(step(part));
                        }
                    }
                });
        return steps;
    }

    private static Step step(String part) {
        List<String> lines = part.lines().toList();
        int end = 0;
        long quotes = 0;
        do {
            quotes += lines.get(end).chars().filter(c -> c == '\'').count();
        } while ((lines.get(end++).endsWith("\\") || quotes % 2 == 1) && end < lines.size());
        return new Step(String.join("\n", lines.subList(0, end)), String.join("\n", lines.subList(end, lines.size())));
    }

    /** One shell for all, so that what one command sets, the next has. */
    private static List<String> run(List<Step> steps, int port) throws IOException, InterruptedException {
        String script = steps.stream()
                .map(step -> step.command.replaceAll("(?<=[ '])" + ADDRESS, "http://127.0.0.1:" + port + "/")
                        + "\necho; echo " + MARK)
                .collect(Collectors.joining(
                        "\n", "command -v curl >&2 || { echo 'curl is missing' ; exit 1; }\n", "\n"));
        Process bash = new ProcessBuilder("bash", "-c", script)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).as(output).isZero();
        List<String> answers = List.of(output.split(MARK));
        assertThat(answers).as(output).hasSizeGreaterThanOrEqualTo(steps.size());
        return answers;
    }

    private static Pattern pattern(String shown) {
        String quoted = Stream.of(collapsed(shown).split("\\.\\.\\.", -1))
                .map(String::strip)
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(quoted, Pattern.DOTALL);
    }

    private static String collapsed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
