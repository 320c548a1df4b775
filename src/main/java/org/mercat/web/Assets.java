// SPDX-License-Identifier: Apache-2.0
package org.mercat.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.mercat.http.Failure;
import org.mercat.http.Tagged;

/** Our own styles and scripts. */
final class Assets {
    private static final String CSS = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private static final Map<String, String> TYPES = Map.of(
            "mercat.css", CSS,
            "search.js", SCRIPT,
            "suggest.js", SCRIPT,
            "mercat.js", SCRIPT,
            "chart.js", SCRIPT,
            "query.js", SCRIPT,
            "map.js", SCRIPT,
            "console.css", CSS,
            "paper.css", CSS,
            "console.js", SCRIPT);

    private Assets() {}

    static void serve(Context ctx) {
        String file = ctx.pathParam("file");
        if (!TYPES.containsKey(file)) {
            throw Failure.Kind.NOT_FOUND.because("There is no such file. The pages use those that are.");
        }
        try (InputStream content = Assets.class.getResourceAsStream("/assets/" + file)) {
            ctx.header("X-Content-Type-Options", "nosniff");
            Tagged.answer(ctx, "Accept-Encoding", TYPES.get(file), content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
