// SPDX-License-Identifier: Apache-2.0
package org.mercat.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mercat.http.Access;
import org.mercat.http.Language;
import org.mercat.http.Pages;
import org.mercat.http.Route;
import org.mercat.search.SearchEngine;

/** The first page, the description of the API, and the page to browse it. */
public final class HomeRoutes {
    private static final String WEB_JAR = "swagger-ui";

    /** Scripts from here only, requests to this catalogue only; the script that draws the page writes style attributes. */
    private static final String DOCS_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self' {base}; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private final String baseIri;
    private final String openApi;
    private final SearchEngine engine;
    private final Pages pages;
    private final String docsPage;
    private final String docsScript;
    private final String docsPolicy;

    /** @param engine that knows what there is */
    public HomeRoutes(String baseIri, SearchEngine engine, Pages pages) {
        this.engine = engine;
        this.pages = pages;
        this.baseIri = baseIri;
        String server = baseIri.substring(0, baseIri.length() - 1);
        this.openApi = resource("/openapi.json").replace("{base}", server);
        this.docsPage = resource("/pages/docs.html")
                .replace("{swagger-ui}", WebJars.path(WEB_JAR, WebJars.version("org.webjars", WEB_JAR)));
        this.docsScript = resource("/pages/docs.js");
        this.docsPolicy = DOCS_POLICY.replace("{base}", server);
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/", Access.PUBLIC, this::home),
                Route.get("/openapi.json", Access.PUBLIC, this::openApi),
                Route.get("/docs", Access.PUBLIC, ctx -> page(ctx, docsPage, docsPolicy)),
                Route.get("/docs.js", Access.PUBLIC, this::docsScript),
                WebJars.route());
    }

    private void openApi(Context ctx) {
        ctx.header("Access-Control-Allow-Origin", "*");
        ctx.contentType("application/json").result(openApi);
    }

    private void docsScript(Context ctx) {
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.contentType("text/javascript; charset=utf-8").result(docsScript);
    }

    private void home(Context ctx) {
        ctx.header("Vary", "Accept");
        String accept = ctx.header("Accept");
        if (accept != null && accept.contains("text/html")) {
            String language = Language.of(ctx);
            pages.answer(
                    ctx,
                    "home",
                    Map.of(
                            "all",
                            engine.page(Map.of(), language),
                            "newest",
                            engine.page(Map.of("sort", List.of("newest"), "limit", List.of("5")), language)));
            return;
        }
        Map<String, String> links = new LinkedHashMap<>();
        for (String name : List.of(
                "offerings",
                "organizations",
                "providers",
                "consumers",
                "vocabularies",
                "terms",
                "categories",
                "proposals",
                "queries",
                "sparql",
                "openapi.json",
                "docs")) {
            links.put(name.replace(".json", ""), baseIri + name);
        }
        ctx.json(Map.of("name", "Mercat", "links", links));
    }

    private static void page(Context ctx, String html, String policy) {
        ctx.header("Content-Security-Policy", policy).header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "no-referrer").html(html);
    }

    private static String resource(String path) {
        try (InputStream in = HomeRoutes.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
