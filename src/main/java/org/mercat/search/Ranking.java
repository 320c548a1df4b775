// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.IndexSearcher;

/**
 * The score of an offering, from 0 to 1: the weighted geometric product of how well it fits in each respect that was
 * asked for, each raised by a little so that one that does not fit at all does not hide the others. What was not asked
 * for does not count. {@code docs/search.md} explains the weights.
 */
final class Ranking extends DoubleValuesSource {
    private static final double FLOOR = 0.1;
    /** Of outputs, inputs and category each. */
    private static final double CONCEPTS = 0.5;
    /** Of outputs and inputs together, whatever is which. */
    private static final double ALL_CONCEPTS = 0.25;

    private static final double TEXT = 0.25;
    private static final double SUM = 1.5;

    /** One respect. */
    private record Part(String name, double weight, Wish wish) {}

    private final List<Part> parts = new ArrayList<>();
    /** What no text score exceeds; 0 when no text was asked for. */
    private final double textBound;

    private final double sum;
    private final boolean open;

    Ranking(Criteria criteria, double textBound, Concepts concepts) {
        List<Node> outputs = criteria.all(Key.OUTPUT);
        List<Node> inputs = criteria.all(Key.INPUT);
        add("output", CONCEPTS, List.of(Fields.OUTPUT), outputs, concepts);
        add("input", CONCEPTS, List.of(Fields.INPUT), inputs, concepts);
        List<Node> all = Stream.concat(outputs.stream(), inputs.stream()).toList();
        add("concepts", ALL_CONCEPTS, List.of(Fields.OUTPUT, Fields.INPUT), all, concepts);
        add("category", CONCEPTS, List.of(Fields.CATEGORY), criteria.all(Key.CATEGORY), concepts);
        this.textBound = textBound;
        this.open = criteria.isOpen();
        this.sum = parts.stream().mapToDouble(Part::weight).sum() + (textBound > 0 ? TEXT : 0);
    }

    private void add(String name, double weight, List<String> fields, List<Node> wanted, Concepts concepts) {
        if (!wanted.isEmpty()) {
            parts.add(new Part(name, weight, new Wish(fields, wanted, concepts)));
        }
    }

    /** Whether nothing was asked for by which offerings could be told apart. */
    boolean isEmpty() {
        return sum == 0;
    }

    /** Whether the text decides alone, so that its score gives the order. */
    boolean isOfTextAlone() {
        return textBound > 0 && parts.isEmpty();
    }

    /** Whether offerings that resemble one another tell of each other: they do of text and types. */
    boolean asksNeighbours() {
        return textBound > 0 || parts.stream().anyMatch(part -> !part.name.equals("category"));
    }

    /**
     * What a field asks for when nothing else decides and one concept is wanted: then offerings with equal concepts have
     * equal scores, and the index can leave out those that cannot come first.
     */
    Optional<Node> onlyCategory() {
        return !open && textBound == 0 && parts.size() == 1 && parts.get(0).name.equals("category")
                ? parts.get(0).wish.only()
                : Optional.empty();
    }

    /** The score of an offering whose only part is that. */
    double scoreOf(double part) {
        return Math.exp(logarithm(part) * SUM);
    }

    /** The score of a hit whose score in the query was this. */
    double score(double inQuery) {
        return isOfTextAlone() ? Math.exp(raised(text(inQuery), TEXT) * SUM / sum) : inQuery;
    }

    /**
     * The parts of a document's score by name, each from 0 to 1.
     *
     * @param textScore of the document
     */
    Map<String, Double> parts(LeafReader reader, int document, double textScore) throws IOException {
        Map<String, Double> values = new LinkedHashMap<>();
        for (Part part : parts) {
            values.put(part.name, part.wish.in(reader).of(document));
        }
        if (textBound > 0) {
            values.put("text", text(textScore));
        }
        return values;
    }

    @Override
    public DoubleValues getValues(LeafReaderContext leaf, DoubleValues scores) throws IOException {
        Wish.InLeaf[] wishes = new Wish.InLeaf[parts.size()];
        double[] weights = parts.stream().mapToDouble(Part::weight).toArray();
        for (int i = 0; i < wishes.length; i++) {
            wishes[i] = parts.get(i).wish.in(leaf.reader());
        }
        return new DoubleValues() {
            private int document = -1;

            @Override
            public double doubleValue() throws IOException {
                double logarithm = 0;
                for (int i = 0; i < wishes.length; i++) {
                    logarithm += weights[i] * wishes[i].logarithm(document);
                }
                if (textBound > 0) {
                    logarithm += raised(text(scores.doubleValue()), TEXT);
                }
                return Math.exp(logarithm * SUM / sum);
            }

            @Override
            public boolean advanceExact(int next) {
                document = next;
                return true;
            }
        };
    }

    private double text(double score) {
        return Math.min(1, score / textBound);
    }

    private static double raised(double part, double weight) {
        return weight * logarithm(part);
    }

    /** Of a part, from 0 to 1, that is raised by the floor. */
    static double logarithm(double part) {
        return Math.log((part + FLOOR) / (1 + FLOOR));
    }

    @Override
    public boolean needsScores() {
        return textBound > 0;
    }

    @Override
    public DoubleValuesSource rewrite(IndexSearcher searcher) {
        return this;
    }

    @Override
    public boolean isCacheable(LeafReaderContext leaf) {
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "ranking by " + parts.stream().map(Part::name).toList() + (textBound > 0 ? " and text" : "");
    }
}
