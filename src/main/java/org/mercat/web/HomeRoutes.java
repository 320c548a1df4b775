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
import org.mercat.http.Route;

/** The first page, the description of the API, and the page to browse it. */
public final class HomeRoutes {
    private final String baseIri;
    private final String openApi;
    private final String homePage;
    private final String docsPage;

    public HomeRoutes(String baseIri) {
        this.baseIri = baseIri;
        String server = baseIri.substring(0, baseIri.length() - 1);
        this.openApi = resource("/openapi.json").replace("{base}", server);
        this.homePage = resource("/pages/home.html").replace("{base}", server);
        this.docsPage = resource("/pages/docs.html");
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/", Access.PUBLIC, this::home),
                Route.get("/openapi.json", Access.PUBLIC, this::openApi),
                Route.get("/docs", Access.PUBLIC, ctx -> ctx.html(docsPage)));
    }

    private void openApi(Context ctx) {
        ctx.contentType("application/json").result(openApi);
    }

    private void home(Context ctx) {
        String accept = ctx.header("Accept");
        if (accept != null && accept.contains("text/html")) {
            ctx.html(homePage);
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
                "sparql",
                "openapi.json",
                "docs")) {
            links.put(name.replace(".json", ""), baseIri + name);
        }
        ctx.json(Map.of("name", "Mercat", "links", links));
    }

    private static String resource(String path) {
        try (InputStream in = HomeRoutes.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
