// SPDX-License-Identifier: Apache-2.0
package org.mercat.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mercat.http.Language;
import org.mercat.vocabulary.TermKind;

/** The words of the pages, in every language the same ones. */
class WordsTest {
    private static final Pattern USED = Pattern.compile("say\\.(of|count)\\(\"([\\w.]+)\"[,)]");
    private static final Pattern BEGUN = Pattern.compile("say\\.(?:of|count)\\(\"([\\w.]+\\.)\" \\+");

    @Test
    void every_language_has_the_same_words_and_says_something() {
        Set<String> english = keys("en");
        assertThat(english).hasSizeGreaterThan(100);
        for (String language : Language.ALL) {
            assertThat(keys(language)).as(language).isEqualTo(english);
            assertThat(Words.in(language).all().values())
                    .as(language)
                    .allMatch(word -> !word.toString().isBlank());
            english.forEach(key -> assertThat(Words.in(language).of(key).contains("{}"))
                    .as(language + " " + key)
                    .isEqualTo(Words.in("en").of(key).contains("{}")));
        }
    }

    @Test
    void templates_use_words_that_there_are_and_there_are_no_others() {
        Set<String> unused = keys("en");
        unused.remove("language.name");
        for (String template : templates()) {
            USED.matcher(template).results().forEach(use -> {
                for (String form : use.group(1).equals("of") ? Set.of("") : Set.of(".one", ".many")) {
                    assertThat(keys("en")).contains(use.group(2) + form);
                    unused.remove(use.group(2) + form);
                }
            });
            BEGUN.matcher(template).results().forEach(use -> {
                assertThat(keys("en")).as(use.group()).anyMatch(key -> key.startsWith(use.group(1)));
                unused.removeIf(key -> key.startsWith(use.group(1)));
            });
        }
        unused.removeIf(key -> key.startsWith("deprecated.")); // one of them is chosen
        assertThat(unused).isEmpty();
    }

    @Test
    void every_kind_of_term_has_a_word() {
        for (TermKind kind : TermKind.values()) {
            assertThat(keys("en")).contains("kind." + kind.word());
        }
    }

    @Test
    void numbers_are_written_as_the_language_does() {
        assertThat(Words.in("de").count("categories.offerings", 1)).isEqualTo("1 Angebot");
        assertThat(Words.in("de").count("categories.offerings", 12345)).isEqualTo("12.345 Angebote");
        assertThat(Words.in("en").count("categories.offerings", 12345)).isEqualTo("12,345 offerings");
    }

    private static Set<String> keys(String language) {
        return new TreeSet<>(Words.in(language).all().stringPropertyNames());
    }

    private static Set<String> templates() {
        try (Stream<Path> files = Files.walk(Path.of("src/main/jte"))) {
            Set<String> texts = new TreeSet<>();
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                texts.add(Files.readString(file));
            }
            assertThat(texts).isNotEmpty();
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
