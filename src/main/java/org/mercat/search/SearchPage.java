// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The page of a search: what was asked, what can be asked besides, and what was found.
 *
 * @param base of the catalogue, ending in a slash
 * @param asked value by parameter, of those that have a field
 * @param kept parameters that have none, and that the form sends along
 * @param chips what is asked beside the text, each with the search without it
 * @param faults what cannot be understood, in English
 * @param found empty if something cannot be understood
 * @param sparql the query that answers the search; empty if it cannot be understood
 * @param path of the search, for programs; without the slash at its beginning
 * @param demand the search as JSON, to store as a demand
 */
public record SearchPage(
        String base,
        Map<String, String> asked,
        List<Kept> kept,
        List<Chip> chips,
        List<String> faults,
        Optional<Found> found,
        Optional<String> sparql,
        String path,
        String demand) {

    /** A parameter that a form sends along. */
    public record Kept(String name, String value) {}

    /**
     * A criterion.
     *
     * @param key parameter of the search
     * @param value as people call it
     * @param without address of the search without it
     */
    public record Chip(String key, String value, String without) {}

    /**
     * What was found.
     *
     * @param promoted what is shown before them because somebody pays for it
     * @param paid addresses of all that are promoted among the offerings
     * @param next address of the next page
     * @param relaxations what could be given up, if nothing was found
     * @param explained address of the same search with the reasons of each hit; empty if they are there
     */
    public record Found(
            long total,
            List<OfferingView> offerings,
            List<OfferingView> promoted,
            Set<String> paid,
            List<Facet> facets,
            Optional<String> next,
            List<Relaxation> relaxations,
            Optional<String> explained) {}

    /** The values that a criterion could have among what was found, each with how many offerings have it. */
    public record Facet(String key, List<Value> values) {}

    /**
     * A value of a facet.
     *
     * @param href address of the search with it, or without it if it is chosen
     * @param narrower values that lie below it
     */
    public record Value(String label, long count, String href, boolean isChosen, List<Value> narrower) {
        /** Whether it or a value below it is chosen. */
        public boolean isOpen() {
            return isChosen || narrower.stream().anyMatch(Value::isOpen);
        }
    }

    /**
     * What could be given up.
     *
     * @param keys parameters; none if near concepts could be taken, too
     * @param href address of the search without them
     */
    public record Relaxation(List<String> keys, long total, String href) {}
}
