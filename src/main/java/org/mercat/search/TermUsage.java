// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Node;

/** How many active offerings use which terms, counted in one pass over the index. */
public final class TermUsage {
    /** The parameter of the search for the offerings that use a term in a field. */
    private static final Map<String, Key> USES = new LinkedHashMap<>();

    static {
        USES.put(Fields.CATEGORY, Key.CATEGORY);
        USES.put(Fields.OUTPUT, Key.OUTPUT);
        USES.put(Fields.INPUT, Key.INPUT);
        USES.put(Fields.UNIT, Key.UNIT);
        USES.put(Fields.LICENCE, Key.LICENCE);
        USES.put(Fields.SEGMENT, Key.SEGMENT);
        USES.put(Fields.PRICING_MODEL, Key.PRICING_MODEL);
        USES.put(Fields.PROTOCOL, Key.PROTOCOL);
        USES.put(Fields.KIND, Key.KIND);
        USES.put(Fields.VALUE_TYPE, Key.VALUE_TYPE);
    }

    /** All that have to be counted. */
    static final List<String> FIELDS = fields();

    private final Concepts concepts;
    private final Map<String, Map<String, Long>> counts;

    /**
     * How many offerings use a term as one thing.
     *
     * @param parameter of the search that finds them
     * @param direct that use the term itself
     * @param withNarrower that use it or a narrower one
     */
    public record Use(String parameter, long direct, long withNarrower) {
        /** Whether a search by that parameter finds narrower terms, too. */
        public boolean isHierarchic() {
            return Key.of(parameter).filter(TermUsage::isHierarchic).isPresent();
        }
    }

    /** @param counts by field and IRI */
    TermUsage(Concepts concepts, Map<String, Map<String, Long>> counts) {
        this.concepts = concepts;
        this.counts = counts;
    }

    private static List<String> fields() {
        List<String> fields = new ArrayList<>();
        USES.forEach((field, key) -> {
            fields.add(field);
            if (isHierarchic(key)) {
                fields.add(field + Fields.ALL);
            }
        });
        return List.copyOf(fields);
    }

    private static boolean isHierarchic(Key key) {
        return key == Key.CATEGORY || key == Key.OUTPUT || key == Key.INPUT;
    }

    /** As what a term is used, the uses that there are none of left out. */
    public List<Use> of(Node term) {
        List<Use> uses = new ArrayList<>();
        USES.forEach((field, key) -> {
            long direct = count(field, term);
            long all = isHierarchic(key) ? count(field + Fields.ALL, term) : direct;
            if (all > 0) {
                uses.add(new Use(key.word(), direct, all));
            }
        });
        return uses;
    }

    private long count(String field, Node term) {
        return counts.getOrDefault(field, Map.of())
                .getOrDefault(concepts.canonical(term).toString(), 0L);
    }
}
