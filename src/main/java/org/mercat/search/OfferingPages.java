// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.mercat.http.Language;
import org.mercat.http.Pages;
import org.mercat.http.Wanted;
import org.mercat.rdf.Syntax;

/** Single offerings for people. */
public final class OfferingPages {
    private final Search search;
    private final Supplier<Lexicon> lexicon;
    private final String baseIri;
    private final Pages pages;

    OfferingPages(Search search, Supplier<Lexicon> lexicon, String baseIri, Pages pages) {
        this.search = search;
        this.lexicon = lexicon;
        this.baseIri = baseIri;
        this.pages = pages;
    }

    /** Whether a request wants a page. @param last segment of its path */
    public boolean isWanted(Context ctx, String last) {
        return Syntax.endingOf(last).isEmpty() && Wanted.of(ctx, Syntax.JSON).isPage();
    }

    /** Answers with the page of an offering. @param json the offering as it is stored */
    public void answer(Context ctx, byte[] json) {
        OfferingPage page = new OfferingPageBuilder(lexicon.get(), baseIri, Language.of(ctx), this::found).build(json);
        pages.answer(ctx, "offering", Map.of("page", page));
    }

    private Search.Page found(Criteria criteria) {
        return search.page(criteria, Set.of(Search.Extra.JSON));
    }
}
