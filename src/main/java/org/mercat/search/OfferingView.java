// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.List;
import java.util.Optional;

/**
 * An offering at a glance, as people read it.
 *
 * @param href its address in this catalogue
 * @param places their names
 * @param shapes of its places, in WKT
 * @param why it was found; empty if nobody asked
 */
public record OfferingView(
        String href,
        Said title,
        Optional<Said> description,
        List<Named> categories,
        Named provider,
        Optional<Named> licence,
        List<Price> prices,
        List<String> places,
        List<String> shapes,
        Optional<Why> why) {

    /** A text in a language, whose tag is empty if nobody knows it. */
    public record Said(String text, String language) {}

    /** Something with a name and an address in this catalogue. */
    public record Named(String label, String href) {}

    /**
     * What use costs.
     *
     * @param model local name of the pricing model
     * @param amount with its currency; empty where there is none
     */
    public record Price(String model, String amount) {}

    /**
     * Why it was found.
     *
     * @param scores from 0 to 100 by name
     */
    public record Why(List<Score> scores, List<Met> met) {}

    /** A part of the score. @param percent from 0 to 100 */
    public record Score(String name, long percent) {}

    /**
     * How a concept that was asked for was met.
     *
     * @param key parameter of the search
     * @param degree as it stands in an answer
     * @param path from what was wanted to what is offered
     */
    public record Met(String key, String degree, List<Named> path) {}
}
