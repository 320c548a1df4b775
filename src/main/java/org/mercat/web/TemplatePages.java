// SPDX-License-Identifier: Apache-2.0
package org.mercat.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mercat.http.Access;
import org.mercat.http.Language;
import org.mercat.http.Pages;
import org.mercat.http.Route;
import org.mercat.http.Tagged;

/**
 * Pages made of the templates in {@code src/main/jte}, in the words of {@code pages/words_*.properties}. They load styles
 * and scripts from here only, and none stand in the pages themselves.
 *
 * @see <a href="https://jte.gg/">jte</a>
 */
public final class TemplatePages implements Pages {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** The request headers that decide what a page says. */
    private static final String VARY = "Accept, Accept-Language, HX-Request";

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

    @Override
    public void answer(Context ctx, String template, Map<String, Object> model) {
        String language = Language.of(ctx);
        Map<String, Object> whole = new HashMap<>(model);
        whole.put("say", Words.in(language));
        whole.put("here", Here.of(ctx, language));
        Utf8ByteOutput page = new Utf8ByteOutput();
        engine.render(template + ".jte", whole, page);
        ctx.header("Content-Security-Policy", POLICY).header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "no-referrer").header("Content-Language", language);
        Tagged.answer(ctx, VARY, "text/html; charset=utf-8", bytes(page));
    }

    private static byte[] bytes(Utf8ByteOutput page) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(page.getContentLength());
        try {
            page.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The styles and scripts of the pages. */
    public List<Route> routes() {
        return List.of(Route.get("/assets/{file}", Access.PUBLIC, Assets::serve));
    }
}
