// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Draws values, some more often than others. */
final class Weighted<T> {
    private final List<T> values;
    private final double[] sums;

    /** @param weight how often each comes in relation to the others; above 0 */
    Weighted(List<T> values, ToDoubleFunction<T> weight) {
        this.values = List.copyOf(values);
        sums = new double[values.size()];
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += weight.applyAsDouble(values.get(i));
            sums[i] = sum;
        }
    }

    /** The words of a text such as {@code "en 45, es 20"}, with their weights. */
    static Weighted<String> of(String text) {
        List<String[]> pairs =
                Arrays.stream(text.split(",\\s*")).map(pair -> pair.split(" ")).toList();
        Weighted<String[]> drawn = new Weighted<>(pairs, pair -> Double.parseDouble(pair[1]));
        return new Weighted<>(pairs.stream().map(pair -> pair[0]).toList(), drawn.sums);
    }

    private Weighted(List<T> values, double[] sums) {
        this.values = values;
        this.sums = sums;
    }

    T draw(Random random) {
        double at = random.nextDouble() * sums[sums.length - 1];
        int found = Arrays.binarySearch(sums, at);
        return values.get(found >= 0 ? Math.min(found + 1, sums.length - 1) : -found - 1);
    }
}
