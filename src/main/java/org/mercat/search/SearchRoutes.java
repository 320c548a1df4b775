// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.atlas.web.AcceptList;
import org.apache.jena.atlas.web.MediaType;
import org.mercat.http.Access;
import org.mercat.http.Bodies;
import org.mercat.http.Negotiation;
import org.mercat.http.Route;
import org.mercat.rdf.Syntax;

/** {@code GET /offerings} and {@code POST /offerings/search}: the same search, by URL or by JSON. */
public final class SearchRoutes {
    private static final String SPARQL = "application/sparql-query";

    /** Bytes of a search as JSON. */
    private static final int BODY_LIMIT = 1 << 15;

    private final Search search;
    private final Words words;
    private final PageWriter pages;
    private final String baseIri;

    /** @param baseIri of the catalogue, ending in a slash */
    public SearchRoutes(Search search, Words words, PageWriter pages, String baseIri) {
        this.search = search;
        this.words = words;
        this.pages = pages;
        this.baseIri = baseIri;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/offerings", Access.PUBLIC, ctx -> answer(ctx, ctx.queryParamMap())),
                Route.post(
                        "/offerings/search",
                        Access.PUBLIC,
                        ctx -> answer(ctx, JsonParameters.read(Bodies.read(ctx, BODY_LIMIT)))));
    }

    private void answer(Context ctx, Map<String, List<String>> parameters) {
        Criteria criteria = new CriteriaReader(words, baseIri).read(parameters);
        if (wantsQuery(ctx)) {
            ctx.header("Vary", "Accept")
                    .contentType(SPARQL)
                    .result(search.query(criteria).serialize());
            return;
        }
        Syntax syntax = Negotiation.accepted(ctx);
        Search.Page page = search.page(criteria);
        Optional<String> next = page.next().map(cursor -> url(parameters, cursor));
        pages.answer(ctx, "offerings", page.offerings(), next, syntax);
    }

    private static boolean wantsQuery(Context ctx) {
        String accept = ctx.header("Accept");
        if (accept == null) {
            return false;
        }
        MediaType best = AcceptList.match(
                new AcceptList(accept), AcceptList.create(Syntax.JSON.mediaType(), Syntax.TURTLE.mediaType(), SPARQL));
        return best != null && best.getContentTypeStr().equals(SPARQL);
    }

    private String url(Map<String, List<String>> parameters, Cursor cursor) {
        List<String> parts = new ArrayList<>();
        parameters.forEach((name, values) -> {
            if (!name.equals("cursor")) {
                values.forEach(value -> parts.add(name + "=" + encoded(value)));
            }
        });
        parts.add("cursor=" + cursor.encode());
        return baseIri + "offerings?" + String.join("&", parts);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
