// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.jena.vocabulary.RDF;
import org.mercat.vocabulary.VocabularyState.Term;
import org.mercat.vocabulary.VocabularyState.Value;

/**
 * Finds terms that have another IRI: of the same classes and, of definition, names and place in the hierarchy, the same
 * in two, one of them being definition or names.
 */
final class Renames {
    private record Pair(String from, String to, int likeness) {}

    private Renames() {}

    /** @return new IRI by old IRI */
    static Map<String, String> between(VocabularyState before, VocabularyState after) {
        List<Term> gone = without(before, after);
        Map<String, List<Term>> byWords = new HashMap<>();
        for (Term added : without(after, before)) {
            words(added)
                    .forEach(word -> byWords.computeIfAbsent(word, any -> new ArrayList<>())
                            .add(added));
        }
        List<Pair> pairs = new ArrayList<>();
        for (Term old : gone) {
            Set<Term> candidates = new HashSet<>();
            words(old).forEach(word -> candidates.addAll(byWords.getOrDefault(word, List.of())));
            candidates.stream()
                    .map(candidate -> new Pair(old.iri(), candidate.iri(), likeness(old, candidate)))
                    .filter(pair -> pair.likeness() >= 2)
                    .forEach(pairs::add);
        }
        pairs.sort(Comparator.comparing(Pair::likeness)
                .reversed()
                .thenComparing(Pair::from)
                .thenComparing(Pair::to));
        Map<String, String> renames = new TreeMap<>();
        Set<String> taken = new HashSet<>();
        for (Pair pair : pairs) {
            if (!renames.containsKey(pair.from()) && taken.add(pair.to())) {
                renames.put(pair.from(), pair.to());
            }
        }
        return renames;
    }

    private static List<Term> without(VocabularyState one, VocabularyState other) {
        return one.declared().values().stream()
                .filter(term -> !other.terms().containsKey(term.iri()))
                .toList();
    }

    /** What two terms must share to be compared at all. */
    private static Set<String> words(Term term) {
        Set<Value> words = new HashSet<>(term.values(Properties.DEFINITION));
        Properties.MAIN_LABELS.forEach(property -> words.addAll(term.values(property)));
        return words.stream().map(Value::text).collect(Collectors.toSet());
    }

    private static int likeness(Term old, Term candidate) {
        if (!old.values(RDF.type.getURI()).equals(candidate.values(RDF.type.getURI()))) {
            return 0;
        }
        boolean definition = same(old, candidate, Set.of(Properties.DEFINITION));
        boolean labels = same(old, candidate, Properties.MAIN_LABELS);
        boolean place = same(old, candidate, Properties.PARENTS);
        return definition || labels ? (definition ? 1 : 0) + (labels ? 1 : 0) + (place ? 1 : 0) : 0;
    }

    private static boolean same(Term old, Term candidate, Set<String> properties) {
        return properties.stream().anyMatch(property -> !old.values(property).isEmpty())
                && properties.stream().allMatch(property -> old.values(property).equals(candidate.values(property)));
    }
}
