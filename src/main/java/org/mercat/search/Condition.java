// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.jena.graph.Node;
import org.apache.lucene.search.Query;

/** What a search asks of one offering. */
interface Condition {
    /** Of every offering. */
    Condition ALWAYS = offering -> true;

    boolean isMetBy(OneOffering offering) throws IOException;

    /** Whether an offering's terms and concepts do not tell it, so that it is asked after all else. */
    default boolean isSlow() {
        return false;
    }

    /** Has one of some terms. Most conditions are nothing else, and there are thousands: hence the few objects. */
    record AnyTerm(int... numbers) implements Condition {
        @Override
        public boolean isMetBy(OneOffering offering) {
            BitSet terms = offering.terms();
            for (int number : numbers) {
                if (terms.get(number)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Is found by a query. */
    record Found(Query query) implements Condition {
        @Override
        public boolean isMetBy(OneOffering offering) throws IOException {
            return offering.isFoundBy(query);
        }

        @Override
        public boolean isSlow() {
            return true;
        }
    }

    /** Needs nothing but what is available. */
    record NeedsOnly(List<Node> available, Degree worst, Concepts hierarchy) implements Condition {
        @Override
        public boolean isMetBy(OneOffering offering) throws IOException {
            return offering.needsOnly(available, worst, hierarchy);
        }
    }

    /** Does not meet a condition. */
    record Not(Condition condition) implements Condition {
        @Override
        public boolean isMetBy(OneOffering offering) throws IOException {
            return !condition.isMetBy(offering);
        }

        @Override
        public boolean isSlow() {
            return condition.isSlow();
        }
    }

    /** Meets so many of some conditions, at least one. */
    record AtLeast(int needed, boolean isSlow, Condition... conditions) implements Condition {
        @Override
        public boolean isMetBy(OneOffering offering) throws IOException {
            int left = needed;
            for (int i = 0; left <= conditions.length - i; i++) {
                if (conditions[i].isMetBy(offering) && --left == 0) {
                    return true;
                }
            }
            return false;
        }
    }

    static Condition every(List<Condition> conditions) {
        List<Condition> telling =
                conditions.stream().filter(condition -> condition != ALWAYS).toList();
        return telling.isEmpty() ? ALWAYS : atLeast(telling.size(), telling);
    }

    static Condition any(List<Condition> conditions) {
        if (!conditions.isEmpty() && conditions.stream().allMatch(AnyTerm.class::isInstance)) {
            return new AnyTerm(conditions.stream()
                    .flatMapToInt(condition -> IntStream.of(((AnyTerm) condition).numbers))
                    .distinct()
                    .toArray());
        }
        return atLeast(1, conditions);
    }

    static Condition atLeast(int needed, List<Condition> conditions) {
        if (needed == 1 && conditions.size() == 1) {
            return conditions.get(0);
        }
        Condition[] quickFirst = conditions.stream()
                .sorted(Comparator.comparing(Condition::isSlow))
                .toArray(Condition[]::new);
        return new AtLeast(needed, conditions.stream().anyMatch(Condition::isSlow), quickFirst);
    }
}
