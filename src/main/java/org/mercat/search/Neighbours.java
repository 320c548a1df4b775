// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.Arrays;
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
    static final double SHARE = 0.4;

    private static final int NEAREST = 20;
    /** Nearness in all, with which the own score does not count among the neighbours'. */
    private static final double ENOUGH = 2;
    /** Words that more of the offerings have tell too little. */
    private static final double COMMON = 0.7;

    /** Bits. */
    private static final int TIMES = 8;

    private static final int PLACE = 12;
    private static final int PLACE_AND_TIMES = PLACE + TIMES;

    /** By how many times a word is there. */
    private static final double[] WEIGHTS = IntStream.range(0, 1 << TIMES)
            .mapToDouble(times -> 1 + Math.log(Math.max(1, times)))
            .toArray();

    private Neighbours() {}

    /**
     * The mean score of each one's nearest neighbours, weighted by how near they are; one that has few or distant ones
     * keeps its own in part.
     *
     * @param scores of the best
     * @param words of each, as {@link #packed} makes them
     */
    static double[] means(double[] scores, long[][] words) {
        float[][] near = cosines(words);
        double[] means = new double[scores.length];
        int[] nearest = new int[NEAREST];
        for (int i = 0; i < scores.length; i++) {
            int found = nearest(near[i], nearest);
            double sum = 0;
            double weights = 0;
            for (int n = 0; n < found; n++) {
                sum += near[i][nearest[n]] * scores[nearest[n]];
                weights += near[i][nearest[n]];
            }
            double own = Math.max(0, ENOUGH - weights);
            means[i] = (sum + own * scores[i]) / (weights + own);
        }
        return means;
    }

    /** Puts the places of the greatest numbers above 0 in front, the greatest first. @return how many there are */
    private static int nearest(float[] near, int[] nearest) {
        int size = 0;
        for (int n = 0; n < near.length; n++) {
            if (near[n] > 0 && (size < nearest.length || near[n] > near[nearest[size - 1]])) {
                int place = size < nearest.length ? size++ : size - 1;
                while (place > 0 && near[nearest[place - 1]] < near[n]) {
                    nearest[place] = nearest[place - 1];
                    place--;
                }
                nearest[place] = n;
            }
        }
        return size;
    }

    private static float[][] cosines(long[][] words) {
        long[] all = sorted(words);
        double[] lengths = new double[words.length];
        float[][] cosines = new float[words.length][words.length];
        int[] documents = new int[words.length];
        float[] weights = new float[words.length];
        for (int begin = 0; begin < all.length; ) {
            int end = begin;
            while (end < all.length && all[end] >> PLACE_AND_TIMES == all[begin] >> PLACE_AND_TIMES) {
                end++;
            }
            int size = Math.min(end - begin, words.length); // two words may have one hash
            double rarity = Math.log(1 + (words.length - size + 0.5) / (size + 0.5));
            for (int n = 0; n < size; n++) {
                documents[n] = (int) (all[begin + n] >> TIMES) & (1 << PLACE) - 1;
                weights[n] = (float) (WEIGHTS[(int) all[begin + n] & (1 << TIMES) - 1] * rarity);
                lengths[documents[n]] += weights[n] * weights[n];
            }
            if (size <= COMMON * words.length) {
                for (int a = 1; a < size; a++) {
                    float[] row = cosines[documents[a]];
                    float weight = weights[a];
                    for (int b = 0; b < a; b++) {
                        row[documents[b]] += weight * weights[b];
                    }
                }
            }
            begin = end;
        }
        for (int i = 0; i < words.length; i++) {
            for (int j = 0; j < i; j++) {
                double length = Math.sqrt(lengths[i] * lengths[j]);
                cosines[i][j] = length == 0 ? 0 : (float) (cosines[i][j] / length);
                cosines[j][i] = cosines[i][j];
            }
        }
        return cosines;
    }

    /** Every word with the number of its offering and how many times it is there, the same words side by side. */
    private static long[] sorted(long[][] words) {
        long[] all = new long[Arrays.stream(words).mapToInt(its -> its.length).sum()];
        int size = 0;
        for (int place = 0; place < words.length; place++) {
            for (long word : words[place]) {
                all[size++] = word >> TIMES << PLACE_AND_TIMES | (long) place << TIMES | word & (1 << TIMES) - 1;
            }
        }
        Arrays.sort(all);
        return all;
    }

    /** A word, by its hash, and how many times it is there. */
    static long packed(String word, int times) {
        return (long) word.hashCode() << TIMES | Math.min(times, (1 << TIMES) - 1);
    }
}
