// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import org.mercat.rdf.Submission.Place;

/** A text that is not what its media type says, or that says more than one resource. */
public final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    public SyntaxException(String message, Place place) {
        super(message, null, false, false);
        this.place = place;
    }

    /** Where. */
    public Place place() {
        return place;
    }
}
