// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mercat.http.Authentication;
import org.mercat.http.Caller;
import org.mercat.http.Language;
import org.mercat.http.Pages;
import org.mercat.http.Wanted;
import org.mercat.rdf.Syntax;

/** Single offerings for people. */
public final class OfferingPages {
    private final Function<Caller, Search> searches;
    private final Supplier<Lexicon> lexicon;
    private final String baseIri;
    private final Pages pages;

    OfferingPages(Function<Caller, Search> searches, Supplier<Lexicon> lexicon, String baseIri, Pages pages) {
        this.searches = searches;
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
        Search search = searches.apply(Authentication.callerOf(ctx));
        OfferingPage page = new OfferingPageBuilder(
                        lexicon.get(),
                        baseIri,
                        Language.of(ctx),
                        criteria -> search.page(criteria, Set.of(Search.Extra.JSON)))
                .build(json);
        pages.answer(ctx, "offering", Map.of("page", page));
    }
}
