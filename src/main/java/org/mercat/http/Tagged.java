// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import io.javalin.http.Context;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Answers whose entity tag is made of what they say, for what has no revision of its own. */
public final class Tagged {
    private Tagged() {}

    /**
     * Answers a read; 304 if the reader has just that already. What was set to be private stays so.
     *
     * @param vary the request headers that decide what is answered
     */
    public static void answer(Context ctx, String vary, String contentType, byte[] content) {
        String tag = "\"" + hash(content) + "\"";
        boolean isPrivate = String.valueOf(ctx.res().getHeader("Cache-Control")).contains("private");
        ctx.header("ETag", tag).header("Vary", isPrivate ? vary + ", Authorization" : vary);
        ctx.header("Cache-Control", isPrivate ? "private, no-cache" : "no-cache");
        if (Preconditions.of(ctx).isFresh(tag)) {
            ctx.status(304);
            return;
        }
        ctx.contentType(contentType).result(content);
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
