// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.bench.SearchCase.Kind;

/**
 * The searches of a benchmark, {@value #SIZE} of each kind: few enough that caches help as they do in life, and too many
 * for them to have every answer. They are drawn as {@link OfferingGenerator} draws offerings, so what many offer is
 * what many look for. The same seed gives the same, but for the providers, whose number grows with the offerings'.
 */
final class SearchPool {
    static final int SIZE = 300;
    static final int LAST_PAGE = 20;

    private static final Weighted<String> WIDTHS = Weighted.of("0.05 1, 0.1 2, 0.3 2, 1 1");
    private static final Weighted<String> PRICES = Weighted.of("0.001 2, 0.005 3, 0.01 3, 0.1 1, 10 1, 100 1");

    private final VocabularyGraph vocabulary;
    private final Topics topics;
    private final Elements elements;
    private final Places places = new Places();
    private final List<String> organizations;
    private final Map<Kind, List<SearchCase>> cases = new EnumMap<>(Kind.class);

    /** @param offerings how many were generated */
    SearchPool(Graph vocabularies, long offerings, long seed) {
        this(vocabularies, offerings, seed, SIZE);
    }

    /** @param size how many of each kind */
    SearchPool(Graph vocabularies, long offerings, long seed, int size) {
        vocabulary = new VocabularyGraph(vocabularies);
        topics = new Topics(vocabularies);
        elements = new Elements(topics);
        organizations = GeneratedParties.organizations(offerings);
        for (Kind kind : Kind.values()) {
            Random random = new Random(31 * seed + kind.ordinal());
            cases.put(
                    kind,
                    IntStream.range(0, size).mapToObj(i -> draw(kind, random)).toList());
        }
    }

    List<SearchCase> cases(Kind kind) {
        return cases.get(kind);
    }

    /** The search of a number; which one it is looks as if by chance. */
    SearchCase get(Kind kind, long number) {
        return cases.get(kind).get(new Random(number * 0x9E3779B97F4A7C15L).nextInt(SIZE));
    }

    private SearchCase draw(Kind kind, Random random) {
        Map<String, String> parameters = new LinkedHashMap<>();
        boolean slips = false;
        switch (kind) {
            case TEXT -> slips = text(parameters, random);
            case CATEGORY -> {
                category(parameters, random);
                parameters.put("facets", "true");
            }
            case OUTPUTS -> outputs(parameters, random);
            case DEEP -> {
                if (random.nextBoolean()) {
                    slips = text(parameters, random);
                } else {
                    category(parameters, random);
                }
            }
            case PROVIDER -> {
                parameters.put("provider", organizations.get(random.nextInt(organizations.size())) + "/prov1");
                parameters.put("text", label(topics.draw(random).labels().get("en")));
            }
        }
        return new SearchCase(kind, parameters, slips);
    }

    /** Adds one or two words in small letters, one in seven with a slip. @return whether it has one */
    private boolean text(Map<String, String> parameters, Random random) {
        String language = OfferingGenerator.LANGUAGES.draw(random);
        Topic topic = topics.draw(random);
        String word = label((random.nextInt(4) > 0
                        ? topic.labels()
                        : elements.outputs(topic, random).get(0).labels())
                .get(language));
        String city = label(places.city(language, random).name());
        int form = random.nextInt(10);
        boolean slips = random.nextInt(7) == 0;
        String first = form < 1 ? city : slips ? slip(word, random) : word;
        parameters.put("text", form > 0 && form < 5 ? first + " " + city : first);
        return slips && form > 0;
    }

    /** The longest word. */
    private static String label(String label) {
        String longest = "";
        for (String word : label.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
            longest = word.length() > longest.length() ? word : longest;
        }
        return longest;
    }

    /** A letter left out, doubled or changed with the next one. */
    private static String slip(String word, Random random) {
        int at = 1 + random.nextInt(Math.max(1, word.length() - 2));
        String before = word.substring(0, at);
        String after = word.substring(at);
        return switch (random.nextInt(3)) {
            case 0 -> before + after.substring(1);
            case 1 -> before + after.charAt(0) + after;
            default ->
                new StringBuilder(word.substring(at - 1, at + 1))
                        .reverse()
                        .insert(0, word.substring(0, at - 1))
                        .append(word.substring(at + 1))
                        .toString();
        };
    }

    /** Adds a top category and, for six in ten, one thing more. */
    private void category(Map<String, String> parameters, Random random) {
        List<String> roots =
                new ArrayList<>(vocabulary.broader(topics.draw(random).name()));
        roots.removeIf(name -> !vocabulary.has(VocabularyGraph.category(name), SKOS.topConceptOf.asNode(), Node.ANY));
        parameters.put("category", roots.get(random.nextInt(roots.size())));
        switch (random.nextInt(10)) {
            case 0, 1 -> parameters.put("kind", random.nextBoolean() ? "information" : "function");
            case 2, 3 -> parameters.put("licence", OfferingGenerator.LICENCES.draw(random));
            case 4, 5 -> parameters.put("segment", OfferingGenerator.SEGMENTS.draw(random));
            default -> {}
        }
    }

    /** Adds two outputs that some offering has, a box around a city, and a price. */
    private void outputs(Map<String, String> parameters, Random random) {
        List<Topic.Type> outputs = List.of();
        while (outputs.size() < 2) {
            outputs = elements.outputs(topics.draw(random), random);
        }
        parameters.put("output1", outputs.get(0).name());
        parameters.put("output2", outputs.get(1).name());
        Places.City city = places.city(OfferingGenerator.LANGUAGES.draw(random), random);
        double width = Double.parseDouble(WIDTHS.draw(random));
        parameters.put(
                "box",
                String.format(
                        Locale.ROOT,
                        "%.4f,%.4f,%.4f,%.4f",
                        city.longitude() - width,
                        city.latitude() - width,
                        city.longitude() + width,
                        city.latitude() + width));
        parameters.put("maxPrice", new BigDecimal(PRICES.draw(random)).toPlainString());
        parameters.put("currency", "EUR");
    }
}
