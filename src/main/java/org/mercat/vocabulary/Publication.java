// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.mercat.http.Pages;
import org.mercat.http.Route;

/** The vocabularies and their terms for all who read them: pages for people, data for programs. */
public final class Publication {
    private final List<Route> routes = new ArrayList<>();

    public Publication(Live live, VersionArchive archive, Pages pages) {
        Supplier<Glossary> glossary = Glossary.following(live.vocabularies(), live.terms());
        TermHistory history = new TermHistory(archive, live.events());
        TermPageBuilder builder = new TermPageBuilder(live.usage(), live.offerings(), history);
        routes.addAll(new VocabularyRoutes(glossary, archive, pages).routes());
        routes.addAll(new TermRoutes(glossary, builder, pages).routes());
        routes.addAll(new CategoryRoutes(glossary, live.usage(), pages).routes());
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }
}
