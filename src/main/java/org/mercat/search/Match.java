// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.lucene.index.LeafReader;

/**
 * How the concepts of an offering fit those that were asked for.
 *
 * @param parts one for each category and output wanted, then one for each input that the offering needs
 */
public record Match(List<Part> parts) {
    public Match {
        parts = List.copyOf(parts);
    }

    /**
     * How one concept was met.
     *
     * @param field {@code category}, {@code output} or {@code input}
     * @param wanted what was asked for; of an input what the offering needs
     * @param offered the best of what the offering has; of an input the best of what is available; empty if there is none
     * @param path from the wanted concept to the offered one, through the nearest that both are below; empty if it was not
     *     asked for
     */
    public record Part(String field, Node wanted, Optional<Node> offered, Degree degree, List<Node> path) {}

    /** @param paths whether the parts say which way leads from the wanted concept to the offered one */
    static Match of(Criteria criteria, Concepts concepts, LeafReader reader, int document, boolean paths)
            throws IOException {
        List<Part> parts = new ArrayList<>();
        add(parts, Fields.CATEGORY, criteria.all(Key.CATEGORY), reader, document, concepts, paths);
        add(parts, Fields.OUTPUT, criteria.all(Key.OUTPUT), reader, document, concepts, paths);
        List<Node> available = criteria.all(Key.INPUT);
        if (!available.isEmpty()) {
            for (Node need : values(reader, Fields.NEEDED, document)) {
                parts.add(part(Fields.INPUT, need, available, concepts, paths));
            }
        }
        return new Match(parts);
    }

    private static void add(
            List<Part> parts,
            String field,
            List<Node> wanted,
            LeafReader reader,
            int document,
            Concepts concepts,
            boolean paths)
            throws IOException {
        if (!wanted.isEmpty()) {
            List<Node> offered = values(reader, field, document);
            wanted.forEach(one -> parts.add(part(field, one, offered, concepts, paths)));
        }
    }

    private static Part part(String field, Node wanted, List<Node> offered, Concepts concepts, boolean paths) {
        Degree best = Degree.FAIL;
        Node nearest = null;
        for (Node one : offered) {
            Degree degree = concepts.degree(wanted, one);
            int order = degree.compareTo(best);
            if (nearest == null
                    || order < 0
                    || order == 0 && concepts.similarity(wanted, one) > concepts.similarity(wanted, nearest)) {
                best = degree;
                nearest = one;
            }
        }
        List<Node> path = paths && nearest != null ? concepts.path(wanted, nearest) : List.of();
        return new Part(field, wanted, Optional.ofNullable(nearest), best, path);
    }

    private static List<Node> values(LeafReader reader, String field, int document) throws IOException {
        Column column = Column.of(reader, field);
        List<Node> values = new ArrayList<>();
        for (int place = column.begin(document); place < column.begin(document + 1); place++) {
            values.add(NodeFactory.createURI(column.label(column.value(place))));
        }
        return values;
    }

    /** The worst of all; empty when there is nothing to match. */
    Optional<Degree> degree() {
        return parts.stream().map(Part::degree).reduce(Degree::worse);
    }
}
