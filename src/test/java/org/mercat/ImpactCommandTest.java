// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a change of the vocabularies does to the offerings, demands and queries of a catalogue that is running. */
class ImpactCommandTest {
    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @TempDir
    static Path folder;

    private static Path home;

    @BeforeAll
    static void prepare() throws IOException {
        register("acme/parking/street", "ParkingSpace");
        register("acme/parking/garage", "ParkingSite");
        register("acme/weather/air", "Weather");
        SERVER.as(TestServer.APP)
                .json(
                        "PUT",
                        "/demands/acme/app/mobile",
                        "{\"title\": {\"en\": \"Mobile\"}, \"consumer\": \"acme/app\", \"search\": {\"category\": \"Mobility\"}}")
                .mustBe(201);
        home = folder.resolve("home");
        for (String part : List.of("vocabularies", "shapes", "queries")) {
            try (Stream<Path> files = Files.walk(Path.of(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path copy = home.resolve(file);
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                }
            }
        }
    }

    private static void register(String id, String category) {
        SERVER.as(TestServer.OPERATOR)
                .json("PUT", Offerings.pathOf(id), Offerings.changed(id, o -> o.put("category", category)))
                .mustBe(201);
    }

    private static void change(String file, String pattern, String replacement) throws IOException {
        Path path = home.resolve("vocabularies").resolve(file);
        String text = Files.readString(path);
        String changed = text.replaceFirst(pattern, replacement);
        assertThat(changed).as("the change of " + file).isNotEqualTo(text);
        Files.writeString(path, changed);
    }

    private static JsonNode impact(String... more) {
        String[] arguments = Stream.concat(
                        Stream.of("impact", "--home", ".", "--format", "json", "--url", SERVER.url(), home.toString()),
                        Stream.of(more))
                .toArray(String[]::new);
        return Answer.json(Run.of(arguments).out());
    }

    @Test
    void a_moved_category_and_a_term_that_is_gone_are_told_with_all_they_touch() throws IOException {
        JsonNode nothing = impact();
        assertThat(nothing.path("offerings").asInt()).isEqualTo(3);
        for (String part : List.of("refused", "moved", "demands", "queries")) {
            assertThat(nothing.path(part)).as(part).isEmpty();
        }
        change("categories.ttl", "(cat:Parking a skos:Concept ;(?s:.*?)skos:broader )cat:Mobility", "$1cat:Buildings");
        change("categories.ttl", "cat:Weather(?= a skos:Concept)", "cat:Wetter");
        JsonNode found = impact();
        assertThat(found.path("level").asText()).isEqualTo("major");
        assertThat(found.path("refused")).hasSize(1);
        assertThat(found.at("/refused/0").asText()).contains("acme/weather/air", "Weather");
        assertThat(found.path("moved")).isNotEmpty();
        assertThat(found.path("moved").findValuesAsText("offerings")).isNotNull();
        assertThat(found.at("/moved/0/lost").toString()).contains("categories#Mobility");
        assertThat(found.at("/moved/0/gained").toString()).contains("categories#Buildings");
        assertThat(found.at("/moved/0/offerings")).hasSize(2);
        assertThat(found.path("demands")).hasSize(1);
        JsonNode demand = found.path("demands").path(0);
        assertThat(demand.path("name").asText()).isEqualTo("acme/app/mobile");
        assertThat(demand.path("before").asInt()).isEqualTo(2);
        assertThat(demand.path("after").asInt()).isZero();
        String text = Run.of("impact", "--home", ".", "--exit-code", "--url", SERVER.url(), home.toString())
                .out();
        assertThat(text)
                .contains(
                        "## Vocabulary changes", "1 would be refused", "2 are found under other", "`acme/app/mobile`");
    }

    @Test
    void what_cannot_be_read_is_named() {
        assertThat(Run.of("impact", folder.resolve("nowhere").toString()).err())
                .contains("nowhere has no folder vocabularies");
        assertThat(Run.of("impact", "--url", "http://127.0.0.1:1", ".").err())
                .contains("Cannot read http://127.0.0.1:1/sparql");
        assertThat(Run.of("impact", "--data", folder.resolve("none").toString(), ".")
                        .err())
                .contains("There are no data in");
    }
}
