// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

/** A file that cannot be read as Turtle, with the place of the first error. */
final class SyntaxFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Place place;

    /** @param message what is wrong and what to write instead */
    SyntaxFault(Place place, String message) {
        super(message, null, false, false);
        this.place = place;
    }

    Place place() {
        return place;
    }
}
