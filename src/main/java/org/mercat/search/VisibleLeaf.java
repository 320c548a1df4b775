// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.index.FilterLeafReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.SmallFloat;

/**
 * A part of an index with some of its documents only. The others are as good as deleted, and leave no trace in it: a word
 * that is in none of the visible ones is not there, and how rare a word is goes by them alone.
 */
final class VisibleLeaf extends FilterLeafReader {
    private final FixedBitSet visible;
    private final int count;

    private VisibleLeaf(LeafReader all, FixedBitSet visible) {
        super(all);
        this.visible = visible;
        this.count = visible.cardinality();
    }

    /** With those that an organization may see; empty if there are none. @param organization by its address */
    static Optional<VisibleLeaf> of(LeafReader all, String organization) throws IOException {
        PostingsEnum listed = all.postings(new Term(Fields.LISTED, organization), PostingsEnum.NONE);
        if (listed == null) {
            return Optional.empty();
        }
        Bits live = all.getLiveDocs();
        FixedBitSet visible = new FixedBitSet(all.maxDoc());
        for (int next = listed.nextDoc(); next != DocIdSetIterator.NO_MORE_DOCS; next = listed.nextDoc()) {
            if (live == null || live.get(next)) {
                visible.set(next);
            }
        }
        return visible.cardinality() == 0 ? Optional.empty() : Optional.of(new VisibleLeaf(all, visible));
    }

    @Override
    public Bits getLiveDocs() {
        return visible;
    }

    @Override
    public int numDocs() {
        return count;
    }

    /** What a query finds here depends on the words that are here, so that nobody else may be given it. */
    @Override
    public IndexReader.CacheHelper getCoreCacheHelper() {
        return null;
    }

    @Override
    public IndexReader.CacheHelper getReaderCacheHelper() {
        return null;
    }

    @Override
    public Terms terms(String field) throws IOException {
        Terms terms = in.terms(field);
        return terms == null ? null : new VisibleTerms(field, terms);
    }

    private final class VisibleTerms extends FilterTerms {
        private final String field;

        VisibleTerms(String field, Terms all) {
            super(all);
            this.field = field;
        }

        @Override
        public TermsEnum iterator() throws IOException {
            return new VisibleWords(in.iterator());
        }

        @Override
        public long size() {
            return -1;
        }

        @Override
        public int getDocCount() {
            return count;
        }

        /** The least that it can be; no score asks for it. */
        @Override
        public long getSumDocFreq() {
            return count;
        }

        /** How long the visible documents are together, as their norms say. */
        @Override
        public long getSumTotalTermFreq() throws IOException {
            NumericDocValues norms = getNormValues(field);
            long sum = 0;
            while (norms != null && norms.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                sum += visible.get(norms.docID()) ? SmallFloat.byte4ToInt((byte) norms.longValue()) : 0;
            }
            return Math.max(count, sum);
        }
    }

    private final class VisibleWords extends FilterTermsEnum {
        VisibleWords(TermsEnum all) {
            super(all);
        }

        @Override
        public BytesRef next() throws IOException {
            BytesRef next = in.next();
            while (next != null && docFreq() == 0) {
                next = in.next();
            }
            return next;
        }

        @Override
        public boolean seekExact(BytesRef term) throws IOException {
            return in.seekExact(term) && docFreq() > 0;
        }

        @Override
        public SeekStatus seekCeil(BytesRef term) throws IOException {
            SeekStatus status = in.seekCeil(term);
            if (status == SeekStatus.END || docFreq() > 0) {
                return status;
            }
            return next() == null ? SeekStatus.END : SeekStatus.NOT_FOUND;
        }

        @Override
        public int docFreq() throws IOException {
            int documents = 0;
            PostingsEnum postings = in.postings(null, PostingsEnum.NONE);
            for (int next = postings.nextDoc(); next != DocIdSetIterator.NO_MORE_DOCS; next = postings.nextDoc()) {
                documents += visible.get(next) ? 1 : 0;
            }
            return documents;
        }

        @Override
        public long totalTermFreq() throws IOException {
            return docFreq(); // at least so often; no score asks for more
        }
    }
}
