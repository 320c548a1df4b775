// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.lucene.index.LeafReader;

/** Concepts that are wanted among those of some fields. */
final class Wish {
    private final List<String> fields;
    private final List<Node> wanted;
    private final Concepts concepts;

    Wish(List<String> fields, List<Node> wanted, Concepts concepts) {
        this.fields = fields;
        this.wanted = wanted.stream().map(concepts::canonical).distinct().toList();
        this.concepts = concepts;
    }

    /** The concept that is wanted, if it is one. */
    Optional<Node> only() {
        return wanted.size() == 1 ? Optional.of(wanted.get(0)) : Optional.empty();
    }

    /** How well the documents of one part of the index meet the wish. */
    InLeaf in(LeafReader reader) throws IOException {
        List<Column> columns = new ArrayList<>();
        List<float[][]> alike = new ArrayList<>();
        for (String field : fields) {
            Column column = Column.of(reader, field);
            float[][] its = new float[wanted.size()][];
            for (int i = 0; i < its.length; i++) {
                its[i] = column.alike(wanted.get(i), concepts);
            }
            columns.add(column);
            alike.add(its);
        }
        return new InLeaf(columns, alike, wanted.size());
    }

    /** For one thread. */
    static final class InLeaf {
        private final List<Column> columns;
        private final List<float[][]> alike;
        private final float[] best;
        /** Of each average that there can be, when one concept is wanted. */
        private final double[][] logarithms;

        private InLeaf(List<Column> columns, List<float[][]> alike, int wanted) {
            this.columns = columns;
            this.alike = alike;
            this.best = new float[wanted];
            this.logarithms = wanted == 1 ? logarithms(alike) : null;
        }

        private static double[][] logarithms(List<float[][]> alike) {
            double[][] logarithms = new double[alike.size()][];
            for (int c = 0; c < logarithms.length; c++) {
                float[] one = alike.get(c)[0];
                logarithms[c] = new double[one.length];
                for (int number = 0; number < one.length; number++) {
                    logarithms[c][number] = Ranking.logarithm(one[number]);
                }
            }
            return logarithms;
        }

        /** {@link Ranking#logarithm} of {@link #of}. */
        double logarithm(int document) {
            if (logarithms == null) {
                return Ranking.logarithm(of(document));
            }
            double most = Ranking.logarithm(0);
            for (int c = 0; c < logarithms.length; c++) {
                Column column = columns.get(c);
                int end = column.begin(document + 1);
                for (int place = column.begin(document); place < end; place++) {
                    most = Math.max(most, logarithms[c][column.value(place)]);
                }
            }
            return most;
        }

        /** From 0 to 1: how alike the best of the document's concepts is to each wanted one, on average. */
        double of(int document) {
            Arrays.fill(best, 0);
            for (int c = 0; c < columns.size(); c++) {
                Column column = columns.get(c);
                int end = column.begin(document + 1);
                for (int place = column.begin(document); place < end; place++) {
                    int number = column.value(place);
                    for (int i = 0; i < best.length; i++) {
                        best[i] = Math.max(best[i], alike.get(c)[i][number]);
                    }
                }
            }
            double met = 0;
            for (float one : best) {
                met += one;
            }
            return met / best.length;
        }
    }
}
