// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.engine.binding.Binding;
import org.mercat.http.Access;
import org.mercat.http.Failure;
import org.mercat.http.Negotiation;
import org.mercat.http.Route;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Queries;
import org.mercat.rdf.Store;
import org.mercat.rdf.Syntax;

/** {@code GET /organizations}, {@code /providers}, {@code /consumers}: all members, page by page, by their ids. */
public final class MemberRoutes {
    private static final String MEMBERS = "search/members";
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private final Store store;
    private final Supplier<Queries> queries;
    private final PageWriter pages;

    /** @throws IllegalStateException if the query that lists members is not there or cannot be understood */
    public MemberRoutes(Store store, Supplier<Queries> queries, PageWriter pages) {
        queries.get().query(MEMBERS);
        this.store = store;
        this.queries = queries;
        this.pages = pages;
    }

    /** The list of a collection. */
    public Route route(Collection collection) {
        return Route.get("/" + collection.name(), Access.PUBLIC, ctx -> list(ctx, collection));
    }

    private void list(Context ctx, Collection collection) {
        int limit = limit(ctx);
        Syntax syntax = Negotiation.accepted(ctx);
        List<Node> found = members(collection, after(ctx, collection), limit + 1);
        List<Node> page = found.subList(0, Math.min(limit, found.size()));
        Optional<String> next = found.size() <= limit
                ? Optional.empty()
                : Optional.of(collection.baseIri() + collection.name() + "?limit=" + limit + "&cursor="
                        + cursor(page.get(page.size() - 1)));
        pages.answer(ctx, collection.name(), page, next, syntax);
    }

    private List<Node> members(Collection collection, String after, int limit) {
        Query query = queries.get()
                .query(MEMBERS)
                .bind(Map.of("class", collection.type(), "after", NodeFactory.createLiteralString(after)));
        query.setLimit(limit);
        List<Binding> rows = store.read(database -> Queries.select(database, query, TIME_LIMIT, Map.of()));
        return rows.stream().map(row -> row.get("resource")).toList();
    }

    private static int limit(Context ctx) {
        String word = ctx.queryParam("limit");
        if (word == null) {
            return DEFAULT_LIMIT;
        }
        if (word.matches("[0-9]{1,3}") && Integer.parseInt(word) >= 1 && Integer.parseInt(word) <= MAX_LIMIT) {
            return Integer.parseInt(word);
        }
        throw new Failure.Malformed("limit is a number from 1 to " + MAX_LIMIT + ", not \"" + word + "\".")
                .asException();
    }

    private static String cursor(Node last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(last.getURI().getBytes(StandardCharsets.UTF_8));
    }

    private static String after(Context ctx, Collection collection) {
        String word = ctx.queryParam("cursor");
        if (word == null) {
            return "";
        }
        try {
            String iri = new String(Base64.getUrlDecoder().decode(word), StandardCharsets.UTF_8);
            if (iri.startsWith(collection.iri())) {
                return iri;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new Failure.Malformed(
                        "This cursor is none that this list has given: follow the link of rel=\"next\" as it is.")
                .asException();
    }
}
