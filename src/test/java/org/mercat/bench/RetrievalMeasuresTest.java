// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Values worked out by hand. */
class RetrievalMeasuresTest {
    private static final Offset<Double> CLOSE = within(1e-6);

    @Test
    void average_precision_adds_the_precision_at_each_relevant_rank() {
        List<String> ranking = List.of("a", "b", "c", "d", "e");
        // a at rank 1: 1/1; c at rank 3: 2/3; x is never found; three are relevant
        assertThat(RetrievalMeasures.averagePrecision(ranking, Set.of("a", "c", "x")))
                .isCloseTo(5.0 / 9, CLOSE);
        // b at 2: 1/2, d at 4: 2/4, e at 5: 3/5
        assertThat(RetrievalMeasures.averagePrecision(ranking, Set.of("b", "d", "e")))
                .isCloseTo(1.6 / 3, CLOSE);
        assertThat(RetrievalMeasures.averagePrecision(ranking, Set.of("a", "b")))
                .isEqualTo(1);
    }

    @Test
    void average_precision_is_0_when_nothing_is_relevant_or_found() {
        assertThat(RetrievalMeasures.averagePrecision(List.of("a"), Set.of())).isZero();
        assertThat(RetrievalMeasures.averagePrecision(List.of("a"), Set.of("b")))
                .isZero();
        assertThat(RetrievalMeasures.averagePrecision(List.of(), Set.of("b"))).isZero();
    }

    @Test
    void gain_is_discounted_by_the_logarithm_of_the_rank_plus_one() {
        List<String> ranking = List.of("a", "b", "c", "d");
        Map<String, Integer> grades = Map.of("a", 3, "c", 2, "d", 1, "e", 1);
        // found:  3/1 + 0 + 2/2 + 1/log2(5) = 4.430677
        // best:   3/1 + 2/log2(3) + 1/2 + 1/log2(5) = 5.192536
        assertThat(RetrievalMeasures.normalizedDiscountedCumulatedGain(ranking, grades))
                .isCloseTo(4.430676558 / 5.192536065, CLOSE);
        // with 2^grade - 1:  7 + 3/2 + 0.430677 = 8.930677;  7 + 3/log2(3) + 0.5 + 0.430677 = 9.823466
        assertThat(RetrievalMeasures.normalizedDiscountedCumulatedGain(ranking, grades, Gain.EXPONENTIAL))
                .isCloseTo(8.930676558 / 9.823465819, CLOSE);
    }

    @Test
    void the_best_ranking_has_1_and_equal_grades_may_come_in_any_order() {
        Map<String, Integer> grades = Map.of("a", 3, "b", 1, "c", 1, "d", 0);
        for (Gain gain : Gain.values()) {
            for (List<String> ranking : List.of(List.of("a", "b", "c", "d"), List.of("a", "c", "b"))) {
                assertThat(RetrievalMeasures.normalizedDiscountedCumulatedGain(ranking, grades, gain))
                        .isCloseTo(1, CLOSE);
            }
            assertThat(RetrievalMeasures.normalizedDiscountedCumulatedGain(List.of("b", "a"), grades, gain))
                    .isLessThan(0.99);
        }
    }

    @Test
    void the_gain_is_over_the_whole_ranking() {
        List<String> long20 =
                Stream.iterate(1, n -> n + 1).limit(20).map(n -> "o" + n).toList();
        // the only good one at rank 20: 1/log2(21)
        assertThat(RetrievalMeasures.normalizedDiscountedCumulatedGain(long20, Map.of("o20", 2)))
                .isCloseTo(0.227670, CLOSE);
    }

    @Test
    void there_is_no_gain_where_nothing_has_a_grade() {
        assertThat(RetrievalMeasures.normalizedDiscountedCumulatedGain(List.of("a"), Map.of("a", 0)))
                .isZero();
        assertThat(RetrievalMeasures.normalizedDiscountedCumulatedGain(List.of("a"), Map.of()))
                .isZero();
    }

    @Test
    void precision_counts_the_first_and_divides_by_the_rank() {
        List<String> ranking = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k");
        assertThat(RetrievalMeasures.precision(ranking, Set.of("a", "c", "j", "k"), 10))
                .isCloseTo(0.3, CLOSE);
        assertThat(RetrievalMeasures.precision(List.of("a", "b"), Set.of("a", "b"), 10))
                .isCloseTo(0.2, CLOSE);
    }

    @Test
    void what_cannot_be_measured_is_refused() {
        List<String> twice = List.of("a", "b", "a");
        assertThatThrownBy(() -> RetrievalMeasures.averagePrecision(twice, Set.of("a")))
                .hasMessageContaining("a twice");
        assertThatThrownBy(() -> RetrievalMeasures.normalizedDiscountedCumulatedGain(twice, Map.of("a", 1)))
                .hasMessageContaining("a twice");
        assertThatThrownBy(() -> RetrievalMeasures.precision(twice, Set.of("a"), 10))
                .hasMessageContaining("a twice");
        assertThatThrownBy(() -> RetrievalMeasures.precision(List.of("a"), Set.of("a"), 0))
                .hasMessageContaining("rank 1");
    }
}
