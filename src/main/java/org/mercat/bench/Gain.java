// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

/** What a graded judgment is worth in {@link RetrievalMeasures#normalizedDiscountedCumulatedGain}. */
public enum Gain {
    /** The grade itself: 3 is worth three times 1 (Järvelin and Kekäläinen 2002). The default here. */
    GRADE {
        @Override
        double of(int grade) {
            return grade;
        }
    },

    /** {@code 2^grade - 1}: 3 is worth seven times 1, which stresses the best (Burges et al. 2005). */
    EXPONENTIAL {
        @Override
        double of(int grade) {
            return Math.pow(2, grade) - 1;
        }
    };

    /** @param grade 0 or greater @return 0 for grade 0, greater for a greater one */
    abstract double of(int grade);
}
