// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.mercat.rdf.JsonContext;

/** Writes what a search found as JSON. */
final class SearchAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Which key asks for the values that are counted in a field. */
    private static final Map<String, Key> FACETS = new LinkedHashMap<>();

    static {
        FACETS.put(Fields.CATEGORY + Fields.ALL, Key.CATEGORY);
        FACETS.put(Fields.OUTPUT, Key.OUTPUT);
        FACETS.put(Fields.PROVIDER, Key.PROVIDER);
        FACETS.put(Fields.LICENCE, Key.LICENCE);
        FACETS.put(Fields.PRICING_MODEL, Key.PRICING_MODEL);
        FACETS.put(Fields.SEGMENT, Key.SEGMENT);
        FACETS.put(Fields.KIND, Key.KIND);
        FACETS.put(Fields.PLACE, Key.PLACE);
    }

    /** The key that asks for the values that are counted in a field. */
    static Key key(String field) {
        return FACETS.get(field);
    }

    private final JsonContext context;
    private final Supplier<Lexicon> lexicon;
    private final String baseIri;

    SearchAnswer(JsonContext context, Supplier<Lexicon> lexicon, String baseIri) {
        this.context = context;
        this.lexicon = lexicon;
        this.baseIri = baseIri;
    }

    /**
     * A criterion that could be given up.
     *
     * @param total how many offerings the search then finds
     */
    record Relaxation(List<Key> without, long total, String message) {}

    /**
     * The answer.
     *
     * @param next URL of the next page; empty if there is none or it would be too long
     * @param relaxations what to give up, when nothing was found
     * @param promoted what is shown before the rest because somebody pays for it
     */
    byte[] page(
            CriteriaReader.Asked asked,
            Search.Page page,
            Optional<String> next,
            List<Relaxation> relaxations,
            Promoted promoted,
            String language) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("@context", context.iri());
            if (!promoted.first().isEmpty()) {
                offerings(json, "promoted", promoted.first());
            }
            offerings(json, "offerings", page.hits());
            json.writeNumberField("count", page.hits().size());
            json.writeNumberField("total", page.total());
            json.writeArrayFieldStart("hits");
            for (Search.Hit hit : page.hits()) {
                hit(json, hit, asked.explain(), promoted.all().contains(hit.offering()));
            }
            json.writeEndArray();
            if (asked.facets()) {
                facets(json, page.facets(), language);
            }
            if (!relaxations.isEmpty()) {
                json.writeArrayFieldStart("relax");
                for (Relaxation relaxation : relaxations) {
                    relax(json, relaxation);
                }
                json.writeEndArray();
            }
            if (next.isPresent()) {
                json.writeStringField("next", next.get());
            }
            if (page.next().isPresent()) {
                json.writeStringField("cursor", page.next().get().encode());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    private static void offerings(JsonGenerator json, String name, List<Search.Hit> hits) throws IOException {
        json.writeArrayFieldStart(name);
        for (Search.Hit hit : hits) {
            json.writeRawValue(new String(hit.json(), StandardCharsets.UTF_8));
        }
        json.writeEndArray();
    }

    private void hit(JsonGenerator json, Search.Hit hit, boolean explain, boolean isPromoted) throws IOException {
        json.writeStartObject();
        json.writeStringField("offering", word(hit.offering(), baseIri + "offerings/"));
        if (isPromoted) {
            json.writeBooleanField("promoted", true);
        }
        scores(json, hit);
        if (explain) {
            explain(json, hit);
        }
        json.writeEndObject();
    }

    private static void scores(JsonGenerator json, Search.Hit hit) throws IOException {
        if (!Double.isNaN(hit.score())) {
            json.writeNumberField("score", rounded(hit.score()));
        }
        degree(json, hit);
    }

    private static void degree(JsonGenerator json, Search.Hit hit) throws IOException {
        if (hit.degree().isPresent()) {
            json.writeStringField("degree", hit.degree().get().word());
        }
    }

    private static double rounded(double score) {
        return Math.round(score * 1e6) / 1e6;
    }

    /** The parts of the score and how each concept was met. */
    private void explain(JsonGenerator json, Search.Hit hit) throws IOException {
        json.writeObjectFieldStart("scores");
        for (Map.Entry<String, Double> part : hit.parts().entrySet()) {
            json.writeNumberField(part.getKey(), rounded(part.getValue()));
        }
        json.writeEndObject();
        json.writeArrayFieldStart("match");
        for (Match.Part part : hit.match().parts()) {
            json.writeStartObject();
            json.writeStringField("criterion", part.field());
            json.writeStringField(part.field().equals(Fields.INPUT) ? "needed" : "wanted", concept(part.wanted()));
            if (part.offered().isPresent()) {
                json.writeStringField(
                        part.field().equals(Fields.INPUT) ? "available" : "offered",
                        concept(part.offered().get()));
            }
            json.writeStringField("degree", part.degree().word());
            json.writeArrayFieldStart("path");
            for (Node step : part.path()) {
                json.writeString(concept(step));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void facets(JsonGenerator json, Map<String, Map<String, Long>> counts, String language) throws IOException {
        json.writeObjectFieldStart("facets");
        for (Map.Entry<String, Map<String, Long>> facet : counts.entrySet()) {
            Key key = FACETS.get(facet.getKey());
            json.writeArrayFieldStart(key.word());
            for (Map.Entry<String, Long> value : facet.getValue().entrySet()) {
                json.writeStartObject();
                json.writeStringField("value", key == Key.PLACE ? value.getKey() : value(key, value.getKey()));
                if (key.type() != null) {
                    json.writeStringField(
                            "label", lexicon.get().words().label(NodeFactory.createURI(value.getKey()), language));
                }
                json.writeNumberField("count", value.getValue());
                if (key == Key.CATEGORY) {
                    json.writeArrayFieldStart("broader");
                    for (Node parent : lexicon.get().concepts().parents(NodeFactory.createURI(value.getKey()))) {
                        json.writeString(word(parent, key.namespace()));
                    }
                    json.writeEndArray();
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /**
     * Why a search finds an offering, or does not.
     *
     * @param hit if it finds it
     * @param reasons if it does not
     */
    byte[] match(Node offering, Optional<Search.Hit> hit, List<Explanation.Reason> reasons) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("offering", word(offering, baseIri + "offerings/"));
            json.writeBooleanField("found", hit.isPresent());
            if (hit.isPresent()) {
                degree(json, hit.get()); // its score depends on the others that are found
                explain(json, hit.get());
            }
            json.writeArrayFieldStart("reasons");
            for (Explanation.Reason reason : reasons) {
                json.writeStartObject();
                keys(json, "criteria", reason.criteria());
                json.writeStringField("message", reason.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    private static void keys(JsonGenerator json, String name, List<Key> keys) throws IOException {
        json.writeArrayFieldStart(name);
        for (Key key : keys) {
            json.writeString(key.word());
        }
        json.writeEndArray();
    }

    private static void relax(JsonGenerator json, Relaxation relaxation) throws IOException {
        json.writeStartObject();
        keys(json, "without", relaxation.without());
        json.writeNumberField("total", relaxation.total());
        json.writeStringField("message", relaxation.message());
        json.writeEndObject();
    }

    private String value(Key key, String iri) {
        return word(NodeFactory.createURI(iri), key.type() == null ? baseIri + key.namespace() : key.namespace());
    }

    private String concept(Node concept) {
        return lexicon.get().words().shortened(concept);
    }

    /** An IRI without the namespace that goes without saying. */
    static String word(Node node, String namespace) {
        String iri = node.toString();
        return iri.startsWith(namespace) ? iri.substring(namespace.length()) : iri;
    }
}
