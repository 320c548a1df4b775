// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherLifetimeManager;
import org.apache.lucene.search.SearcherManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The states of an index that searches see: the newest that was shown, and older ones for those who page. */
final class IndexStates {
    private static final Logger LOG = LoggerFactory.getLogger(IndexStates.class);
    /** Seconds that the state on which a page was found is kept for the pages behind it. */
    private static final double KEPT = 120;
    /** Each state holds files and memory of its own, where offerings were written between them. */
    private static final int MOST_KEPT = 50;

    private final SearcherManager searchers;
    private final SearcherLifetimeManager kept = new SearcherLifetimeManager();
    /** The number of the first state that may be kept. */
    private volatile long first;

    IndexStates(IndexWriter writer) throws IOException {
        this.searchers = new SearcherManager(writer, new SearcherFactory());
    }

    /** What a search does on a state of the index. */
    interface Action<T> {
        T on(IndexSearcher searcher) throws IOException;
    }

    /** Makes all that was written the newest state. */
    void refresh() throws IOException {
        searchers.maybeRefreshBlocking();
    }

    /** From now on no search goes on in a state that is there: it has something that is not to be shown any more. */
    void forget() {
        first = Long.MAX_VALUE;
    }

    /** From the newest state on they are kept again. */
    void keepFromNow() {
        first = this.<Long>search(newest -> ((DirectoryReader) newest.getIndexReader()).getVersion());
    }

    /** Runs a search on the newest state. */
    <T> T search(Action<T> action) {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return action.on(searcher);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The search index cannot be read", e);
        }
    }

    /** Runs a search on the state that has that number; empty if it is not kept any more. */
    <T> Optional<T> searchKept(long number, Action<T> action) {
        IndexSearcher searcher = number < first ? null : kept.acquire(number);
        if (searcher == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(action.on(searcher));
        } catch (IOException e) {
            throw new UncheckedIOException("The search index cannot be read", e);
        } finally {
            try {
                kept.release(searcher);
            } catch (IOException e) {
                LOG.warn("A state of the search index could not be closed", e);
            }
        }
    }

    /** Keeps a state for the pages to come. @return its number */
    long keep(IndexSearcher searcher) throws IOException {
        long number = kept.record(searcher);
        int[] newer = {0};
        kept.prune((age, state) -> newer[0]++ >= MOST_KEPT || age > KEPT); // it asks for the newest first
        return number;
    }

    void close() throws IOException {
        kept.close();
        searchers.close();
    }
}
