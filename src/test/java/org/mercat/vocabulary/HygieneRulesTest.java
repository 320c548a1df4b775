// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mercat.rdf.Home;
import org.mercat.rdf.Queries;

/**
 * Each rule on a small file of its name, which lists in {@code # expect:} lines exactly what the rule finds there: place
 * and message. What is right stands beside it and is not found. {@code NAME.second.ttl} is checked with it, {@code
 * NAME.before.ttl} is its earlier state.
 */
class HygieneRulesTest {
    private static final Path DATA = Path.of("src/test/resources/hygiene");
    private static final String EXPECT = "# expect: ";
    private static final VocabularyCheck CHECK = new VocabularyCheck(new Home(Optional.of(Path.of("."))));

    @TestFactory
    Stream<DynamicTest> a_rule_finds_the_faults_of_its_file_and_no_others() {
        return names().stream()
                .map(name -> DynamicTest.dynamicTest(
                        name, () -> assertThat(found(name)).containsExactlyElementsOf(expected(name))));
    }

    @Test
    void every_rule_and_every_shape_has_a_file_with_a_fault() throws IOException {
        Set<String> rules = new TreeSet<>(Set.of(PlacedReader.REPEATED));
        CHECK.rules().forEach(rule -> rules.add(rule.name()));
        Pattern shape = Pattern.compile("(?m)^vshape:(\\S+)");
        try (Stream<Path> files = Files.list(Path.of("shapes/vocabulary"))) {
            files.map(HygieneRulesTest::text)
                    .flatMap(text -> shape.matcher(text).results())
                    .map(match -> match.group(1))
                    .forEach(rules::add);
        }
        assertThat(names()).isEqualTo(rules);
        assertThat(names()).allSatisfy(name -> assertThat(expected(name)).isNotEmpty());
    }

    @Test
    void a_vocabulary_without_faults_has_no_findings() {
        assertThat(CHECK.check(sources("valid", ""), List.of(), (step, done) -> {}))
                .isEmpty();
    }

    @Test
    void a_rule_that_a_steward_adds_is_a_file() {
        HygieneRule rule = rule("""
                #+ summary: A term with a number in its name
                #+ severity: note
                #+ message: {?term} says {?number}.
                SELECT ?term ?number WHERE { ?term ?property ?number }
                """);
        assertThat(rule.severity()).isEqualTo(Severity.NOTE);
    }

    @Test
    void a_rule_whose_header_is_wrong_is_named_with_what_to_write() {
        assertThatThrownBy(() -> rule("#+ summary: a\n#+ message: b\nSELECT ?a { ?a ?b ?c }"))
                .hasMessage("queries/hygiene/new.rq: write a line #+ severity: ... at its top");
        assertThatThrownBy(() -> rule("#+ severity: bad\n#+ message: b\nSELECT ?a { ?a ?b ?c }"))
                .hasMessageContaining("queries/hygiene/new.rq: \"bad\" is no severity: write error, warning, note");
        assertThatThrownBy(() -> rule("#+ severity: note\n#+ message: {?b}\nSELECT ?a { ?a ?b ?c }"))
                .hasMessageContaining("{?b}, which it does not select");
    }

    private static HygieneRule rule(String text) {
        return HygieneRule.of(Queries.parse(Map.of("hygiene/new.rq", text)).query("hygiene/new"));
    }

    private static List<String> found(String name) {
        List<Source> sources = new ArrayList<>(sources(name, ""));
        sources.addAll(sources(name, ".second"));
        return CHECK.check(sources, sources(name, ".before"), (step, done) -> {}).stream()
                .filter(finding -> finding.rule().equals(name))
                .map(finding -> finding.line() + ":" + finding.column() + " " + finding.message())
                .toList();
    }

    private static List<String> expected(String name) {
        return text(DATA.resolve(name + ".ttl"))
                .lines()
                .filter(line -> line.startsWith(EXPECT))
                .map(line -> line.substring(EXPECT.length()))
                .toList();
    }

    private static Set<String> names() {
        try (Stream<Path> files = Files.list(DATA)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> !file.equals("valid.ttl"))
                    .filter(file -> file.indexOf('.') == file.length() - ".ttl".length())
                    .map(file -> file.replace(".ttl", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One, or none if there is no such file. */
    private static List<Source> sources(String name, String state) {
        Path file = DATA.resolve(name + state + ".ttl");
        try {
            return Files.exists(file) ? List.of(Source.read(file)) : List.of();
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
}
