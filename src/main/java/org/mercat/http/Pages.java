// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import io.javalin.http.Context;
import java.util.Map;

/** Writes pages for people. A feature says what is on a page; how it looks is not its matter. */
@FunctionalInterface
public interface Pages {
    /**
     * Answers a request with a page in the reader's language.
     *
     * @param template name of the page, such as {@code term}
     * @param model what it shows, by the names of the template's parameters
     */
    void answer(Context ctx, String template, Map<String, Object> model);
}
