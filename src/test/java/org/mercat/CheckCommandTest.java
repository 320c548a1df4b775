// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CheckCommandTest {
    private static final String ONTOLOGY = """
            @prefix dcterms: <http://purl.org/dc/terms/> .
            @prefix ex: <https://example.org/terms#> .
            @prefix owl: <http://www.w3.org/2002/07/owl#> .
            @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            <https://example.org/terms> a owl:Ontology , skos:ConceptScheme ; dcterms:title "Terms"@en ;
              dcterms:description "For a test."@en ; owl:versionInfo "1" ;
              dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
            """;

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Run check(Object... words) {
        return Run.of(Stream.concat(Stream.of("check"), Stream.of(words).map(Object::toString))
                .toArray(String[]::new));
    }

    private static String concept(String name, String more) {
        return "ex:" + name + " a skos:Concept ; skos:inScheme <https://example.org/terms> ; skos:prefLabel \"" + name
                + "\"@en ; skos:definition \"One of them: " + name + "\"@en ; " + more + " .\n";
    }

    /** Also what a contributor runs before a pull request. */
    @Test
    void the_vocabularies_of_this_repository_pass() {
        Run run = check("--home", ".", "--fail-on", "note");
        assertThat(run.out()).contains("files checked: all is well.").doesNotContain("[", " 0 files");
        assertThat(run.exit()).isZero();
    }

    @Test
    void without_files_the_packed_vocabularies_are_checked() {
        Run run = check();
        assertThat(run.out()).isEqualTo(check("--home", ".").out());
        assertThat(run.exit()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            @prefix a: <https://a.example/> .⏎a:b a:c a:d⏎a:e a:f a:g . | 3:1 | put "." behind it
            a:b a a:c .                                                | 1:1 | The prefix "a:" is not declared
            @prefix a: <https://a.example/> .⏎a:b a:c "x .⏎            | 3:1 | close it with a quotation mark
            @prefix a: <https://a.example/> .⏎a:b a:c "x"@ .           | 2:13 | no language behind "@"
            @prefix a: <https://a.example/> .⏎a:b a:c [ a:d a:e .      | 2:19 | "[" before this is not closed
            @prefix a: <https://a.example/> .⏎a:b a:c True .           | 2:9 | write true or false
            @prefix a: <https://a.example/> .⏎a:b a:c d .              | 2:9 | prefix:d or <IRI>
            @prefix a: <https://a.example/> .⏎a:b a:c “x” .            | 2:9 | typographic quotation mark
            @prefix a <https://a.example/> .                           | 1:9 | ends in a colon
            @prefix a: <https://a.example/> .⏎a:b a:c ; a:d .          | 2:9 | A value is missing
            <b> a <https://a.example/C> .                              | 1:1 | <b> is a relative IRI
            <?xml version="1.0"?><rdf:RDF/>                            | 1:1 | This is RDF/XML, not Turtle
            <!DOCTYPE html><html></html>                               | 1:1 | This is a web page, not Turtle
            {"@id": "https://a.example/"}                              | 1:1 | This is JSON, not Turtle
            """)
    void what_is_no_turtle_is_told_with_its_place_and_a_mend(String text, String place, String mend)
            throws IOException {
        Path file = file("bad.ttl", text.strip().replace('⏎', '\n'));
        Run run = check(file);
        assertThat(run.out()).contains(file + ":" + place + ": error: ").contains(mend);
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).doesNotContain("\tat ");
    }

    @Test
    void a_file_of_another_encoding_is_told_where() throws IOException {
        Path latin = folder.resolve("latin.ttl");
        Files.write(latin, "# Caf\u00e9\n<a:b> <a:c> \"\u00e9\" .".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(check(latin).out()).contains(latin + ":1:6: error: Byte 0xE9 at offset 5 is not UTF-8");
        Path wide = folder.resolve("wide.ttl");
        Files.write(wide, "<a:b> <a:c> <a:d> .".getBytes(StandardCharsets.UTF_16));
        assertThat(check(wide).out()).contains(wide + ":1:1: error: ", "UTF-16");
    }

    @Test
    void a_file_too_large_is_refused_unread() throws IOException {
        Path huge = folder.resolve("huge.ttl");
        try (var file = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(200L << 20); // a hole, which takes no room
        }
        Run run = check(huge);
        assertThat(run.out()).contains(huge + ": error: The file has 200 MB, and at most 128 MB are checked");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void what_is_nested_too_deeply_is_refused() throws IOException {
        Run run = check(file("deep.ttl", "<a:b> <a:c> " + "[ <a:c> ".repeat(100_000)));
        assertThat(run.out()).contains("nested too deeply");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void a_bad_file_hides_nothing_of_a_good_one() throws IOException {
        file("bad.ttl", "a:b a a:c .");
        file("good.ttl", ONTOLOGY + concept("Alone", ""));
        assertThat(check(folder).out())
                .contains("bad.ttl:1:1: error", "good.ttl:9:1: warning")
                .contains("[orphan]");
    }

    @Test
    void a_long_ring_and_a_long_chain_end() throws IOException {
        StringBuilder text = new StringBuilder(ONTOLOGY);
        IntStream.range(0, 5_000).forEach(i -> text.append(concept("C" + i, "skos:broader ex:C" + (i + 1) % 5_000)));
        Run run = check("--format", "json", file("ring.ttl", text.toString()));
        assertThat(run.out().lines().filter(line -> line.contains("\"cycle\""))).hasSize(1);
        StringBuilder chain = new StringBuilder(ONTOLOGY);
        IntStream.range(0, 5_000)
                .forEach(i -> chain.append(concept("C" + i, "skos:broader ex:C" + (i + 1) + " , ex:C" + (i + 2))));
        Run chained = check("--format", "json", file("chain.ttl", chain.toString()));
        assertThat(chained.out().lines().filter(line -> line.contains("\"parent-twice\"")))
                .hasSize(4_999);
        assertThat(chained.out()).doesNotContain("was stopped");
    }

    @Test
    void an_earlier_state_shows_what_was_redefined() throws IOException {
        Path before = Files.createDirectory(folder.resolve("before"));
        String text = ONTOLOGY + concept("A", "skos:topConceptOf <https://example.org/terms>");
        Files.writeString(before.resolve("terms.ttl"), text.replace("One of them", "Something else"));
        Path now = file("terms.ttl", text);
        Run changed = check(now, "--against", before);
        assertThat(changed.out()).contains("[meaning-changed]", "\"Something else: A\"", "owl:versionInfo");
        assertThat(changed.exit()).isEqualTo(1);
        file("terms.ttl", text.replace("versionInfo \"1\"", "versionInfo \"2\""));
        assertThat(check(now, "--against", before).exit()).isZero();
    }

    @Test
    void an_earlier_state_can_be_a_revision_of_git() throws Exception {
        Path repository = Files.createDirectory(folder.resolve("repository"));
        Path terms = repository.resolve("terms.ttl");
        String text = ONTOLOGY + concept("A", "skos:topConceptOf <https://example.org/terms>");
        Files.writeString(terms, text);
        for (String[] words : new String[][] {
            {"init", "-q"},
            {"add", "."},
            {"-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", "Terms"}
        }) {
            List<String> git = new ArrayList<>(List.of("git", "-C", repository.toString()));
            git.addAll(List.of(words));
            assertThat(new ProcessBuilder(git).inheritIO().start().waitFor()).isZero();
        }
        Files.writeString(terms, text.replace("One of them", "Something else"));
        Files.writeString(repository.resolve("new.ttl"), "# nothing yet\n");
        assertThat(check(repository, "--against", "HEAD").out()).contains("[meaning-changed]", "\"One of them: A\"");
        Run unknown = check(repository, "--against", "no-such-branch");
        assertThat(unknown.err()).contains("neither a folder nor a revision");
        assertThat(unknown.exit()).isEqualTo(2);
    }

    @Test
    void the_exit_code_follows_the_severity() throws IOException {
        Path file = file("terms.ttl", ONTOLOGY + concept("Alone", ""));
        assertThat(check(file).exit()).isEqualTo(1);
        assertThat(check(file, "--fail-on", "error").exit()).isZero();
        assertThat(check(file, "--fail-on", "error").out()).contains("1 file checked: 1 warning.");
    }

    @Test
    void what_cannot_be_checked_is_exit_code_2() throws IOException {
        assertThat(check(folder.resolve("missing.ttl")).exit()).isEqualTo(2);
        assertThat(check(folder.resolve("missing.ttl")).err()).contains("missing.ttl: there is no such file");
        assertThat(check(folder).err()).contains("There is no .ttl file in");
        assertThat(check("--format", "xml").err()).contains("text, json or sarif");
        assertThat(check("--fail-on", "all").err()).contains("error, warning, note");
        assertThat(check("--home", folder).err()).contains("vocabularies: there is no such file");
        Files.createDirectory(folder.resolve("vocabularies"));
        assertThat(check("--home", folder).err()).contains("shapes/vocabulary/*.ttl");
        assertThat(check("--home", folder).exit()).isEqualTo(2);
    }

    @Test
    void many_findings_of_one_rule_are_shown_with_all() throws IOException {
        StringBuilder text = new StringBuilder(ONTOLOGY);
        IntStream.range(0, 30).forEach(i -> text.append(concept("C" + i, "")));
        Path file = file("many.ttl", text.toString());
        assertThat(check(file).out()).contains("10 more of [orphan] are not shown", "30 warnings");
        assertThat(check(file, "--all").out().lines().filter(line -> line.contains("[orphan]")))
                .hasSize(30);
    }

    @Test
    void a_terminal_gets_colours_and_the_line_of_a_syntax_error() throws IOException {
        Path file = file("bad.ttl", "@prefix a: <https://a.example/> .\na:b a:c d .\n");
        assertThat(check(file).out())
                .contains("     2 | a:b a:c d .\n" + " ".repeat(17) + "^")
                .doesNotContain("\u001b[");
        String before = System.setProperty("picocli.ansi", "true");
        try {
            assertThat(check(file).out()).contains("\u001b[31m");
        } finally {
            if (before == null) {
                System.clearProperty("picocli.ansi");
            } else {
                System.setProperty("picocli.ansi", before);
            }
        }
    }

    @Test
    void json_has_every_finding_with_its_place() throws IOException {
        Path file = file("terms.ttl", ONTOLOGY + concept("Alone", ""));
        JsonNode document =
                new ObjectMapper().readTree(check(file, "--format", "json").out());
        assertThat(document.at("/files").asInt()).isEqualTo(1);
        JsonNode finding = document.at("/findings/0");
        assertThat(finding.at("/severity").asText()).isEqualTo("warning");
        assertThat(finding.at("/rule").asText()).isEqualTo("orphan");
        assertThat(finding.at("/file").asText()).isEqualTo(file.toString());
        assertThat(finding.at("/line").asInt()).isEqualTo(9);
        assertThat(finding.at("/column").asInt()).isEqualTo(1);
        assertThat(finding.at("/term").asText()).isEqualTo("https://example.org/terms#Alone");
    }

    @Test
    void sarif_has_what_code_review_tools_ask_for() throws IOException {
        Path file = file("my terms.ttl", ONTOLOGY + concept("Alone", ""));
        Path other = file("other.ttl", "@prefix dt: <https://w3id.org/mercat/datatypes#> .\n");
        Run run = check(file, other, "--format", "sarif");
        JsonNode log = new ObjectMapper().readTree(run.out());
        assertThat(log.at("/version").asText()).isEqualTo("2.1.0");
        assertThat(log.at("/runs/0/tool/driver/name").asText()).isEqualTo("mercat check");
        JsonNode rules = log.at("/runs/0/tool/driver/rules");
        JsonNode results = log.at("/runs/0/results");
        assertThat(results).hasSize(2);
        JsonNode orphan = results.get(0);
        assertThat(rules.findValuesAsText("id")).contains(orphan.at("/ruleId").asText());
        assertThat(orphan.at("/level").asText()).isEqualTo("warning");
        assertThat(orphan.at("/message/text").asText()).contains("ex:Alone");
        JsonNode place = orphan.at("/locations/0/physicalLocation");
        assertThat(place.at("/artifactLocation/uri").asText())
                .startsWith("file:///")
                .endsWith("/my%20terms.ttl");
        assertThat(place.at("/region/startLine").asInt()).isEqualTo(9);
        assertThat(results.get(1).at("/locations/0/physicalLocation").has("region"))
                .as("a region of line 0 is not allowed")
                .isFalse();
    }

    @Test
    void watching_checks_again_at_each_change_and_ends_when_it_is_stopped() throws Exception {
        Path file = file("terms.ttl", ONTOLOGY);
        StringWriter said = new StringWriter(); // StringBuffer: for more than one thread
        CommandLine command =
                Main.commandLine().setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
        FutureTask<Integer> watch = new FutureTask<>(() -> command.execute("check", "--watch", folder.toString()));
        Thread thread = new Thread(watch);
        thread.start();
        await(said, "1 file checked: all is well.", "Waiting for changes");
        Files.writeString(file, "a:b");
        await(said, "The prefix \"a:\" is not declared");
        Path below = Files.createDirectory(folder.resolve("below"));
        await(said, "Waiting", "Waiting", "Waiting");
        Files.writeString(below.resolve("more.ttl"), ONTOLOGY + concept("Alone", ""));
        await(said, "[orphan]");
        Files.writeString(file, ONTOLOGY);
        await(said, "[described-twice]");
        thread.interrupt();
        assertThat(watch.get(20, TimeUnit.SECONDS)).isEqualTo(1);
    }

    private static void await(StringWriter said, String... words) {
        String all = Stream.of(words).map(Pattern::quote).collect(Collectors.joining(".*", ".*", ".*"));
        Pattern pattern = Pattern.compile(all, Pattern.DOTALL);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!pattern.matcher(said.toString()).matches()) {
            assertThat(System.nanoTime()).as(said.toString()).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void what_does_not_change_is_not_watched() {
        assertThat(check("--watch").err()).contains("--watch needs files");
        assertThat(check("--watch").exit()).isEqualTo(2);
    }

    @Test
    void the_documentation_shows_what_is_said() throws IOException {
        String documentation = Files.readString(Path.of("docs/vocabularies.md"));
        Path file = file("parking.ttl", block(documentation, "turtle"));
        assertThat(check(file).out().replace(folder + "/", "")).isEqualTo(block(documentation, "text"));
        try (Stream<Path> rules = Files.list(Path.of("queries/hygiene"))) {
            assertThat(rules.map(rule -> rule.getFileName().toString()).filter(name -> name.endsWith(".rq")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(documentation).contains("(../queries/hygiene/" + name + ")"));
        }
    }

    @Test
    void a_rule_is_added_as_the_documentation_says() throws IOException {
        Path home = folder.resolve("home");
        for (String part : List.of("vocabularies", "shapes/vocabulary", "queries/hygiene")) {
            Files.createDirectories(home.resolve(part));
            try (Stream<Path> files = Files.list(Path.of(part))) {
                for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    Files.copy(file, home.resolve(part).resolve(file.getFileName()));
                }
            }
        }
        String rule = block(Files.readString(Path.of("docs/vocabularies.md")), "sparql");
        Files.writeString(home.resolve("queries/hygiene/german.rq"), rule);
        Path file = file("terms.ttl", ONTOLOGY + concept("Alone", ""));
        assertThat(check(file, "--home", home).out())
                .contains("terms.ttl:9:86: warning: ex:Alone has no label in German, only \"Alone\"", "[german]");
        Files.writeString(home.resolve("queries/hygiene/german.rq"), rule.replace("#+ severity", "# severity"));
        Run wrong = check(file, "--home", home);
        assertThat(wrong.err()).contains("queries/hygiene/german.rq: write a line #+ severity:");
        assertThat(wrong.exit()).isEqualTo(2);
    }

    private static String block(String text, String language) {
        String begin = "```" + language + "\n";
        int start = text.indexOf(begin) + begin.length();
        return text.substring(start, text.indexOf("```", start));
    }
}
