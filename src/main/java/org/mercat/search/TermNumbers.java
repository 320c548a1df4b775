// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/**
 * Small numbers for the terms that standing searches ask for: what an offering has of them is then a few words of bits.
 * The number of a term that nobody asks for any more is given to another. For one thread.
 */
final class TermNumbers {
    /** Of a term that nobody asks for. */
    static final int NONE = -1;

    private final Map<String, Map<BytesRef, Integer>> numbers = new HashMap<>();
    private final List<Term> terms = new ArrayList<>();
    private final List<Integer> uses = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    /** The number of a term, which is its own until it was released as often as it was taken. */
    int take(Term term) {
        int number = numbers.computeIfAbsent(term.field(), field -> new HashMap<>())
                .computeIfAbsent(term.bytes(), bytes -> next(term));
        uses.set(number, uses.get(number) + 1);
        return number;
    }

    private int next(Term term) {
        if (free.isEmpty()) {
            terms.add(term);
            uses.add(0);
            return terms.size() - 1;
        }
        terms.set(free.peek(), term);
        return free.pop();
    }

    void release(int number) {
        uses.set(number, uses.get(number) - 1);
        if (uses.get(number) == 0) {
            Term term = terms.set(number, null);
            numbers.get(term.field()).remove(term.bytes());
            free.push(number);
        }
    }

    /** The numbers of a field's terms. Not to be changed. */
    Map<BytesRef, Integer> of(String field) {
        return numbers.getOrDefault(field, Map.of());
    }
}
