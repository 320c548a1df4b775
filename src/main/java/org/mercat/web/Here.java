// SPDX-License-Identifier: Apache-2.0
package org.mercat.web;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mercat.vocabulary.Text;

/**
 * The request that a page answers, for the links on the page.
 *
 * @param language that the page is in
 * @param isChosen whether the reader has chosen that language, so that links keep it
 * @param path of the page
 * @param query its parameters
 */
public record Here(String language, boolean isChosen, String path, Map<String, List<String>> query) {
    static Here of(Context ctx, String language) {
        return new Here(language, language.equals(ctx.queryParam("lang")), ctx.path(), ctx.queryParamMap());
    }

    /** The same page in a language. */
    public String in(String other) {
        List<String> parts = new ArrayList<>();
        query.forEach((name, values) -> {
            if (!name.equals("lang")) {
                values.forEach(value -> parts.add(encoded(name) + "=" + encoded(value)));
            }
        });
        parts.add("lang=" + other);
        return path + "?" + String.join("&", parts);
    }

    /** Another page of this catalogue, in the language that the reader has chosen; elsewhere as it is. */
    public String to(String address) {
        if (!isChosen || !address.startsWith("/")) {
            return address;
        }
        int anchor = address.indexOf('#');
        String page = anchor < 0 ? address : address.substring(0, anchor);
        return page + (page.contains("?") ? "&" : "?") + "lang=" + language
                + (anchor < 0 ? "" : address.substring(anchor));
    }

    /** The language to mark a text with; null, which marks nothing, if it is that of the page. */
    public String lang(Text text) {
        return lang(text.language());
    }

    /** The language to mark a text of a language with; null, which marks nothing, if it is that of the page. */
    public String lang(String tag) {
        return tag.isEmpty() || tag.equals(language) ? null : tag;
    }

    /** The same page from its beginning with another value of a parameter; with an empty one without the parameter. */
    public String with(String name, String value) {
        List<String> parts = new ArrayList<>();
        query.forEach((other, values) -> {
            if (!other.equals(name) && !other.equals("cursor")) {
                values.forEach(each -> parts.add(encoded(other) + "=" + encoded(each)));
            }
        });
        if (!value.isEmpty()) {
            parts.add(encoded(name) + "=" + encoded(value));
        }
        return parts.isEmpty() ? path : path + "?" + String.join("&", parts);
    }

    /** The search for offerings by a parameter. @param exact without narrower terms */
    public String offerings(String parameter, String iri, boolean exact) {
        return "/offerings?" + parameter + "=" + encoded(iri) + (exact ? "&degree=exact" : "");
    }

    /** A text as a part of an address. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
