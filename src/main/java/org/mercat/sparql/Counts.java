// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;

/** How many triples fit a pattern: counted up to a limit, so that it takes no time. Within a transaction. */
final class Counts {
    static final int LIMIT = 10_000;

    /** Patterns that are counted; of more nothing is known. */
    private static final int MOST = 100;

    private static final double MANY = 1e6;

    private final Graph graph;
    private final Map<Triple, Double> known = new HashMap<>();

    Counts(Graph graph) {
        this.graph = graph;
    }

    /** Up to {@value #LIMIT}; beyond, a guess: a million of everything, a tenth of it for a property. */
    double of(Node subject, Node predicate, Node object) {
        Triple pattern = Triple.create(any(subject), any(predicate), any(object));
        Double before = known.get(pattern);
        if (before != null) {
            return before;
        }
        double count = known.size() < MOST ? count(pattern) : MANY;
        known.put(pattern, count);
        return count;
    }

    private static Node any(Node node) {
        return node.isConcrete() ? node : Node.ANY;
    }

    private double count(Triple pattern) {
        Iterator<Triple> found = graph.find(pattern);
        try {
            long count = Iter.count(Iter.limit(found, LIMIT));
            return count < LIMIT ? count : pattern.getPredicate().isConcrete() ? MANY / 10 : MANY;
        } finally {
            Iter.close(found);
        }
    }

    /** As it is told. */
    String words(double count) {
        return count < LIMIT ? String.format(Locale.ROOT, "%,.0f triples", count) : "more than 10,000 triples";
    }
}
