// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.Comparator;

/** A place in a text: line and column, both from 1; both 0 where nothing is known. */
record Place(int line, int column) implements Comparable<Place> {
    static final Place UNKNOWN = new Place(0, 0);
    private static final Comparator<Place> ORDER =
            Comparator.comparingInt(Place::line).thenComparingInt(Place::column);

    /** As a parser counts, which says -1 for what it does not know. */
    static Place of(long line, long column) {
        return line < 1 ? UNKNOWN : new Place((int) line, (int) Math.max(column, 1));
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
