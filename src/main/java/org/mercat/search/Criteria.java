// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.List;
import java.util.Optional;

/**
 * A search, checked.
 *
 * @param all what an offering must meet, all of it
 * @param sort in which order they come
 * @param limit how many a page has, from 1 to {@value #MOST}
 * @param after where the last page ended
 */
public record Criteria(List<Criterion> all, Sort sort, int limit, Optional<Cursor> after) {
    /** Offerings on a page at most. */
    public static final int MOST = 100;
    /** Criteria of a search at most. */
    public static final int MOST_CRITERIA = 30;

    public Criteria {
        all = List.copyOf(all);
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is from 1 to " + MOST + ", not " + limit);
        }
        if (all.size() > MOST_CRITERIA) {
            throw new IllegalArgumentException("A search has at most " + MOST_CRITERIA + " criteria");
        }
        if (after.isPresent() && after.get().sort() != sort) {
            throw new IllegalArgumentException("The cursor belongs to another order");
        }
    }
}
