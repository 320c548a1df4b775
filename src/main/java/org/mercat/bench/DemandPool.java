// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.apache.jena.graph.Graph;
import org.mercat.bench.SearchCase.Kind;

/**
 * Demands as consumers of generated offerings would store them, drawn as the searches of {@link SearchPool} are. Of a
 * hundred: 8 ask for words and 20 for words in a box; 20 for two outputs in a box for at most a price; 5 for a category
 * alone and 25 for one in a box for at most a price; 15 for a provider and a word; 6 for an output of what takes no more
 * than some inputs; one is broad, a top category alone or with a kind, licence or segment. The same seed gives the same.
 */
final class DemandPool {
    /** Who stores them all. */
    static final String CONSUMER = "bench/app";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SIZE = 3_000;

    private final SearchPool searches;
    private final Topics topics;
    private final Elements elements;
    private final long seed;

    /** @param offerings how many are generated */
    DemandPool(Graph vocabularies, long offerings, long seed) {
        this.searches = new SearchPool(vocabularies, offerings, seed, SIZE);
        this.topics = new Topics(vocabularies);
        this.elements = new Elements(topics);
        this.seed = seed;
    }

    /** The body of a demand's registration. */
    static byte[] body(ObjectNode search) {
        ObjectNode body = JSON.createObjectNode().put("consumer", CONSUMER);
        body.putObject("title").put("en", "What is waited for");
        body.set("search", search);
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The search of the demand of a number. */
    ObjectNode search(int number) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L + number);
        int form = random.nextInt(100);
        if (form < 1) {
            return of(drawn(Kind.CATEGORY, random));
        }
        if (form < 9) {
            return of(drawn(Kind.TEXT, random));
        }
        if (form < 24) {
            return of(drawn(Kind.PROVIDER, random));
        }
        if (form < 30) {
            return inputs(topics.draw(random), random);
        }
        if (form < 35) {
            return JSON.createObjectNode().put("category", topics.draw(random).name());
        }
        ObjectNode search = of(drawn(Kind.OUTPUTS, random));
        if (form < 55) {
            return search;
        }
        search.remove("output");
        if (form < 75) {
            search.remove(List.of("maxPrice", "currency"));
            search.setAll(of(drawn(Kind.TEXT, random)));
        } else {
            search.put("category", topics.draw(random).name());
        }
        return search;
    }

    private SearchCase drawn(Kind kind, Random random) {
        return searches.cases(kind).get(random.nextInt(SIZE));
    }

    private static ObjectNode of(SearchCase its) {
        ObjectNode search = JSON.createObjectNode();
        its.parameters().forEach((name, value) -> {
            switch (name) {
                case "facets" -> {} // says something about an answer
                case "output1", "output2" -> search.withArray("output").add(value);
                case "maxPrice" -> search.put(name, new BigDecimal(value));
                default -> search.put(name, value);
            }
        });
        return search;
    }

    private ObjectNode inputs(Topic topic, Random random) {
        ObjectNode search = JSON.createObjectNode();
        search.putArray("output").add(elements.outputs(topic, random).get(0).name());
        ArrayNode available = search.putArray("input").add("Latitude").add("Longitude");
        List<Topic.Type> more = elements.inputs(topic, true, random);
        more.stream()
                .map(Topic.Type::name)
                .filter(name -> !name.equals("Latitude") && !name.equals("Longitude"))
                .forEach(available::add);
        return search;
    }
}
