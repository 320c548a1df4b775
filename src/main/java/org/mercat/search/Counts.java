// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Counts the values that the offerings found have in some fields. */
final class Counts extends SimpleCollector {
    private final Map<String, Map<String, Long>> totals = new LinkedHashMap<>();
    private final List<String> fields;
    private final List<Column> columns = new ArrayList<>();
    private final List<int[]> counts = new ArrayList<>();

    private Counts(List<String> fields) {
        this.fields = fields;
        fields.forEach(field -> totals.put(field, new HashMap<>()));
    }

    /** A collector manager whose result has, by field and in their order, values with their counts, the most frequent first. */
    static CollectorManager<Counts, Map<String, Map<String, Long>>> of(List<String> fields, int mostValues) {
        return new CollectorManager<>() {
            @Override
            public Counts newCollector() {
                return new Counts(fields);
            }

            @Override
            public Map<String, Map<String, Long>> reduce(Collection<Counts> collectors) {
                Counts all = new Counts(fields);
                for (Counts one : collectors) {
                    one.add();
                    one.totals.forEach((field, values) -> values.forEach(
                            (value, count) -> all.totals.get(field).merge(value, count, Long::sum)));
                }
                all.totals.replaceAll((field, values) -> greatest(values, mostValues));
                return all.totals;
            }
        };
    }

    /** What {@link #of}'s collectors found, as one of several at once gives it. */
    @SuppressWarnings("unchecked")
    static Map<String, Map<String, Long>> result(Object reduced) {
        return (Map<String, Map<String, Long>>) reduced;
    }

    private static Map<String, Long> greatest(Map<String, Long> values, int most) {
        Map<String, Long> greatest = new LinkedHashMap<>();
        values.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .forEach(entry -> greatest.put(entry.getKey(), entry.getValue()));
        return greatest;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
        add();
        columns.clear();
        counts.clear();
        for (String field : fields) {
            Column column = Column.of(leaf.reader(), field);
            columns.add(column);
            counts.add(new int[column.labels()]);
        }
    }

    @Override
    public void collect(int document) {
        for (int i = 0; i < fields.size(); i++) {
            Column column = columns.get(i);
            int[] count = counts.get(i);
            int end = column.begin(document + 1);
            for (int place = column.begin(document); place < end; place++) {
                count[column.value(place)]++;
            }
        }
    }

    private void add() {
        for (int i = 0; i < columns.size(); i++) {
            Map<String, Long> total = totals.get(fields.get(i));
            int[] count = counts.get(i);
            for (int number = 0; number < count.length; number++) {
                if (count[number] > 0) {
                    total.merge(columns.get(i).label(number), (long) count[number], Long::sum);
                }
            }
        }
        columns.clear();
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.COMPLETE_NO_SCORES;
    }
}
