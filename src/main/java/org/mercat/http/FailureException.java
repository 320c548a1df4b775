// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

/** Carries a {@link Failure} to the one place that answers it. It has no stack trace: it is an answer, not a fault of ours. */
public final class FailureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    FailureException(Failure failure) {
        super(failure.detail(), null, false, false);
        this.failure = failure;
    }

    /** What went wrong. */
    public Failure failure() {
        return failure;
    }
}
