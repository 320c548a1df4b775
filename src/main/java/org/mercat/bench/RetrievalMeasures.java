// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures of one ranking against what was judged, each from 0 (nothing found) to 1 (all that matters, first). The mean
 * over requests is what collections are compared by.
 *
 * <p>A ranking is the ids found, best first, each once. What it leaves out counts as never found, and what nobody judged
 * as not relevant. All of a ranking is measured, there is no cut-off but that of {@link #precision}.
 */
public final class RetrievalMeasures {
    private RetrievalMeasures() {}

    /**
     * Average precision: the precision at the rank of each relevant offering found, added up and divided by the number
     * of all relevant ones. Its mean over requests is MAP.
     *
     * @param relevant what should be found
     * @return 0 if nothing is relevant, as trec_eval does
     * @throws IllegalArgumentException if the ranking has an id twice
     * @see "Buckley and Voorhees: Evaluating Evaluation Measure Stability. SIGIR 2000, section 2"
     */
    public static double averagePrecision(List<String> ranking, Set<String> relevant) {
        mustBeDistinct(ranking);
        int found = 0;
        double sum = 0;
        for (int rank = 1; rank <= ranking.size(); rank++) {
            if (relevant.contains(ranking.get(rank - 1))) {
                found++;
                sum += (double) found / rank;
            }
        }
        return relevant.isEmpty() ? 0 : sum / relevant.size();
    }

    /** nDCG with the grade as gain, see {@link #normalizedDiscountedCumulatedGain(List, Map, Gain)}. */
    public static double normalizedDiscountedCumulatedGain(List<String> ranking, Map<String, Integer> grades) {
        return normalizedDiscountedCumulatedGain(ranking, grades, Gain.GRADE);
    }

    /**
     * nDCG over the whole ranking: gain divided by log2(rank + 1), added up, in relation to the same sum of the best
     * possible ranking of all that was judged.
     *
     * @param grades by id, 0 or greater
     * @return 0 if no grade is above 0
     * @throws IllegalArgumentException if the ranking has an id twice
     * @see "Järvelin and Kekäläinen: Cumulated Gain-Based Evaluation of IR Techniques. ACM TOIS 20(4), 2002"
     * @see "Burges et al.: Learning to Rank Using Gradient Descent. ICML 2005, for the discount from rank 1 on and the
     *     exponential gain"
     */
    public static double normalizedDiscountedCumulatedGain(
            List<String> ranking, Map<String, Integer> grades, Gain gain) {
        mustBeDistinct(ranking);
        double ideal = discounted(
                grades.values().stream().sorted(Collections.reverseOrder()).toList(), gain);
        double actual = discounted(
                ranking.stream().map(id -> grades.getOrDefault(id, 0)).toList(), gain);
        return ideal == 0 ? 0 : actual / ideal;
    }

    private static double discounted(List<Integer> grades, Gain gain) {
        double sum = 0;
        for (int rank = 1; rank <= grades.size(); rank++) {
            sum += gain.of(grades.get(rank - 1)) * Math.log(2) / Math.log(rank + 1.0);
        }
        return sum;
    }

    /**
     * Precision at a rank: how many of the first are relevant, divided by that rank also where fewer were found.
     *
     * @param rank 1 or greater; 10 for P@10
     * @throws IllegalArgumentException if the ranking has an id twice, or the rank is below 1
     * @see "Manning, Raghavan and Schütze: Introduction to Information Retrieval. 2008, section 8.4"
     */
    public static double precision(List<String> ranking, Set<String> relevant, int rank) {
        mustBeDistinct(ranking);
        if (rank < 1) {
            throw new IllegalArgumentException("Precision is measured at rank 1 or later, not at " + rank + ".");
        }
        return (double) ranking.stream().limit(rank).filter(relevant::contains).count() / rank;
    }

    private static void mustBeDistinct(List<String> ranking) {
        Set<String> seen = new HashSet<>();
        for (String id : ranking) {
            if (!seen.add(id)) {
                throw new IllegalArgumentException("The ranking has " + id + " twice.");
            }
        }
    }
}
