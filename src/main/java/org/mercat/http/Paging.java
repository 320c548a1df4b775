// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.mercat.rdf.Collection;

/**
 * Which page a request wants of a list that goes by ids, and where the next one is.
 *
 * @param limit from 1 to 100
 * @param after the last id of the page before, or empty
 * @param filters the other parameters, which links to further pages keep: {@code "status=open&"}, or empty
 */
public record Paging(Collection collection, int limit, String after, String filters) {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MOST = 100;

    /**
     * What a request wants.
     *
     * @param filters names of the parameters that choose what is in the list
     * @throws FailureException 400 for a limit or cursor that is none
     */
    public static Paging of(Context ctx, Collection collection, String... filters) {
        String kept = Stream.of(filters)
                .filter(name -> ctx.queryParam(name) != null)
                .map(name -> name + "=" + URLEncoder.encode(ctx.queryParam(name), StandardCharsets.UTF_8) + "&")
                .collect(Collectors.joining());
        return new Paging(collection, limit(ctx), after(ctx, collection), kept);
    }

    private static int limit(Context ctx) {
        String word = Optional.ofNullable(ctx.queryParam("limit")).orElse(String.valueOf(DEFAULT_LIMIT));
        if (word.matches("[0-9]{1,3}") && Integer.parseInt(word) >= 1 && Integer.parseInt(word) <= MOST) {
            return Integer.parseInt(word);
        }
        throw Failure.Kind.BAD_REQUEST.because("limit is a number from 1 to " + MOST + ", not \"" + word + "\".");
    }

    private static String after(Context ctx, Collection collection) {
        String word = Optional.ofNullable(ctx.queryParam("cursor")).orElse("");
        try {
            String id = new String(Base64.getUrlDecoder().decode(word), StandardCharsets.UTF_8);
            if (id.isEmpty() || collection.isId(id)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw Failure.Kind.BAD_REQUEST.because(
                "This cursor is none that this list has given: follow the link of rel=\"next\" as it is.");
    }

    /** What to look for: one more than the page has, which tells whether there is another page. */
    public int oneMore() {
        return limit + 1;
    }

    /** The members on the page. @param ids those after {@link #after}, {@link #oneMore} at most */
    public List<Node> page(List<String> ids) {
        return ids.stream().limit(limit).map(collection::resource).toList();
    }

    /** The address of the next page, if there is one. @param ids as for {@link #page} */
    public Optional<String> next(List<String> ids) {
        if (ids.size() <= limit) {
            return Optional.empty();
        }
        byte[] last = ids.get(limit - 1).getBytes(StandardCharsets.UTF_8);
        return Optional.of(collection.baseIri() + collection.name() + "?" + filters + "limit=" + limit + "&cursor="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(last));
    }

    /** A parameter that is one of some words; empty if it is left out. @throws FailureException 400 for another word */
    public static Optional<String> oneOf(Context ctx, String parameter, List<String> words) {
        String word = ctx.queryParam(parameter);
        if (word != null && !words.contains(word)) {
            throw Failure.Kind.BAD_REQUEST.because(
                    parameter + " is one of " + String.join(", ", words) + ", not \"" + word + "\".");
        }
        return Optional.ofNullable(word);
    }
}
