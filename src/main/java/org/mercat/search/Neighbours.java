// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What offerings that resemble one another say of each other: offerings that are alike in their words tend to fit the same
 * wishes. Of the best ones each gets a part of its score from those of its nearest neighbours among them.
 *
 * @see <a href="https://doi.org/10.1145/1076034.1076089">Diaz, Regularizing ad hoc retrieval scores, 2005</a>
 */
final class Neighbours {
    /** How many of the best are looked at. */
    static final int AMONG = 300;
    /** Of the score. */
    static final double SHARE = 0.3;

    private static final int NEAREST = 20;
    /** Words that more of the offerings have tell too little. */
    private static final double COMMON = 0.7;

    private Neighbours() {}

    /**
     * The mean score of each one's nearest neighbours, weighted by how near they are; 0 for one that has none.
     *
     * @param scores of the best
     * @param words of each, as {@link #packed} makes them
     */
    static double[] means(double[] scores, long[][] words) {
        float[][] near = cosines(words);
        double[] means = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            float[] its = near[i];
            double sum = 0;
            double weights = 0;
            for (int n : nearest(its)) {
                sum += its[n] * scores[n];
                weights += its[n];
            }
            means[i] = weights == 0 ? 0 : sum / weights;
        }
        return means;
    }

    private static int[] nearest(float[] near) {
        return IntStream.range(0, near.length)
                .filter(n -> near[n] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(n -> -near[n]))
                .limit(NEAREST)
                .mapToInt(n -> n)
                .toArray();
    }

    private static float[][] cosines(long[][] words) {
        Map<Long, int[]> places = new HashMap<>();
        for (int i = 0; i < words.length; i++) {
            for (long word : words[i]) {
                int[] its = places.computeIfAbsent(word >> 8, w -> new int[] {0, 0, 0, 0, 0});
                int size = its[0] + 1;
                if (size == its.length) {
                    its = Arrays.copyOf(its, its.length * 2);
                    places.put(word >> 8, its);
                }
                its[0] = size;
                its[size] = i << 8 | (int) (word & 0xff);
            }
        }
        double[] lengths = new double[words.length];
        float[][] cosines = new float[words.length][words.length];
        for (int[] its : places.values()) {
            int frequency = its[0];
            double rarity = Math.log(1 + (words.length - frequency + 0.5) / (frequency + 0.5));
            for (int a = 1; a <= frequency; a++) {
                int one = its[a] >> 8;
                double weight = weight(its[a] & 0xff, rarity);
                lengths[one] += weight * weight;
                for (int b = 1; frequency <= COMMON * words.length && b < a; b++) {
                    cosines[one][its[b] >> 8] += (float) (weight * weight(its[b] & 0xff, rarity));
                }
            }
        }
        for (int i = 0; i < words.length; i++) {
            for (int j = 0; j < i; j++) {
                double length = Math.sqrt(lengths[i] * lengths[j]);
                float cosine = length == 0 ? 0 : (float) (cosines[i][j] / length);
                cosines[i][j] = cosine;
                cosines[j][i] = cosine;
            }
        }
        return cosines;
    }

    private static double weight(int times, double rarity) {
        return (1 + Math.log(Math.max(1, times))) * rarity;
    }

    /** A word, by its hash, and how many times it is there. */
    static long packed(String word, int times) {
        return (long) word.hashCode() << 8 | Math.min(times, 0xff);
    }
}
