// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.mercat.rdf.Syntax;

/** Reads request bodies within limits. */
public final class Bodies {
    /** A single resource's body, bytes. */
    public static final int RESOURCE_LIMIT = 1 << 20;

    private Bodies() {}

    /** The body, which says to be UTF-8, no longer than a limit in bytes. */
    public static byte[] read(Context ctx, int limit) {
        mustBeUtf8(ctx);
        return bytes(ctx, limit);
    }

    /** Refuses a body that says to be in another charset. */
    public static void mustBeUtf8(Context ctx) {
        String type = ctx.contentType() == null ? "" : ctx.contentType().toLowerCase(Locale.ROOT);
        if (type.contains("charset=") && !type.contains("utf-8")) {
            throw Failure.Kind.UNSUPPORTED_MEDIA_TYPE.because(
                    "Send the body in UTF-8; \"" + ctx.contentType() + "\" is not.");
        }
    }

    private static byte[] bytes(Context ctx, int limit) {
        try {
            InputStream body = ctx.req().getInputStream(); // left open: what is too long is heard out
            byte[] bytes = body.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw Failure.Kind.TOO_LARGE.because("The body has more than " + limit + " bytes.");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The syntax that the body says to be in; TriG is for answers only. */
    public static Syntax syntax(Context ctx) {
        return Syntax.of(ctx.contentType())
                .filter(syntax -> syntax != Syntax.TRIG)
                .orElseThrow(() -> Failure.Kind.UNSUPPORTED_MEDIA_TYPE.because("\"" + ctx.contentType()
                        + "\" is not read here. Send Content-Type: application/json, application/ld+json, text/turtle,"
                        + " application/rdf+xml or application/n-triples."));
    }
}
