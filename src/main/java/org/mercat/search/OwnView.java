// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.search.IndexSearcher;

/** The public offerings and with them those for some only that an organization may see, as if they were one index. */
final class OwnView implements IndexView {
    private final IndexView open;
    private final IndexView restricted;
    private final Optional<String> organization;

    /**
     * @param open the public offerings
     * @param restricted those for some only
     * @param organization by its address; empty for who may see all
     */
    OwnView(IndexView open, IndexView restricted, Optional<String> organization) {
        this.open = open;
        this.restricted = restricted;
        this.organization = organization;
    }

    /** Over both; it knows the state of the public ones, which is kept for the pages to come. */
    private static final class Both extends IndexSearcher {
        private final IndexSearcher open;

        Both(IndexReader reader, IndexSearcher open) {
            super(reader);
            this.open = open;
        }
    }

    @Override
    public <T> T search(IndexStates.Action<T> action) {
        return restricted.search(its -> {
            List<IndexReader> visible = visible(its);
            return open.search(searcher -> both(searcher, visible, action));
        });
    }

    @Override
    public <T> T search(long state, IndexStates.Action<T> action) {
        return restricted.search(its -> {
            List<IndexReader> visible = visible(its);
            return open.search(state, searcher -> both(searcher, visible, action));
        });
    }

    private List<IndexReader> visible(IndexSearcher all) throws IOException {
        if (organization.isEmpty()) {
            return List.of(all.getIndexReader());
        }
        List<IndexReader> visible = new ArrayList<>();
        for (LeafReaderContext leaf : all.getLeafContexts()) {
            VisibleLeaf.of(leaf.reader(), organization.get()).ifPresent(visible::add);
        }
        return visible;
    }

    private static <T> T both(IndexSearcher searcher, List<IndexReader> visible, IndexStates.Action<T> action)
            throws IOException {
        if (visible.isEmpty()) {
            return action.on(searcher);
        }
        List<IndexReader> all = new ArrayList<>(List.of(searcher.getIndexReader()));
        all.addAll(visible);
        try (IndexReader both = new MultiReader(all.toArray(IndexReader[]::new), false)) {
            return action.on(new Both(both, searcher));
        }
    }

    @Override
    public long keep(IndexSearcher searcher) throws IOException {
        return open.keep(searcher instanceof Both both ? both.open : searcher);
    }
}
