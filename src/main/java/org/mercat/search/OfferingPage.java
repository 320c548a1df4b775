// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.List;
import java.util.Optional;
import org.mercat.search.OfferingView.Named;

/**
 * The page of an offering.
 *
 * @param base of the catalogue, ending in a slash
 * @param id of the offering
 * @param outputs what it gives
 * @param inputs what it needs
 * @param endpoint address that is called; empty if it is not told
 * @param protocol by which it is called; empty if it is not told
 * @param call an example that calls it; empty where none can be made
 * @param facts what else is said of it, in the order of their words
 * @param duties what the licence says in plain words
 * @param similar offerings of its categories
 * @param before by data type, offerings that give what it needs
 * @param after offerings that can take what it gives
 * @param schemaOrg its description in the terms of schema.org as JSON-LD, safe to stand in a page
 */
public record OfferingPage(
        String base,
        String id,
        OfferingView offering,
        List<Datum> outputs,
        List<Datum> inputs,
        String endpoint,
        Optional<Named> protocol,
        Optional<String> call,
        List<Fact> facts,
        List<Duty> duties,
        List<OfferingView> similar,
        List<OfferingView> before,
        List<OfferingView> after,
        String schemaOrg) {

    /**
     * A value that goes in or comes out.
     *
     * @param name in requests and answers
     * @param range what its numbers can be, such as {@code -90 … 90}; empty if anything
     * @param members its parts, if it has some
     */
    public record Datum(
            String name,
            Optional<Named> type,
            Optional<Named> valueType,
            Optional<Named> unit,
            boolean isRequired,
            String range,
            List<Datum> members) {}

    /**
     * Something else that is said of it.
     *
     * @param word for what it is
     * @param value as it is written; empty if there are names
     */
    public record Fact(String word, String value, List<Named> names) {}

    /**
     * What may be done, must be done or may not be done with what it gives.
     *
     * @param kind {@code permission}, {@code duty} or {@code prohibition}
     */
    public record Duty(String kind, List<String> actions) {}
}
