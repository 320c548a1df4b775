// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.mercat.rdf.Collection;

/**
 * What has changed among the offerings since somebody looked, read from the index: of each offering its newest change,
 * and whether its time has run out since. No event is stored anywhere. For any number of threads.
 */
public final class OfferingChanges {
    private static final Sort BY_REVISION = sort(Fields.REVISION);
    private static final Sort BY_TIME = sort(Fields.ACTIVE_UNTIL);

    private final OfferingIndex index;
    private final Supplier<Lexicon> lexicon;
    private final Collection offerings;
    private final InstantSource clock;

    OfferingChanges(OfferingIndex index, Supplier<Lexicon> lexicon, Collection offerings, InstantSource clock) {
        this.index = index;
        this.lexicon = lexicon;
        this.offerings = offerings;
        this.clock = clock;
    }

    /** By the clock that says which offerings are active, in milliseconds. */
    public long now() {
        return clock.millis();
    }

    private static Sort sort(String field) {
        return new Sort(new SortField(field, SortField.Type.LONG), new SortField(Fields.IRI, SortField.Type.STRING));
    }

    /**
     * A change, and for whom asked by criteria how well the offering's concepts fit them.
     *
     * @param position of who was told this and all before
     */
    public record Step(OfferingChange change, Optional<Degree> degree, Position position) {}

