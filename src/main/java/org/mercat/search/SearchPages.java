// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.mercat.http.Language;
import org.mercat.http.Pages;
import org.mercat.http.Wanted;
import org.mercat.rdf.Syntax;

/** The search for people. */
final class SearchPages {
    private final Search search;
    private final Supplier<Lexicon> lexicon;
    private final Explanation explanation;
    private final String baseIri;
    private final Pages pages;
    private final Supplier<Set<Node>> promoted;

    /** @param promoted offerings for which somebody pays */
    SearchPages(Search search, Supplier<Lexicon> lexicon, String baseIri, Pages pages, Supplier<Set<Node>> promoted) {
        this.promoted = promoted;
        this.search = search;
        this.lexicon = lexicon;
        this.explanation = new Explanation(search, lexicon);
        this.baseIri = baseIri;
        this.pages = pages;
    }

    boolean isWanted(Context ctx) {
        return Wanted.of(ctx, Syntax.JSON).isPage();
    }

    /** The whole page; a search that cannot be understood is there to be mended. */
    void answer(Context ctx) {
        SearchPageBuilder.Built built = new SearchPageBuilder(
                        search, lexicon.get(), explanation, baseIri, Language.of(ctx), ctx.queryParamMap())
                .build(promoted.get());
        ctx.status(built.status());
        pages.answer(ctx, "search", Map.of("page", built.page()));
    }
}
