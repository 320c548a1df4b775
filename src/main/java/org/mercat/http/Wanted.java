// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mercat.rdf.Syntax;

/**
 * What a request names, and as what it wants that: a page for people, or data in a syntax. An ending of the name, {@code
 * .html} or {@code .ttl}, says it; else the {@code Accept} header.
 *
 * @param name without the ending
 * @param syntax of the data; empty for a page
 */
public record Wanted(String name, Optional<Syntax> syntax) {
    /** Media type of a page. */
    public static final String HTML = "text/html";

    private static final String PAGE = ".html";

    /** @param usual for those to whom everything is welcome */
    public static Wanted of(Context ctx, Syntax usual) {
        return new Wanted("", accepted(ctx, usual));
    }

    /**
     * Takes the ending off a name that is not one as it stands.
     *
     * @param asked as the path says it
     * @param isName whether there is something of that name
     * @param usual for those to whom everything is welcome
     */
    public static Wanted of(Context ctx, String asked, Predicate<String> isName, Syntax usual) {
        if (isName.test(asked)) {
            return new Wanted(asked, accepted(ctx, usual));
        }
        if (asked.endsWith(PAGE)) {
            return new Wanted(asked.substring(0, asked.length() - PAGE.length()), Optional.empty());
        }
        return Syntax.endingOf(asked)
                .map(syntax -> new Wanted(
                        asked.substring(0, asked.length() - syntax.extension().length() - 1), Optional.of(syntax)))
                .orElseGet(() -> new Wanted(asked, accepted(ctx, usual)));
    }

    private static Optional<Syntax> accepted(Context ctx, Syntax usual) {
        if (isPart(ctx)) {
            return Optional.empty();
        }
        String accept = ctx.header("Accept");
        if (accept == null || accept.isBlank()) {
            return Optional.of(usual);
        }
        List<String> offered = offered(usual);
        String best = Syntax.accepted(accept, offered)
                .orElseThrow(() -> Failure.Kind.NOT_ACCEPTABLE.because("\"" + accept + "\" is not offered. There are "
                        + String.join(", ", offered.subList(1, offered.size())) + "."));
        return Syntax.of(best); // none for a page
    }

    private static List<String> offered(Syntax usual) {
        List<String> offered = new ArrayList<>(List.of(usual.mediaType(), HTML));
        for (Syntax syntax : Syntax.values()) {
            offered.add(syntax.mediaType());
        }
        return offered;
    }

    /** Whether a request wants a page rather than any data, whatever it asks for: a browser does. */
    static boolean isOfBrowser(Context ctx) {
        String accept = ctx.header("Accept");
        return accept != null
                && !isPart(ctx)
                && Syntax.accepted(accept, offered(Syntax.JSON))
                        .filter(HTML::equals)
                        .isPresent();
    }

    /** Whether the script of a page asks for a part of it. It accepts anything, and shows what comes. */
    public static boolean isPart(Context ctx) {
        return ctx.header("HX-Request") != null;
    }

    public boolean isPage() {
        return syntax.isEmpty();
    }
}