    /**
     * The next changes.
     *
     * @param position of who was told them all
     * @param more whether there are more
     */
    public record Page(List<Step> steps, Position position, boolean more) {
        public Page {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Changes that one who has come so far has not been told, in order.
     *
     * @param limit of changes, from 1
     * @param criteria that the offerings meet, or met until they were withdrawn
     */
    public Page after(Position from, int limit, Optional<Criteria> criteria) {
        return after(from, Long.MAX_VALUE, limit, criteria);
    }

    /** The same of changes up to a revision alone. */
    public Page after(Position from, long revision, int limit, Optional<Criteria> criteria) {
        long now = Math.max(clock.millis(), from.time());
        return index.searchUpTo((searcher, complete) ->
                new Run(searcher, Math.min(complete, revision), now, limit, criteria).after(from));
    }

    /** Where one is who has read everything up to a revision: the time is that of the newest change up to there. */
    public Position position(long revision) {
        long time = index.search(searcher -> {
            ScoreDoc[] newest = searcher.search(
                            LongPoint.newRangeQuery(Fields.REVISION, 0, revision),
                            1,
                            new Sort(new SortField(Fields.REVISION, SortField.Type.LONG, true)))
                    .scoreDocs;
            return newest.length == 0 ? 0 : new Found(searcher.getIndexReader(), newest[0].doc).number(Fields.MODIFIED);
        });
        return Position.at(revision, time);
    }

    /** On one state of the index. */
    private final class Run {
        private final IndexSearcher searcher;
        private final long revision;
        private final long now;
        private final int limit;
        private final Optional<Criteria> criteria;
        private final List<Step> steps = new ArrayList<>();
        private Position position;

        Run(IndexSearcher searcher, long revision, long now, int limit, Optional<Criteria> criteria) {
            this.searcher = searcher;
            this.revision = revision;
            this.now = now;
            this.limit = limit;
            this.criteria = criteria;
        }

        Page after(Position from) throws IOException {
            position = from;
            long first = from.isWhole() ? from.revision() + 1 : from.revision();
            boolean more = tell(
                    LongPoint.newRangeQuery(Fields.REVISION, first, revision),
                    BY_REVISION,
                    from.isWhole() ? null : after(from.revision(), from.offering()),
                    from,
                    false);
            if (more) {
                return new Page(steps, position, true);
            }
            position = from.andRevisions(revision);
            Query ranOut = new BooleanQuery.Builder()
                    .add(LongPoint.newRangeQuery(Fields.REVISION, 0, revision), Occur.FILTER)
                    .add(
                            LongPoint.newRangeQuery(
                                    Fields.ACTIVE_UNTIL,
                                    Math.max(1, from.isWholeTime() ? from.time() + 1 : from.time()),
                                    now),
                            Occur.FILTER)
                    .add(new TermQuery(new Term(Fields.STATE, Fields.ACTIVE)), Occur.FILTER)
                    .build();
            more = tell(ranOut, BY_TIME, from.isWholeTime() ? null : after(from.time(), from.expired()), from, true);
            return new Page(steps, more ? position : Position.at(position.revision(), now), more);
        }

        private FieldDoc after(long number, String id) {
            Object[] place = {number, new BytesRef(offerings.resource(id).getURI())};
            return new FieldDoc(Integer.MAX_VALUE, Float.NaN, place);
        }

        /** Tells the next ones. @return whether there are more than may be told */
        private boolean tell(Query changed, Sort order, FieldDoc after, Position from, boolean ranOut)
                throws IOException {
            BooleanQuery.Builder query = new BooleanQuery.Builder().add(changed, Occur.FILTER);
            if (criteria.isPresent()) {
                query.add(
                        lexicon.get()
                                .queries()
                                .prepare(criteria.get(), searcher.getIndexReader())
                                .criteria(),
                        Occur.FILTER);
            }
            int places = limit - steps.size() + 1;
            ScoreDoc[] found =
                    searcher.search(query.build(), new TopFieldCollectorManager(order, places, after, 1)).scoreDocs;
            for (int i = 0; i < Math.min(found.length, places - 1); i++) {
                Found its = new Found(searcher.getIndexReader(), found[i].doc);
                OfferingChange change = ranOut ? its.ranOut() : its.change(from);
                position = position.told(change);
                steps.add(new Step(
                        change, criteria.isPresent() ? its.degree(criteria.get()) : Optional.empty(), position));
            }
            return found.length == places;
        }
    }

    /** An offering that was found. */
    private final class Found {
        private final LeafReader reader;
        private final int document;

        Found(IndexReader all, int document) {
            LeafReaderContext leaf = all.leaves().get(ReaderUtil.subIndex(document, all.leaves()));
            this.reader = leaf.reader();
            this.document = document - leaf.docBase;
        }

        /** The newest change, for one who was told before what the position says. */
        OfferingChange change(Position from) throws IOException {
            OfferingChange.Type type = OfferingChange.Type.CHANGED;
            if (isWithdrawn()) {
                type = OfferingChange.Type.WITHDRAWN;
            } else if (number(Fields.ACTIVE_UNTIL) <= from.time()) {
                type = OfferingChange.Type.EXPIRED; // later times are told by themselves
            } else if (number(Fields.CREATED) >= from.second().toEpochMilli()) {
                type = OfferingChange.Type.CREATED;
            }
            return new OfferingChange(id(), type, number(Fields.REVISION), instant(Fields.MODIFIED), false);
        }

        OfferingChange ranOut() throws IOException {
            return new OfferingChange(
                    id(), OfferingChange.Type.EXPIRED, number(Fields.REVISION), instant(Fields.ACTIVE_UNTIL), true);
        }

        Optional<Degree> degree(Criteria criteria) throws IOException {
            return Match.of(criteria, lexicon.get().concepts(), reader, document, false)
                    .degree();
        }

        private boolean isWithdrawn() throws IOException {
            PostingsEnum withdrawn = reader.postings(new Term(Fields.STATE, Fields.WITHDRAWN), PostingsEnum.NONE);
            return withdrawn != null && withdrawn.advance(document) == document;
        }

        private String id() throws IOException {
            SortedDocValues iris = DocValues.getSorted(reader, Fields.IRI);
            iris.advanceExact(document);
            Node offering =
                    NodeFactory.createURI(iris.lookupOrd(iris.ordValue()).utf8ToString());
            return offerings.idOf(offering).orElseThrow();
        }

        private Instant instant(String field) throws IOException {
            return Instant.ofEpochMilli(number(field));
        }

        long number(String field) throws IOException {
            NumericDocValues values = DocValues.getNumeric(reader, field);
            return values.advanceExact(document) ? values.longValue() : 0;
        }
    }
}
