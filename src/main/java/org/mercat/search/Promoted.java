// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.List;
import java.util.Set;
import org.apache.jena.graph.Node;

/**
 * The offerings for which somebody pays. They are marked wherever they are found; the best of those that a search finds stand in a
 * list of their own before its first page, so that nothing in the order of the others, in counts and pages is changed.
 *
 * @param first those of the list
 * @param all that are promoted
 */
record Promoted(List<Search.Hit> first, Set<Node> all) {
    /** As many fit beside what was asked for. */
    private static final int MOST = 3;

    Promoted {
        first = List.copyOf(first);
    }

    /** What of them a search shows: a list only on the first page, and in the order of relevance. */
    static Promoted in(Search search, Criteria criteria, Set<Node> all) {
        boolean hasList = !all.isEmpty()
                && criteria.sort() == Sort.RELEVANCE
                && criteria.after().isEmpty();
        return new Promoted(hasList ? search.among(criteria, all, MOST) : List.of(), all);
    }
}
