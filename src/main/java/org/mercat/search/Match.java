// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
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
     * @param path from the wanted concept to the offered one, through the nearest that both are below
     */
    public record Part(String field, Node wanted, Optional<Node> offered, Degree degree, List<Node> path) {}

    static Match of(Criteria criteria, Concepts concepts, LeafReader reader, int document) throws IOException {
        List<Part> parts = new ArrayList<>();
        List<Node> categories = values(reader, Fields.CATEGORY, document);
        criteria.all(Key.CATEGORY).forEach(wanted -> parts.add(part(Fields.CATEGORY, wanted, categories, concepts)));
        List<Node> outputs = values(reader, Fields.OUTPUT, document);
        criteria.all(Key.OUTPUT).forEach(wanted -> parts.add(part(Fields.OUTPUT, wanted, outputs, concepts)));
        List<Node> available = criteria.all(Key.INPUT);
        if (!available.isEmpty()) {
            values(reader, Fields.NEEDED, document)
                    .forEach(need -> parts.add(part(Fields.INPUT, need, available, concepts)));
        }
        return new Match(parts);
    }

    private static Part part(String field, Node wanted, List<Node> offered, Concepts concepts) {
        return offered.stream()
                .min(Comparator.<Node, Degree>comparing(one -> concepts.degree(wanted, one))
                        .thenComparing(one -> -concepts.similarity(wanted, one)))
                .map(best -> new Part(
                        field, wanted, Optional.of(best), concepts.degree(wanted, best), concepts.path(wanted, best)))
                .orElse(new Part(field, wanted, Optional.empty(), Degree.FAIL, List.of()));
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
