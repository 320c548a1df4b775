// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.jena.atlas.web.AcceptList;
import org.apache.jena.atlas.web.MediaType;
import org.apache.jena.graph.Node;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Bodies;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.Language;
import org.mercat.http.Negotiation;
import org.mercat.http.Route;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Syntax;

/** {@code GET /offerings} and {@code POST /offerings/search}: the same search, by URL or by JSON; and why it did not find one. */
final class SearchRoutes {
    private static final String SPARQL = "application/sparql-query";

    /** Of a next page: servers and proxies take no longer ones. Who asked more by POST sends the cursor with the next one. */
    private static final int LONGEST_URL = 4_000;

    /** Bytes of a search as JSON. */
    private static final int BODY_LIMIT = 1 << 15;

    private final Function<Caller, Search> searches;
    private final Supplier<Lexicon> lexicon;
    private final SearchAnswer answer;
    private final PageWriter pages;
    private final VisibleOfferings visible;
    private final Collection offerings;
    private final Supplier<Set<Node>> promoted;

    /** @param promoted offerings for which somebody pays */
    SearchRoutes(
            Function<Caller, Search> searches,
            Supplier<Lexicon> lexicon,
            SearchAnswer answer,
            PageWriter pages,
            VisibleOfferings visible,
            Collection offerings,
            Supplier<Set<Node>> promoted) {
        this.promoted = promoted;
        this.searches = searches;
        this.lexicon = lexicon;
        this.answer = answer;
        this.pages = pages;
        this.visible = visible;
        this.offerings = offerings;
    }

    /** @param pages for those who read */
    List<Route> routes(SearchPages pages) {
        return List.of(
                Route.get("/offerings", Access.PUBLIC, ctx -> {
                    if (wantsQuery(ctx) || !pages.isWanted(ctx)) {
                        answer(ctx, criteria(ctx));
                    } else {
                        pages.answer(ctx);
                    }
                }),
                Route.post(
                        "/offerings/search",
                        Access.PUBLIC,
                        ctx -> answer(ctx, JsonParameters.read(Bodies.read(ctx, BODY_LIMIT)))),
                Route.get("/offerings/{organization}/{provider}/{offering}/match", Access.PUBLIC, this::match));
    }

    /** All parameters but the language of the answer. */
    private static Map<String, List<String>> criteria(Context ctx) {
        Map<String, List<String>> parameters = new LinkedHashMap<>(ctx.queryParamMap());
        parameters.remove("lang");
        return parameters;
    }

    void answer(Context ctx, Map<String, List<String>> parameters) {
        CriteriaReader.Asked asked = new CriteriaReader(lexicon.get(), offerings.baseIri()).read(parameters);
        Criteria criteria = asked.criteria();
        if (wantsQuery(ctx)) {
            ctx.header("Vary", "Accept")
                    .contentType(SPARQL)
                    .result(SearchFunction.query(criteria, lexicon.get().words().prefixes())
                            .serialize()
                            .getBytes(StandardCharsets.UTF_8));
            return;
        }
        Syntax syntax = Negotiation.accepted(ctx);
        Caller caller = Authentication.callerOf(ctx);
        if (caller.role() != Caller.Role.ANYONE) {
            ctx.header("Cache-Control", "private, no-cache"); // it may be for the caller alone
        }
        Search search = searches.apply(caller);
        Search.Page page = search.page(criteria, syntax == Syntax.JSON ? asked.extras() : Set.of(Search.Extra.NEXT));
        Optional<String> next =
                page.next().map(cursor -> url(parameters, cursor)).filter(url -> url.length() <= LONGEST_URL);
        if (syntax == Syntax.JSON) {
            List<SearchAnswer.Relaxation> relaxations =
                    page.total() == 0 ? new Explanation(search, lexicon).relaxations(criteria) : List.of();
            next.ifPresent(url -> ctx.header("Link", "<" + url + ">; rel=\"next\""));
            ctx.header("Vary", "Accept, Accept-Language")
                    .contentType(syntax.contentType())
                    .result(answer.page(
                            asked,
                            page,
                            next,
                            relaxations,
                            Promoted.in(search, criteria, promoted.get()),
                            Language.of(ctx)));
        } else {
            List<Node> found = page.hits().stream().map(Search.Hit::offering).toList();
            PageWriter its =
                    caller.role() == Caller.Role.ANYONE ? pages : pages.of(node -> visible.graph(caller, node));
            its.answer(ctx, "offerings", found, next, syntax);
        }
    }

    private void match(Context ctx) {
        Node offering = offerings.resource(
                ctx.pathParam("organization") + "/" + ctx.pathParam("provider") + "/" + ctx.pathParam("offering"));
        Caller caller = Authentication.callerOf(ctx);
        Resources.Document document = visible.find(caller, offering, Syntax.JSON)
                .orElseThrow(() -> Failure.Kind.NOT_FOUND.because("There is no offering <" + offering + ">."));
        if (document.withdrawn()) {
            throw Failure.Kind.GONE.because("The offering <" + offering + "> was withdrawn: no search finds it.");
        }
        Criteria criteria = new CriteriaReader(lexicon.get(), offerings.baseIri())
                .read(ctx.queryParamMap())
                .criteria();
        Search search = searches.apply(caller);
        Optional<Search.Hit> hit = search.hit(criteria, offering);
        List<Explanation.Reason> reasons = hit.isPresent()
                ? List.of()
                : new Explanation(search, lexicon).reasons(criteria, offering, visible.graph(caller, offering));
        ctx.contentType(Syntax.JSON.contentType()).result(answer.match(offering, hit, reasons));
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
        return offerings.baseIri() + "offerings?" + String.join("&", parts);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
