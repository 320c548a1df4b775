// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import java.util.List;

/**
 * What a caller must handle. Each kind fixes its status, type and title; the detail says what is wrong here and what to
 * do instead.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
public sealed interface Failure {
    /** What is wrong in this request, and how to mend it. */
    String detail();

    /** HTTP status code. */
    int status();

    /** Short name of the problem type, the last part of its URI. */
    String type();

    /** The problem type in words, the same for every occurrence. */
    String title();

    /** The single faults, where there are several; empty otherwise. */
    default List<Fault> faults() {
        return List.of();
    }

    /** Throws it. */
    default FailureException asException() {
        return new FailureException(this);
    }

    /** A body that cannot be read at all. */
    record Malformed(String detail, List<Fault> faults) implements Failure {
        public Malformed(String detail) {
            this(detail, List.of());
        }

        @Override
        public int status() {
            return 400;
        }

        @Override
        public String type() {
            return "malformed";
        }

        @Override
        public String title() {
            return "The request cannot be read";
        }
    }

    /** A body that can be read and breaks the shapes or names unknown terms. */
    record Invalid(String detail, List<Fault> faults) implements Failure {
        public Invalid {
            faults = List.copyOf(faults);
        }

        @Override
        public int status() {
            return 422;
        }

        @Override
        public String type() {
            return "invalid";
        }

        @Override
        public String title() {
            return "The content is not acceptable";
        }
    }

    /** All failures that need no more than a sentence. */
    record Plain(Kind kind, String detail) implements Failure {
        @Override
        public int status() {
            return kind.status;
        }

        @Override
        public String type() {
            return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        @Override
        public String title() {
            return kind.title;
        }
    }

    /** The kinds of {@link Plain} failures. */
    enum Kind {
        BAD_REQUEST(400, "The request is not understood"),
        UNAUTHORIZED(401, "Sign in first"),
        FORBIDDEN(403, "Not allowed to this caller"),
        NOT_FOUND(404, "There is nothing here"),
        METHOD_NOT_ALLOWED(405, "The method is not allowed here"),
        NOT_ACCEPTABLE(406, "No such representation"),
        CONFLICT(409, "It contradicts what is there"),
        GONE(410, "It was withdrawn"),
        PRECONDITION_FAILED(412, "It has changed meanwhile"),
        TOO_LARGE(413, "The body is too large"),
        ADDRESS_TOO_LONG(414, "The address is too long"),
        UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
        RANGE_NOT_SATISFIABLE(416, "There is no such part"),
        PRECONDITION_REQUIRED(428, "Say which version you mean"),
        TOO_MANY_REQUESTS(429, "You have asked for too much"),
        HEADERS_TOO_LARGE(431, "The headers are too large"),
        INTERNAL(500, "The catalogue failed"),
        UNAVAILABLE(503, "Try again shortly");

        private final int status;
        private final String title;

        Kind(int status, String title) {
            this.status = status;
            this.title = title;
        }

        /** A failure of this kind, ready to throw. */
        public FailureException because(String detail) {
            return new Plain(this, detail).asException();
        }
    }
}
