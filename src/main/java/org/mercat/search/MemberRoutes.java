// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.engine.binding.Binding;
import org.mercat.http.Access;
import org.mercat.http.Negotiation;
import org.mercat.http.Paging;
import org.mercat.http.Route;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Queries;
import org.mercat.rdf.Store;
import org.mercat.rdf.Syntax;

/** {@code GET /organizations}, {@code /providers}, {@code /consumers}: all members, page by page, by their ids. */
public final class MemberRoutes {
    private static final String MEMBERS = "search/members";
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
        Syntax syntax = Negotiation.accepted(ctx);
        Paging paging = Paging.of(ctx, collection);
        String after = paging.after().isEmpty() ? "" : collection.iri() + paging.after();
        List<String> found = members(collection, after, paging.oneMore()).stream()
                .flatMap(member -> collection.idOf(member).stream())
                .toList();
        pages.answer(ctx, collection.name(), paging, found, syntax);
    }

    private List<Node> members(Collection collection, String after, int limit) {
        Query query = queries.get()
                .query(MEMBERS)
                .bind(Map.of("class", collection.type(), "after", NodeFactory.createLiteralString(after)));
        query.setLimit(limit);
        List<Binding> rows = store.read(database -> Queries.select(database, query, TIME_LIMIT, Map.of()));
        return rows.stream().map(row -> row.get("resource")).toList();
    }
}
