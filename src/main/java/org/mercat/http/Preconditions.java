// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Optional;
import org.mercat.rdf.Syntax;

/**
 * Entity tags and what a request makes depend on them. A tag is the revision of the resource's last change, the
 * syntax, and the version of what writes it: {@code "42-ttl-9f3c01aa"}. For {@code If-Match} only the revision matters:
 * who has read JSON may write Turtle.
 *
 * @param ifMatch value of the header, or null
 * @param ifNoneMatch value of the header, or null
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13">RFC 9110, section 13</a>
 */
public record Preconditions(String ifMatch, String ifNoneMatch) {
    /** Those of a request. */
    public static Preconditions of(Context ctx) {
        return new Preconditions(ctx.header("If-Match"), ctx.header("If-None-Match"));
    }

    /** The strong tag of a representation. @param version of what writes it, without hyphens */
    public static String tag(long revision, Syntax syntax, String version) {
        return "\"" + revision + "-" + syntax.extension() + "-" + version + "\"";
    }

    /** Refuses a write that its caller made depend on another state. @param present revision, if it exists */
    public void check(Optional<Long> present) {
        if (ifMatch != null && !matches(ifMatch, present)) {
            throw Failure.Kind.PRECONDITION_FAILED.because(
                    present.map(revision -> "It is at revision " + revision + " now, your If-Match says " + ifMatch
                                    + ". Get it again, apply your change to that, and send it with the new ETag.")
                            .orElse("It does not exist, and If-Match says that it must."));
        }
        if (ifNoneMatch != null && matches(ifNoneMatch, present)) {
            throw Failure.Kind.PRECONDITION_FAILED.because(
                    "It exists already, and If-None-Match says that it must not.");
        }
    }

    /** Refuses a change of parts that does not say of what. */
    public void mustNameVersion() {
        if (ifMatch == null) {
            throw Failure.Kind.PRECONDITION_REQUIRED.because(
                    "A patch changes what you have read: send the ETag of that as If-Match (or If-Match: * for whatever is there).");
        }
    }

    /** Whether the reader has this representation already. */
    public boolean isFresh(String tag) {
        return ifNoneMatch != null
                && (ifNoneMatch.strip().equals("*") || tags(ifNoneMatch).anyMatch(tag::equals));
    }

    private static boolean matches(String header, Optional<Long> present) {
        return present.isPresent()
                && (header.strip().equals("*")
                        || tags(header)
                                .anyMatch(tag -> tag.replaceFirst("^\"(\\d+)-?.*\"$", "$1")
                                        .equals(present.get().toString())));
    }

    private static java.util.stream.Stream<String> tags(String header) {
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag);
    }
}
