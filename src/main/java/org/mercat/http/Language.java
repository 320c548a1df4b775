// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;

/** The language that a reader reads best, of those that the vocabularies and the pages are written in. */
public final class Language {
    /** As language tags; the first one for those who ask for none of them. */
    public static final List<String> ALL = List.of("en", "de", "es", "ca", "it");

    private static final List<Locale> LOCALES =
            ALL.stream().map(Locale::forLanguageTag).toList();

    private Language() {}

    /** That of {@code ?lang=} if it is one of ours, else the one that {@code Accept-Language} likes best. */
    public static String of(Context ctx) {
        String asked = ctx.queryParam("lang");
        return asked != null && ALL.contains(asked.toLowerCase(Locale.ROOT))
                ? asked.toLowerCase(Locale.ROOT)
                : accepted(ctx.header("Accept-Language"));
    }

    /** The best one for an {@code Accept-Language} header. */
    public static String accepted(String header) {
        if (header == null) {
            return ALL.get(0);
        }
        try {
            Locale best = Locale.lookup(Locale.LanguageRange.parse(header), LOCALES);
            return best == null ? ALL.get(0) : best.getLanguage();
        } catch (IllegalArgumentException e) {
            return ALL.get(0);
        }
    }
}
