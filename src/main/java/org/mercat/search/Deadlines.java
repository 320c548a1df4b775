// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;

/** Until when the offerings of one part of the index are active, in memory. For any number of threads. */
final class Deadlines {
    private static final Map<Object, Deadlines> KNOWN = new ConcurrentHashMap<>();

    /** Milliseconds of the epoch, ascending. */
    private final long[] all;

    private Deadlines(long[] all) {
        this.all = all;
    }

    static Deadlines of(LeafReader seen) throws IOException {
        LeafReader reader = FilterLeafReader.unwrap(seen);
        IndexReader.CacheHelper cache = reader.getCoreCacheHelper();
        Deadlines known = cache == null ? null : KNOWN.get(cache.getKey());
        if (known == null) {
            known = read(reader);
            if (cache != null && KNOWN.putIfAbsent(cache.getKey(), known) == null) {
                cache.addClosedListener(KNOWN::remove);
            }
        }
        return known;
    }

    private static Deadlines read(LeafReader reader) throws IOException {
        NumericDocValues values = DocValues.getNumeric(reader, Fields.ACTIVE_UNTIL);
        long[] all = new long[reader.maxDoc()];
        for (int document = 0; document < all.length; document++) {
            all[document] = values.advanceExact(document) ? values.longValue() : 0;
        }
        Arrays.sort(all);
        return new Deadlines(all);
    }

    /** How many have passed at an instant, deleted ones among them. */
    int expired(long now) {
        int low = 0;
        int high = all.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (all[middle] <= now) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
