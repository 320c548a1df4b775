// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.jena.query.Query;
import org.mercat.rdf.ParameterType;

/** The orders in which offerings come; equals follow in the order of their IRIs. */
public enum Sort {
    NEWEST(ParameterType.DATETIME, Query.ORDER_DESCENDING),
    TITLE(ParameterType.STRING, Query.ORDER_ASCENDING),
    PRICE(ParameterType.DECIMAL, Query.ORDER_ASCENDING);

    private final ParameterType keyType;
    private final int direction;

    Sort(ParameterType keyType, int direction) {
        this.keyType = keyType;
        this.direction = direction;
    }

    /** As it stands in a request. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Sort> of(String word) {
        return Arrays.stream(values()).filter(sort -> sort.word().equals(word)).findFirst();
    }

    /** Of the key that the order goes by. */
    ParameterType keyType() {
        return keyType;
    }

    /** Of the key, as Jena says it. */
    int direction() {
        return direction;
    }

    /** The query file of the whole order, or of what comes behind an offering. */
    String query(boolean behind) {
        return "by-" + word() + (behind ? "-after" : "");
    }
}
