// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.mercat.http.Pages;
import org.mercat.http.Wanted;
import org.mercat.rdf.Queries;
import org.mercat.rdf.Syntax;

/**
 * {@code GET /sparql} for people: a page to write queries on, with examples from the library. Its address may have a query
 * or the name of an example.
 *
 * @see <a href="https://yasgui.triply.cc/">YASGUI</a>
 */
final class Console {
    private static final Set<String> READS = Set.of("GET", "HEAD");

    /** Who names a format wants it and no page, as the form of the page without scripts does. */
    private static final Pattern FORMAT = Pattern.compile("(?:^|&)(?:output|format|results)=");

    /** What a page shows that nobody has asked anything of. */
    private static final String FIRST = "statistics/offerings-by-category";

    /**
     * The editor places its lines by attributes, and the table has one style of its own, named by its hash. For all that
     * no script stands in the page, and nothing is loaded from elsewhere.
     */
    private static final String POLICY = "default-src 'none'; script-src 'self';"
            + " style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk=';"
            + " style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'";

    private final Supplier<Queries> queries;
    private final String prefixes;
    private final Pages pages;

    /** @param prefixes namespace by prefix, to be completed */
    Console(Supplier<Queries> queries, Map<String, String> prefixes, Pages pages) {
        this.queries = queries;
        this.pages = pages;
        try {
            this.prefixes = new ObjectMapper().writeValueAsString(new TreeMap<>(prefixes));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a request to the service is one for the page: that of a browser which wants to read. */
    static boolean isWanted(HttpServletRequest request) {
        String parameters = Optional.ofNullable(request.getQueryString()).orElse("");
        String accept = request.getHeader("Accept");
        if (accept == null
                || !READS.contains(request.getMethod())
                || FORMAT.matcher(parameters).find()) {
            return false;
        }
        List<String> offered = new ArrayList<>(RowFormat.offered());
        for (Syntax syntax : Syntax.values()) {
            offered.add(syntax.mediaType());
        }
        offered.add(Wanted.HTML);
        return Syntax.accepted(accept, offered).filter(Wanted.HTML::equals).isPresent();
    }

    void answer(Context ctx) {
        Queries library = queries.get();
        Optional<String> asked = Optional.ofNullable(ctx.queryParam("query"));
        String example = Optional.ofNullable(ctx.queryParam("example")).orElse("");
        pages.answer(
                ctx,
                "console",
                Map.of(
                        "folders",
                        LibraryPages.folders(library, ""),
                        "query",
                        asked.orElseGet(() -> example(library, example)),
                        "example",
                        example,
                        "isAsked",
                        asked.isPresent(),
                        "prefixes",
                        prefixes));
        ctx.header("Content-Security-Policy", POLICY);
    }

    /** The example of that name, else the first one to try. */
    private static String example(Queries library, String name) {
        return library.published(name)
                .or(() -> library.published(FIRST))
                .or(() -> library.published().stream().findFirst())
                .map(LibraryList::runnable)
                .orElse("");
    }
}
