// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectionTerminatedException;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.util.RamUsageEstimator;

/**
 * Counts what a search finds, and the values that it has in some fields. A part of the index never changes but for what is
 * deleted from it or expires, so its counts are kept: the same search counts only what is new. For any number of threads.
 */
final class Counts {
    private static final int KEPT_BYTES = 32_000_000;

    private final Cache<Key, Part> known = Caffeine.newBuilder()
            .maximumWeight(KEPT_BYTES)
            .expireAfterAccess(Duration.ofMinutes(10))
            .weigher((Key key, Part part) -> key.size() + part.size())
            .build();

    /**
     * A search on one part of the index.
     *
     * @param documents how many are not deleted
     * @param expired how many are active no longer
     * @param fields whose values are counted
     */
    private record Key(Object part, int documents, int expired, Query query, List<String> fields) {
        int size() {
            return (int) RamUsageEstimator.sizeOf(query);
        }
    }

    /**
     * What was counted there.
     *
     * @param values by field and number of the value; empty if they were not asked for
     */
    private record Part(int total, List<int[]> values) {
        int size() {
            return 300
                    + Integer.BYTES
                            * values.stream().mapToInt(counts -> counts.length).sum();
        }
    }

    /**
     * What was counted in all.
     *
     * @param values by field the values and how many have them, the most frequent first
     */
    record Result(long total, Map<String, Map<String, Long>> values) {}

    /**
     * Counts, in the caller's thread.
     *
     * @param query what to count, whether expired or not
     * @param active the same of what is active at the instant
     * @param fields whose values are counted
     * @param most values a field
     * @param again whether the same search may come again
     * @param now milliseconds of the epoch
     */
    Result of(IndexSearcher searcher, Query query, Query active, List<String> fields, int most, boolean again, long now)
            throws IOException {
        Collector collector = searcher.search(active, new CollectorManager<Collector, Collector>() {
            @Override
            public Collector newCollector() {
                return new Collector(query, fields, now);
            }

            @Override
            public Collector reduce(Collection<Collector> one) {
                return one.iterator().next();
            }
        });
        if (again && !searcher.timedOut()) {
            collector.keep();
        }
        Map<String, Map<String, Long>> values = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            values.put(fields.get(i), greatest(collector.values.get(i), most));
        }
        return new Result(collector.total, values);
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

    private final class Collector extends SimpleCollector {
        private final Query query;
        private final List<String> fields;
        private final long now;
        private final List<Map<String, Long>> values = new ArrayList<>();
        private final Map<Key, Part> made = new HashMap<>();
        private final List<Column> columns = new ArrayList<>();
        private final List<int[]> counts = new ArrayList<>();
        private Key here;
        private int countHere;
        private long total;

        Collector(Query query, List<String> fields, long now) {
            this.query = query;
            this.fields = fields;
            this.now = now;
            fields.forEach(field -> values.add(new HashMap<>()));
        }

        @Override
        protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
            finishPart();
            LeafReader reader = leaf.reader();
            columns.clear();
            counts.clear();
            for (String field : fields) {
                columns.add(Column.of(reader, field));
            }
            Object part = reader.getCoreCacheHelper() == null
                    ? reader // as somebody sees it alone, which is not kept
                    : reader.getCoreCacheHelper().getKey();
            Key key = new Key(part, reader.numDocs(), Deadlines.of(reader).expired(now), query, fields);
            Part kept = known.getIfPresent(key);
            if (kept != null) {
                add(kept);
                throw new CollectionTerminatedException();
            }
            here = key;
            countHere = 0;
            columns.forEach(column -> counts.add(new int[column.labels()]));
        }

        @Override
        public void collect(int document) {
            countHere++;
            for (int i = 0; i < columns.size(); i++) {
                Column column = columns.get(i);
                int[] count = counts.get(i);
                int end = column.begin(document + 1);
                for (int place = column.begin(document); place < end; place++) {
                    count[column.value(place)]++;
                }
            }
        }

        private void finishPart() {
            if (here != null) {
                Part part = new Part(countHere, List.copyOf(counts));
                if (!(here.part instanceof LeafReader)) {
                    made.put(here, part);
                }
                add(part);
                here = null;
            }
        }

        private void add(Part part) {
            total += part.total;
            for (int i = 0; i < part.values.size(); i++) {
                Map<String, Long> sums = values.get(i);
                int[] count = part.values.get(i);
                for (int number = 0; number < count.length; number++) {
                    if (count[number] > 0) {
                        sums.merge(columns.get(i).label(number), (long) count[number], Long::sum);
                    }
                }
            }
        }

        void keep() {
            finishPart();
            known.putAll(made);
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
