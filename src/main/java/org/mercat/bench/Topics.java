// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.ns.MC;

/**
 * All categories, with the types that go with each: those that the rules in {@code generator/types.txt} name for it or
 * the nearest broader category, and those whose names share words with it.
 *
 * <p>They are drawn by Zipf's law: those with many types first, since more can be said about them, and narrow ones
 * more often than broad ones.
 */
final class Topics {
    private static final double EXPONENT = 0.9;
    private static final double BROAD = 0.3;
    /** How alike a name must be, at the least and in relation to the most alike one. */
    private static final double ALIKE = 4;

    private static final double NEARLY = 0.7;
    private static final int MOST = 8;

    private final VocabularyGraph vocabulary;
    private final Map<String, Topic.Type> types;
    private final Map<String, Set<String>> typeWords = new HashMap<>();
    private final Map<String, Long> frequencies;
    private final Map<String, List<String>> rules = new HashMap<>();
    private final Weighted<Topic> drawn;

    Topics(Graph vocabularies) {
        vocabulary = new VocabularyGraph(vocabularies);
        types = vocabulary.instances(MC.SemanticType, VocabularyGraph.TYPES).stream()
                .collect(Collectors.toMap(Function.identity(), this::readType));
        types.keySet().forEach(type -> typeWords.put(type, vocabulary.words(VocabularyGraph.type(type))));
        frequencies = typeWords.values().stream()
                .flatMap(Set::stream)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        for (String line : ResourceLines.of("types.txt")) {
            String[] parts = line.split(":\\s*");
            rules.put(parts[0], List.of(parts[1].split(" ")));
        }
        List<Topic> topics = vocabulary.instances(SKOS.Concept.asNode(), VocabularyGraph.CATEGORIES).stream()
                .map(this::read)
                .sorted(Comparator.comparing((Topic topic) -> -topic.types().size())
                        .thenComparing(Topic::name))
                .toList();
        Map<Topic, Integer> ranks = new HashMap<>();
        topics.forEach(topic -> ranks.put(topic, ranks.size() + 1));
        drawn = new Weighted<>(topics, topic -> (topic.leaf() ? 1 : BROAD) / Math.pow(ranks.get(topic), EXPONENT));
    }

    Topic draw(Random random) {
        return drawn.draw(random);
    }

    /** The type of that local name, which must be one. */
    Topic.Type type(String name) {
        Topic.Type type = types.get(name);
        if (type == null) {
            throw new IllegalStateException("The generator knows a semantic type that is in no vocabulary: " + name);
        }
        return type;
    }

    private Topic.Type readType(String name) {
        Node node = VocabularyGraph.type(name);
        List<String> valueTypes = vocabulary.names(node, MC.valueType);
        return new Topic.Type(
                name,
                vocabulary.labels(node, RDFS.label.asNode()),
                valueTypes.isEmpty() ? "text" : valueTypes.get(0),
                vocabulary.names(node, VocabularyGraph.APPLICABLE_UNIT));
    }

    private Topic read(String name) {
        Node node = VocabularyGraph.category(name);
        List<String> above = vocabulary.broader(name);
        Set<String> names = new LinkedHashSet<>(alike(name));
        above.stream().filter(rules::containsKey).findFirst().ifPresent(rule -> names.addAll(rules.get(rule)));
        return new Topic(
                name,
                vocabulary.labels(node, SKOS.prefLabel.asNode()),
                names.stream().map(this::type).toList(),
                above.stream()
                        .filter(segment ->
                                vocabulary.has(VocabularyGraph.category(segment), RDF.Nodes.type, MC.Segment))
                        .toList(),
                !vocabulary.has(Node.ANY, SKOS.broader.asNode(), node));
    }

    /** The types whose names share words with the category's, the most alike first; a rare word weighs more. */
    private List<String> alike(String category) {
        Set<String> words = vocabulary.words(VocabularyGraph.category(category));
        Map<String, Double> scores = new HashMap<>();
        typeWords.forEach((type, its) -> {
            double score = its.stream()
                    .filter(words::contains)
                    .mapToDouble(word -> Math.log((double) types.size() / frequencies.get(word)))
                    .sum();
            scores.put(type, score / Math.sqrt(its.size()));
        });
        double best = scores.values().stream().max(Double::compare).orElse(0.0);
        List<String> found = new ArrayList<>(scores.keySet());
        found.removeIf(type -> scores.get(type) < Math.max(ALIKE, NEARLY * best));
        found.sort(Comparator.comparing((String type) -> -scores.get(type)).thenComparing(Function.identity()));
        return found.subList(0, Math.min(MOST, found.size()));
    }
}
