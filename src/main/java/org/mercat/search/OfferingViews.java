// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.jena.graph.Node;
import org.mercat.search.OfferingView.Met;
import org.mercat.search.OfferingView.Named;
import org.mercat.search.OfferingView.Price;
import org.mercat.search.OfferingView.Said;
import org.mercat.search.OfferingView.Score;
import org.mercat.search.OfferingView.Why;

/** Makes of offerings in JSON what people read of them, in a language. */
final class OfferingViews {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Words words;
    private final String language;

    OfferingViews(Words words, String language) {
        this.words = words;
        this.language = language;
    }

    OfferingView of(byte[] json) {
        return of(json, Optional.empty());
    }

    /** With the reasons for which it was found. */
    OfferingView of(byte[] json, Search.Hit hit) {
        return of(json, Optional.of(why(hit)));
    }

    private OfferingView of(byte[] json, Optional<Why> why) {
        JsonNode offering = read(json);
        String id = offering.path("id").asText();
        String provider = offering.path("provider").asText();
        List<JsonNode> places = all(offering.path("place"));
        return new OfferingView(
                "/offerings/" + id,
                said(offering.path("title")).orElse(new Said(id, "")),
                said(offering.path("description")),
                terms(Key.CATEGORY, offering.path("category")),
                new Named(provider, "/offerings?provider=" + encoded(provider)),
                terms(Key.LICENCE, offering.path("licence")).stream().findFirst(),
                all(offering.path("price")).stream().map(OfferingViews::price).toList(),
                places.stream()
                        .flatMap(place -> said(place.path("name")).stream())
                        .map(Said::text)
                        .toList(),
                texts(places, "wkt"),
                why);
    }

    static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it was written here
        }
    }

    static List<JsonNode> all(JsonNode value) {
        List<JsonNode> all = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(all::add);
        } else if (!value.isMissingNode() && !value.isNull()) {
            all.add(value);
        }
        return all;
    }

    private static List<String> texts(List<JsonNode> objects, String member) {
        return objects.stream()
                .flatMap(one -> all(one.path(member)).stream())
                .map(text ->
                        text.isTextual() ? text.asText() : text.path("@value").asText())
                .filter(text -> !text.isBlank())
                .toList();
    }

    /** A text by languages: in that of the reader, else in English, else in any. */
    private Optional<Said> said(JsonNode texts) {
        if (texts.isTextual()) {
            return Optional.of(new Said(texts.asText(), ""));
        }
        Optional<String> best =
                List.of(language, "en").stream().filter(texts::has).findFirst();
        return best.or(() -> texts.properties().stream().map(Map.Entry::getKey).findFirst())
                .map(tag -> new Said(all(texts.path(tag)).get(0).asText(), tag.equals("@none") ? "" : tag));
    }

    private List<Named> terms(Key key, JsonNode value) {
        return all(value).stream()
                .flatMap(word ->
                        words
                                .iri(
                                        word.isTextual()
                                                ? word.asText()
                                                : word.path("id").asText(),
                                        key.namespace())
                                .stream())
                .map(this::named)
                .toList();
    }

    /** A term, with the address of its page. */
    Named named(Node term) {
        return new Named(words.label(term, language), "/terms?iri=" + encoded(term.toString()));
    }

    private static Price price(JsonNode tariff) {
        String model = tariff.path("pricingModel").asText();
        String amount = tariff.path("price").asText();
        return new Price(
                model,
                amount.isEmpty() ? "" : amount + " " + tariff.path("currency").asText());
    }

    private Why why(Search.Hit hit) {
        List<Score> scores = hit.parts().entrySet().stream()
                .filter(part -> part.getValue() > 0)
                .map(part -> new Score(part.getKey(), Math.round(100 * part.getValue())))
                .toList();
        Function<Match.Part, Met> met = part -> new Met(
                part.field(),
                part.degree().word(),
                part.path().stream().map(this::named).toList());
        return new Why(scores, hit.match().parts().stream().map(met).toList());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
