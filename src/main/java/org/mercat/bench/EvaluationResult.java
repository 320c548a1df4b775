// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What came of a collection's requests, in their order.
 *
 * @param answers one a request
 */
public record EvaluationResult(List<Answer> answers) {
    public EvaluationResult {
        answers = List.copyOf(answers);
    }

    /**
     * What one request got.
     *
     * @param ranking offerings by their ids in the collection, best first
     * @param quality empty if nothing was judged relevant for it
     * @param milliseconds of its query
     */
    public record Answer(String request, List<TrecRun.Hit> ranking, Optional<Quality> quality, double milliseconds) {
        /** Measures a ranking by what a collection says of the request. */
        public static Answer of(
                EvaluationCollection collection, String request, List<TrecRun.Hit> ranking, double milliseconds) {
            List<String> ids = ranking.stream().map(TrecRun.Hit::offering).toList();
            Map<String, Integer> grades = collection
                    .graded()
                    .or(collection::binary)
                    .map(all -> all.of(request))
                    .orElse(Map.of());
            Optional<Quality> quality = Optional.of(collection.relevant(request))
                    .filter(relevant -> !relevant.isEmpty())
                    .map(relevant -> new Quality(
                            RetrievalMeasures.averagePrecision(ids, relevant),
                            RetrievalMeasures.normalizedDiscountedCumulatedGain(ids, grades, Gain.EXPONENTIAL),
                            RetrievalMeasures.normalizedDiscountedCumulatedGain(ids, grades, Gain.GRADE),
                            RetrievalMeasures.precision(ids, relevant, 10)));
            return new Answer(request, ranking, quality, milliseconds);
        }
    }

    /**
     * How good rankings are, each from 0 to 1.
     *
     * @param averagePrecision by the binary judgments, if there are none by grades from 1 on
     * @param ndcg by the grades, with 2^g-1 as gain
     * @param ndcgOfGrades by the grades, with g as gain
     * @param precision at rank 10
     */
    public record Quality(double averagePrecision, double ndcg, double ndcgOfGrades, double precision) {}

    /** The means over all requests for which something was judged relevant; empty if there is none. */
    public Optional<Quality> mean() {
        List<Quality> all =
                answers.stream().flatMap(answer -> answer.quality.stream()).toList();
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new Quality(
                        mean(all, Quality::averagePrecision),
                        mean(all, Quality::ndcg),
                        mean(all, Quality::ndcgOfGrades),
                        mean(all, Quality::precision)));
    }

    private static double mean(List<Quality> all, ToDoubleFunction<Quality> measure) {
        return all.stream().mapToDouble(measure).average().orElseThrow();
    }

    /**
     * The query time that a share of the requests does not exceed.
     *
     * @param share above 0, at most 1: 0.5 for the median
     * @return milliseconds
     */
    public double milliseconds(double share) {
        List<Double> sorted =
                answers.stream().map(Answer::milliseconds).sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
