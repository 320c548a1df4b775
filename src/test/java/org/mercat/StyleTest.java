// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What of our style a machine can see and no compiler does. */
class StyleTest {
    private static final Path MAIN = Path.of("src/main/java");

    /** A query or an update, or a piece of one, as a text: what belongs into queries/. */
    private static final Pattern SPARQL =
            Pattern.compile("(?s)\\b(SELECT|CONSTRUCT|DESCRIBE|ASK|WHERE|OPTIONAL|GRAPH|UNION|FILTER)\\b[^\"]*\\{"
                    + "|\\bPREFIX\\s+\\w*:\\s*<|\\b(INSERT|DELETE) DATA\\b|\\?\\w+ (a|\\w+:\\w+) \\?\\w+");

    private static final Pattern TEXT = Pattern.compile("\"\"\"(?s:.*?)\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$");

    private static List<Path> javaFiles(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(java).isNotEmpty();
            return java;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> thoseThat(List<Path> files, Predicate<Path> fault) {
        return files.stream().filter(fault).toList();
    }

    @Test
    void there_is_no_sparql_in_java() {
        List<String> found = new ArrayList<>();
        for (Path file : javaFiles(MAIN)) {
            String code = COMMENT.matcher(text(file)).replaceAll("");
            TEXT.matcher(code)
                    .results()
                    .map(match -> match.group())
                    .filter(word -> SPARQL.matcher(word).find())
                    .forEach(word -> found.add(file + ": " + word));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void the_search_for_sparql_finds_it() {
        assertThat("\"SELECT * { ?s ?p ?o }\"").containsPattern(SPARQL);
        assertThat("\"PREFIX mc: <urn:x>\"").containsPattern(SPARQL);
        assertThat("\"?x a ?y\"").containsPattern(SPARQL);
        assertThat("\"Where is it? Ask {name}.\"").doesNotContainPattern(SPARQL);
    }

    @Test
    void the_first_line_of_every_java_file_names_its_licence() {
        List<Path> files = new ArrayList<>(javaFiles(MAIN));
        files.addAll(javaFiles(Path.of("src/test/java")));
        assertThat(thoseThat(files, file -> !text(file).startsWith("// SPDX-License-Identifier: Apache-2.0\n")))
                .isEmpty();
    }

    @Test
    void only_commands_write_on_the_console() {
        assertThat(thoseThat(
                        javaFiles(MAIN),
                        file -> !file.toString().endsWith("Command.java")
                                && Pattern.compile("System\\.(out|err)\\b|printStackTrace\\(")
                                        .matcher(text(file))
                                        .find()))
                .isEmpty();
    }

    @Test
    void no_file_is_named_for_nothing_in_particular() {
        assertThat(thoseThat(
                        javaFiles(MAIN),
                        file -> file.getFileName()
                                .toString()
                                .matches(".*(Util|Utils|Helper|Helpers|Manager|Impl)\\.java")))
                .isEmpty();
        assertThat(thoseThat(javaFiles(MAIN), file -> file.toString().matches(".*/(util|common|impl|helper)s?/.*")))
                .isEmpty();
    }

    @Test
    void letters_change_their_case_in_no_particular_language() {
        assertThat(thoseThat(
                        javaFiles(MAIN),
                        file -> Pattern.compile(
                                        "\\.to(Lower|Upper)Case\\(\\)|(?<!Locale\\.ROOT, )\"[^\"\\n]*%[,.\\d]*[df][^\"\\n]*\"\\s*\\.formatted\\(")
                                .matcher(text(file))
                                .find()))
                .isEmpty();
    }

    @Test
    void the_pom_is_short() throws IOException {
        assertThat(Files.readAllLines(Path.of("pom.xml"))).hasSizeLessThan(330);
    }
}
