// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.lucene.search.SortField;

/** The orders in which offerings come; equals come the newest first, and those of one moment in an order that stays. */
public enum Sort {
    RELEVANCE(SortField.FIELD_SCORE),
    NEWEST,
    PRICE(new SortField(Fields.AMOUNT, SortField.Type.DOUBLE)),
    NAME(new SortField(Fields.TITLE_KEY, SortField.Type.STRING));

    private final org.apache.lucene.search.Sort lucene;

    Sort(SortField... first) {
        SortField[] fields = Arrays.copyOf(first, first.length + 2);
        fields[first.length] = new SortField(Fields.CREATED, SortField.Type.LONG, true);
        fields[first.length + 1] = new SortField(Fields.TURN, SortField.Type.LONG);
        for (SortField field : fields) {
            if (field.getType() == SortField.Type.DOUBLE) {
                field.setMissingValue(Double.MAX_VALUE);
            } else if (field.getType() == SortField.Type.STRING) {
                field.setMissingValue(SortField.STRING_LAST);
            }
        }
        lucene = new org.apache.lucene.search.Sort(fields);
    }

    /** As it stands in a request. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The order of that name; {@code title} is another one of {@code name}. */
    static Optional<Sort> of(String word) {
        String name = word.equals("title") ? NAME.word() : word;
        return Arrays.stream(values()).filter(sort -> sort.word().equals(name)).findFirst();
    }

    org.apache.lucene.search.Sort lucene() {
        return lucene;
    }
}
