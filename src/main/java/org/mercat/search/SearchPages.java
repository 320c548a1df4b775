// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.mercat.http.Authentication;
import org.mercat.http.Caller;
import org.mercat.http.Language;
import org.mercat.http.Pages;
import org.mercat.http.Wanted;
import org.mercat.rdf.Syntax;

/** The search for people. */
final class SearchPages {
    private final Function<Caller, Search> searches;
    private final Supplier<Lexicon> lexicon;
    private final String baseIri;
    private final Pages pages;
    private final Supplier<Set<Node>> promoted;

    /** @param promoted offerings for which somebody pays */
    SearchPages(
            Function<Caller, Search> searches,
            Supplier<Lexicon> lexicon,
            String baseIri,
            Pages pages,
            Supplier<Set<Node>> promoted) {
        this.promoted = promoted;
        this.searches = searches;
        this.lexicon = lexicon;
        this.baseIri = baseIri;
        this.pages = pages;
    }

    boolean isWanted(Context ctx) {
        return Wanted.of(ctx, Syntax.JSON).isPage();
    }

    /** The whole page; a search that cannot be understood is there to be mended. */
    void answer(Context ctx) {
        Caller caller = Authentication.callerOf(ctx);
        Search search = searches.apply(caller);
        SearchPageBuilder.Built built = new SearchPageBuilder(
                        search,
                        lexicon.get(),
                        new Explanation(search, lexicon),
                        baseIri,
                        Language.of(ctx),
                        ctx.queryParamMap())
                .build(promoted.get());
        ctx.status(built.status());
        if (caller.role() != Caller.Role.ANYONE) {
            ctx.header("Cache-Control", "private, no-cache");
        }
        pages.answer(ctx, "search", Map.of("page", built.page()));
    }
}
