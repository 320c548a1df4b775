// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.jena.graph.Node;

/**
 * Finds the terms whose names are most alike to a word or IRI. Words are compared first, each weighed by how rare it is
 * among the terms, then the whole names of the best ones.
 */
final class TermIndex {
    private static final JaroWinklerSimilarity JARO_WINKLER = new JaroWinklerSimilarity();
    private static final double ALIKE = 0.88;
    private static final double SHARE_OF_WORDS = 0.8;
    private static final double LEAST = 0.3;
    private static final int COMPARED_WHOLE = 40;

    /** Of equals, the term with the shorter name is the more general one. */
    private static final Comparator<Map.Entry<Node, Double>> BEST_FIRST = Map.Entry.<Node, Double>comparingByValue()
            .reversed()
            .thenComparing(entry -> entry.getKey().getURI().length());

    /** A name as the numbers of its words. */
    private record Name(int[] words, String joined) {}

    /** A term with how alike its best name is. */
    private record Match(Node term, Name name, double alike) {}

    /** What was asked, compared with every known word: {@code alike[i][w]}, and the weight of each of its words. */
    private record Question(double[][] alike, double[] weights, double total, String joined) {}

    private final Map<Node, List<Name>> names = new LinkedHashMap<>();
    private final String[] words;
    private final double[] weights;
    private final double unknownWeight;

    TermIndex(Map<Node, Set<TermName>> terms) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        Map<String, Integer> frequencies = new HashMap<>();
        terms.forEach((term, its) -> {
            names.put(term, its.stream().map(name -> number(name, numbers)).toList());
            its.stream()
                    .flatMap(name -> name.words().stream())
                    .collect(Collectors.toSet())
                    .forEach(word -> frequencies.merge(word, 1, Integer::sum));
        });
        words = numbers.keySet().toArray(String[]::new);
        weights = Arrays.stream(words)
                .mapToDouble(word -> Math.log(1 + (double) terms.size() / frequencies.get(word)))
                .toArray();
        unknownWeight = Arrays.stream(weights).average().orElse(1);
    }

    /** The most alike terms among those that are allowed, the best first, with their similarity. */
    List<Map.Entry<Node, Double>> nearest(TermName asked, Predicate<Node> allowed, int n) {
        Question question = question(asked);
        return names.entrySet().stream()
                .filter(entry -> allowed.test(entry.getKey()))
                .map(entry -> best(entry.getKey(), entry.getValue(), question))
                .filter(match -> match.alike > 0)
                .sorted(Comparator.comparingDouble(Match::alike).reversed())
                .limit(COMPARED_WHOLE)
                .map(match -> Map.entry(match.term, whole(match, question)))
                .filter(entry -> entry.getValue() >= LEAST)
                .sorted(BEST_FIRST)
                .limit(n)
                .toList();
    }

    private Question question(TermName asked) {
        List<String> its = asked.words();
        double[][] alike = new double[its.size()][words.length];
        double[] itsWeights = new double[its.size()];
        for (int i = 0; i < its.size(); i++) {
            int best = -1;
            for (int w = 0; w < words.length; w++) {
                alike[i][w] = alike(its.get(i), words[w]);
                best = alike[i][w] > (best < 0 ? 0 : alike[i][best]) ? w : best;
            }
            itsWeights[i] = best < 0 ? unknownWeight : weights[best];
        }
        return new Question(alike, itsWeights, Arrays.stream(itsWeights).sum(), asked.joined());
    }

    private Match best(Node term, List<Name> its, Question question) {
        Match best = new Match(term, null, 0);
        for (Name name : its) {
            double alike = Math.max(overlap(name, question), inOnePiece(name, question));
            best = alike > best.alike ? new Match(term, name, alike) : best;
        }
        return best;
    }

    /** People also write the words of a name in one piece, as in winddirection. */
    private static double inOnePiece(Name name, Question question) {
        return question.weights.length == 1 || name.words.length == 1 ? alike(name.joined, question.joined) : 0;
    }

    /** Dice's coefficient over weighed words, where words that are nearly the same count in part. */
    private double overlap(Name name, Question question) {
        double total = question.total;
        for (int word : name.words) {
            total += weights[word];
        }
        double shared = 0;
        for (int i = 0; i < question.weights.length; i++) {
            double best = 0;
            for (int word : name.words) {
                best = Math.max(best, question.alike[i][word] * (question.weights[i] + weights[word]));
            }
            shared += best;
        }
        return total == 0 ? 0 : Math.min(1, shared / total);
    }

    private static double whole(Match match, Question question) {
        double whole = JARO_WINKLER.apply(match.name.joined, question.joined);
        return SHARE_OF_WORDS * match.alike + (1 - SHARE_OF_WORDS) * whole;
    }

    /** Words are alike when they are equal or one is the other with slips; the first letter is seldom mistaken. */
    private static double alike(String a, String b) {
        if (a.equals(b)) {
            return a.isEmpty() ? 0 : 1;
        }
        int shorter = Math.min(a.length(), b.length());
        int longer = Math.max(a.length(), b.length());
        if (shorter < 3 || a.charAt(0) != b.charAt(0) || longer > (shorter < 5 ? shorter + 1 : shorter * 2)) {
            return 0;
        }
        double alike = JARO_WINKLER.apply(a, b);
        return alike < ALIKE ? 0 : alike;
    }

    private static Name number(TermName name, Map<String, Integer> numbers) {
        int[] its = name.words().stream()
                .mapToInt(word -> numbers.computeIfAbsent(word, w -> numbers.size()))
                .toArray();
        return new Name(its, name.joined());
    }
}
