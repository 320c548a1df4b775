// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.time.Duration;
import java.util.Locale;
import org.apache.jena.query.QueryCancelledException;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;

/** A query was ended before its end; its caller is told why. */
final class Stopped extends QueryCancelledException {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    Stopped(Failure failure) {
        this.failure = failure;
    }

    /** What the caller is told. */
    Failure failure() {
        return failure;
    }

    @Override
    public String getMessage() {
        return failure.detail();
    }

    /** @param used nanoseconds that it computed */
    static Failure atTimeLimit(Duration limit, long used) {
        String alone = used * 2 > limit.toNanos()
                ? ""
                : String.format(
                        Locale.ROOT,
                        " Others ran beside it, so that it computed for only %.1f s: try again when there are fewer.",
                        used / 1e9);
        return new Failure.Plain(
                Kind.UNAVAILABLE,
                "The query was stopped at the time limit of " + seconds(limit)
                        + ": ask for less of it, with more constants, fewer joins or a LIMIT. POST it to "
                        + SparqlService.EXPLAIN + " to see what it does." + alone);
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    static Failure forMemory(long bytes, boolean isHeaviest) {
        return new Failure.Plain(
                Kind.UNAVAILABLE,
                "The query was stopped because it kept some " + (bytes >> 20) + " MiB in memory"
                        + (isHeaviest ? ", the most of all that run, when memory became short" : ", more than one may")
                        + ": rows that are sorted, grouped, joined or told apart stay in memory to the end. Ask for"
                        + " fewer of them, with more constants or in parts.");
    }

    static Failure forRows(long rows) {
        return new Failure.Plain(
                Kind.BAD_REQUEST,
                "An answer has at most " + rows + " rows: take it in parts, with ORDER BY, LIMIT and OFFSET, or take"
                        + " a dump of the data.");
    }

    static Failure forBytes(long bytes) {
        return new Failure.Plain(
                Kind.BAD_REQUEST,
                "An answer has at most " + (bytes >> 20) + " MiB: take it in parts, with ORDER BY, LIMIT and OFFSET,"
                        + " or take a dump of the data.");
    }

    static Failure forText(long characters) {
        return new Failure.Plain(
                Kind.BAD_REQUEST, "The query makes a text or number of more than " + characters + " characters.");
    }

    static Failure atClosing() {
        return new Failure.Plain(Kind.UNAVAILABLE, "The query was stopped because the server stops.");
    }

    static Failure tooDeep() {
        return new Failure.Plain(
                Kind.BAD_REQUEST,
                "The query is nested too deeply, or follows a path that is too long: write it flatter.");
    }
}
