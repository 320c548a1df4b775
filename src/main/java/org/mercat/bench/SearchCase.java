// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A search that somebody could make.
 *
 * @param parameters of the REST search, in order, but for two outputs: {@code output1} and {@code output2}
 * @param slips whether a word of its text is misspelt
 */
record SearchCase(Kind kind, Map<String, String> parameters, boolean slips) {
    /** What searches are measured by. */
    enum Kind {
        /** One or two words. */
        TEXT("text"),
        /** A top category with counts. */
        CATEGORY("category root, facets"),
        /** Two outputs, a box and a price. */
        OUTPUTS("two outputs, box, price"),
        /** The pages 2 to {@link SearchPool#LAST_PAGE} of a text or a category. */
        DEEP("deep page"),
        /** A provider and a word. */
        PROVIDER("provider, text");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Path and query of its first page. */
    String path() {
        return "/offerings?"
                + parameters.entrySet().stream()
                        .map(entry -> entry.getKey().replaceFirst("\\d$", "") + "="
                                + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }
}
