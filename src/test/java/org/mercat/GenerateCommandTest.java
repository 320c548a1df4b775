// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {
    private static final int MANY = 4000;

    @TempDir
    Path folder;

    private Path generated(long offerings, long seed, String name) {
        Path file = folder.resolve(name);
        Run run = Run.of("generate", "--offerings", "" + offerings, "--seed", "" + seed, "--out", file.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        return file;
    }

    private List<JsonNode> offerings(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(Answer::json)
                .filter(body -> body.path("@type").asText().equals("Offering"))
                .toList();
    }

    private static Map<String, Long> counts(List<JsonNode> offerings, Function<JsonNode, String> value) {
        return offerings.stream().collect(Collectors.groupingBy(value, Collectors.counting()));
    }

    @Test
    void all_that_is_generated_is_accepted() {
        Path file = generated(300, 7, "some.ndjson");
        Run load = Run.on(folder.resolve("data"), "load", file.toString());
        assertThat(load.out()).containsPattern("some.ndjson: 30\\d stored, 0 refused");
        assertThat(load.exit()).isZero();
    }

    @Test
    void parties_come_before_the_offerings_that_need_them() throws IOException {
        List<JsonNode> bodies = Files.readAllLines(generated(1000, 1, "some.ndjson")).stream()
                .map(Answer::json)
                .toList();
        List<String> types =
                bodies.stream().map(body -> body.path("@type").asText()).toList();
        assertThat(types)
                .isSortedAccordingTo(Comparator.comparing(List.of("Organization", "Provider", "Offering")::indexOf));
        assertThat(types.stream().filter("Organization"::equals)).hasSize(5);
        assertThat(types.stream().filter("Offering"::equals)).hasSize(1000);
        assertThat(bodies.get(bodies.size() - 1).path("id").asText()).matches("org\\d+/prov\\d+/off001000");
    }

    @Test
    void the_same_seed_gives_the_same_bytes_and_another_one_others() throws IOException {
        byte[] first = Files.readAllBytes(generated(50, 5, "a.ndjson"));
        assertThat(Files.readAllBytes(generated(50, 5, "b.ndjson"))).isEqualTo(first);
        assertThat(Files.readAllBytes(generated(50, 6, "c.ndjson"))).isNotEqualTo(first);
    }

    @Test
    void a_packed_file_and_the_standard_output_have_the_same() throws IOException {
        byte[] plain = Files.readAllBytes(generated(20, 5, "a.ndjson"));
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(generated(20, 5, "a.ndjson.gz")))) {
            assertThat(in.readAllBytes()).isEqualTo(plain);
        }
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(written, true, StandardCharsets.US_ASCII));
        try {
            assertThat(Run.of("generate", "--offerings", "20", "--seed", "5").exit())
                    .isZero();
        } finally {
            System.setOut(console);
        }
        assertThat(written.toByteArray()).isEqualTo(plain);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void languages_have_their_shares() throws IOException {
        Map<String, Long> languages = counts(
                offerings(generated(MANY, 2, "many.ndjson")),
                offering -> offering.path("title").fieldNames().next());
        assertThat(languages).containsOnlyKeys("en", "es", "de", "it", "ca");
        Map.of("en", 0.45, "es", 0.20, "de", 0.15, "it", 0.10, "ca", 0.10)
                .forEach((language, share) -> assertThat(languages.get(language) / (double) MANY)
                        .as(language)
                        .isCloseTo(share, within(0.03)));
    }

    @Test
    void categories_and_licences_are_skewed_and_places_are_many() throws IOException {
        List<JsonNode> offerings = offerings(generated(MANY, 2, "many.ndjson"));
        Map<String, Long> categories =
                counts(offerings, offering -> offering.path("category").asText());
        List<Long> sorted =
                categories.values().stream().sorted(Comparator.reverseOrder()).toList();
        assertThat(sorted).hasSizeGreaterThan(150);
        assertThat(sorted.get(0)).isBetween(MANY / 20L, MANY / 4L);
        assertThat(sorted.get(sorted.size() / 2)).isLessThan(sorted.get(0) / 20);
        assertThat(counts(offerings, offering -> offering.path("licence").asText()))
                .hasSizeGreaterThan(15)
                .extractingByKey("CC-BY-4.0")
                .matches(count -> count > MANY / 5);
        assertThat(counts(
                        offerings,
                        offering -> offering.path("place").path("wkt").asText().replaceFirst("\\(.*", "")))
                .containsOnlyKeys("", "POINT", "POLYGON")
                .allSatisfy((form, count) -> assertThat(count).isGreaterThan(MANY / 25));
        assertThat(counts(
                        offerings,
                        offering -> offering.path("place").path("name").asText()))
                .hasSizeGreaterThan(55);
    }

    @Test
    void prices_are_spread_over_orders_of_magnitude() throws IOException {
        List<JsonNode> offerings = offerings(generated(MANY, 2, "many.ndjson"));
        Map<String, Long> models = counts(
                offerings,
                offering -> offering.path("price").path("pricingModel").asText());
        assertThat(models).hasSize(9);
        assertThat(models.get("FREE") / (double) MANY).isCloseTo(0.35, within(0.03));
        List<Double> perAccess = offerings.stream()
                .map(offering -> offering.path("price"))
                .filter(price -> price.path("pricingModel").asText().equals("PER_ACCESS"))
                .map(price -> Double.valueOf(price.path("price").textValue()))
                .sorted()
                .toList();
        assertThat(perAccess.get(perAccess.size() / 2)).isBetween(0.0015, 0.0026);
        assertThat(perAccess.get(perAccess.size() - 1) / perAccess.get(0)).isGreaterThan(100);
    }

    @Test
    void what_cannot_be_generated_is_a_message() {
        Run none = Run.of("generate", "--offerings", "0");
        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("--offerings is 1 or more").doesNotContain("\tat ");
        Run nowhere = Run.of(
                "generate",
                "--offerings",
                "1",
                "--out",
                folder.resolve("no/where").toString());
        assertThat(nowhere.exit()).isEqualTo(2);
        assertThat(nowhere.err()).contains("Cannot write").doesNotContain("\tat ");
        assertThat(Run.of("generate").exit()).isEqualTo(2);
    }
}
