// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import org.mercat.http.Failure;

/** A query is not taken on, now. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final long seconds;

    /** @param seconds after which it may be tried again */
    Refused(Failure failure, long seconds) {
        super(failure.detail(), null, false, false);
        this.failure = failure;
        this.seconds = seconds;
    }

    Failure failure() {
        return failure;
    }

    /** For {@code Retry-After}. */
    String seconds() {
        return String.valueOf(seconds);
    }
}
