// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.jena.graph.Graph;

/**
 * Makes up offerings in any number, as unevenly spread as real ones: categories by Zipf's law, five languages, places
 * around cities, prices log-normal. The same seed gives the same, byte for byte, with the same vocabularies.
 *
 * <p>Every offering is drawn by itself, so memory does not grow with their number.
 */
public final class OfferingGenerator {
    static final Weighted<String> LANGUAGES = Weighted.of("en 45, es 20, de 15, it 10, ca 10");
    static final Weighted<String> LICENCES = Weighted.of("CC-BY-4.0 28, Proprietary 16, CC0-1.0 10, OpenData 8,"
            + " ODbL-1.0 8, CC-BY-SA-4.0 6, NonCommercialData 5, CC-BY-NC-4.0 4, DL-DE-BY-2.0 3, OGL-UK-3.0 3,"
            + " ProjectInternalUseOnly 2, DL-DE-ZERO-2.0 1, Etalab-2.0 1, ODC-By-1.0 1, PDDL-1.0 1, CC-BY-ND-4.0 1,"
            + " CC-BY-NC-SA-4.0 1, CC-BY-NC-ND-4.0 1");
    static final Weighted<String> SEGMENTS = Weighted.of("Cities 50, Outside 10, Vehicles 8, Home 7, Offices 7,"
            + " Retail 6, Factories 6, Agriculture 4, WorkSites 2");
    private final long seed;
    private final Topics topics;
    private final Elements elements;
    private final Places places = new Places();
    private final Phrases phrases = new Phrases();

    /**
     * @param vocabularies of the catalogue that will be asked to accept the offerings
     * @param seed another one gives other offerings
     */
    public OfferingGenerator(Graph vocabularies, long seed) {
        this.seed = seed;
        topics = new Topics(vocabularies);
        elements = new Elements(topics);
    }

    /**
     * Writes organizations, their providers, and then offerings: a registration body a line, told apart by
     * {@code @type}, in UTF-8. The stream is flushed and stays open.
     *
     * @param offerings how many; 1 or more
     */
    public void write(long offerings, OutputStream out) throws IOException {
        if (offerings < 1) {
            throw new IllegalArgumentException("At least one offering is generated, not " + offerings + ".");
        }
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(out, JsonEncoding.UTF8)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .setPrettyPrinter(new MinimalPrettyPrinter("\n"))) {
            GeneratedParties parties = new GeneratedParties(offerings, this::randomOf);
            parties.write(json);
            Weighted<String> providers = parties.drawn(randomOf(0));
            for (long number = 1; number <= offerings; number++) {
                Random random = randomOf(number);
                offering(json, number, providers.draw(random), random);
            }
            json.writeRaw('\n');
        }
    }

    /** One of its own for each number: what one offering takes of it does not change the next. */
    private Random randomOf(long number) {
        long mixed = (seed * 0x9E3779B97F4A7C15L + number) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 31) * 0x94D049BB133111EBL;
        return new Random(mixed ^ mixed >>> 29);
    }

    private void offering(JsonGenerator json, long number, String provider, Random random) throws IOException {
        Topic topic = topics.draw(random);
        boolean function = random.nextInt(100) < 15;
        List<Topic.Type> outputs = elements.outputs(topic, random);
        List<Topic.Type> inputs = elements.inputs(topic, function, random);
        String language = LANGUAGES.draw(random);
        Places.City city = places.city(language, random);
        json.writeStartObject();
        json.writeStringField("@type", "Offering");
        json.writeStringField("id", String.format(Locale.ROOT, "%s/off%06d", provider, number));
        Topic.Type other = outputs.get(Math.min(1, outputs.size() - 1));
        texts(
                json,
                new Phrases.Subject(
                        topic, outputs.get(0), other, city.name(), Phrases.name(random), Phrases.street(random)),
                languages(language, random),
                random);
        category(json, topic, random);
        json.writeStringField("provider", provider);
        json.writeStringField("licence", LICENCES.draw(random));
        json.writeStringField("kind", function ? "function" : "information");
        segment(json, topic, random);
        places.write(json, city, random);
        String protocol = Endpoints.protocol(function, random);
        if (!inputs.isEmpty()) {
            Elements.write(json, "inputs", inputs, protocol.equals("HTTP_GET") ? "query" : "body", random);
        }
        Elements.write(json, "outputs", outputs, null, random);
        Endpoints.write(json, protocol, provider, number, random);
        Tariffs.write(json, random);
        json.writeStringField("activeUntil", "2040-01-01T00:00:00Z");
        json.writeEndObject();
    }

    /** The language, and for every fourth offering a second one. */
    private static List<String> languages(String language, Random random) {
        String second = random.nextInt(4) == 0 ? LANGUAGES.draw(random) : language;
        return second.equals(language) ? List.of(language) : List.of(language, second);
    }

    /** Writes title and description; one in twelve has no description. */
    private void texts(JsonGenerator json, Phrases.Subject subject, List<String> languages, Random random)
            throws IOException {
        json.writeObjectFieldStart("title");
        for (String language : languages) {
            json.writeStringField(language, phrases.title(subject, language, random));
        }
        json.writeEndObject();
        if (random.nextInt(12) == 0) {
            return;
        }
        json.writeObjectFieldStart("description");
        for (String language : languages) {
            json.writeStringField(language, phrases.description(subject, language, random));
        }
        json.writeEndObject();
    }

    /** Writes the category, for one in twelve two. */
    private void category(JsonGenerator json, Topic topic, Random random) throws IOException {
        Topic second = random.nextInt(12) == 0 ? topics.draw(random) : topic;
        if (second.equals(topic)) {
            json.writeStringField("category", topic.name());
            return;
        }
        json.writeArrayFieldStart("category");
        json.writeString(topic.name());
        json.writeString(second.name());
        json.writeEndArray();
    }

    /** Writes one that the category lies in, else any; one in five has none. */
    private static void segment(JsonGenerator json, Topic topic, Random random) throws IOException {
        List<String> its = topic.segments();
        if (random.nextInt(5) > 0) {
            json.writeStringField(
                    "segment", its.isEmpty() ? SEGMENTS.draw(random) : its.get(random.nextInt(its.size())));
        }
    }
}
