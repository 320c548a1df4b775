// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.QueryCancelledException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeoutImpl;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiCollectorManager;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.util.BytesRef;

/** Finds active offerings by criteria. For any number of threads. */
public final class Search {
    /** What is counted when counts are asked for. */
    static final List<String> FACETS = List.of(
            Fields.CATEGORY + Fields.ALL,
            Fields.OUTPUT,
            Fields.PROVIDER,
            Fields.LICENCE,
            Fields.PRICING_MODEL,
            Fields.SEGMENT,
            Fields.KIND,
            Fields.PLACE);

    private static final int MOST_VALUES = 100;

    private final OfferingIndex index;
    private final CriteriaQuery queries;
    private final Concepts concepts;
    private final InstantSource clock;
    private final Duration timeLimit;

    Search(OfferingIndex index, CriteriaQuery queries, Concepts concepts, InstantSource clock, Duration timeLimit) {
        this.timeLimit = timeLimit;
        this.index = index;
        this.queries = queries;
        this.concepts = concepts;
        this.clock = clock;
    }

    /**
     * An offering that was found.
     *
     * @param score from 0 to 1; how well it fits beside the others of the same search
     * @param degree the worst of those of its category, outputs and inputs; empty when no concept was asked for
     * @param match how each concept that was asked for was met
     * @param parts of the score by name, each from 0 to 1; empty if they were not asked for
     * @param json the offering, ready to send; empty if content was not asked for
     */
    public record Hit(
            Node offering,
            double score,
            Optional<Degree> degree,
            Match match,
            Map<String, Double> parts,
            byte[] json) {}

    /**
     * A page of offerings.
     *
     * @param hits in order
     * @param total how many offerings the search finds in all
     * @param next leads to the next page, if there is one
     * @param facets by field, if they were asked for, how many offerings have each value
     */
    public record Page(List<Hit> hits, long total, Optional<Cursor> next, Map<String, Map<String, Long>> facets) {
        public Page {
            hits = List.copyOf(hits);
        }
    }

    /** What a search is to give beside the offerings. */
    public enum Extra {
        /** How many offerings have each value. */
        FACETS,
        /** The parts of each hit's score. */
        PARTS,
        /** The offerings as JSON. */
        JSON
    }

    /** Runs the search. @throws QueryCancelledException if it takes too long */
    public Page page(Criteria criteria, Set<Extra> extras) {
        return criteria.after().isPresent()
                ? index.search(criteria.after().get().snapshot(), searcher -> new Run(searcher, criteria).page(extras))
                : index.search(searcher -> new Run(searcher, criteria).page(extras));
    }

    /** How many offerings the search finds. */
    public long count(Criteria criteria) {
        return index.search(searcher -> new Run(searcher, criteria).count());
    }

    /** The hit that an offering is, if the search without its limit finds it, with the parts of its score. */
    Optional<Hit> hit(Criteria criteria, Node offering) {
        return index.search(searcher -> new Run(searcher, criteria).hit(offering));
    }

    /** Whether an offering, active or not, meets the criteria. */
    boolean meets(Criteria criteria, Node offering) {
        return index.search(searcher -> {
            Query found = queries.prepare(criteria, Instant.EPOCH.minusMillis(1), searcher.getIndexReader())
                    .found();
            return searcher.count(and(found, offering)) > 0;
        });
    }

    private static Query and(Query query, Node offering) {
        return new BooleanQuery.Builder()
                .add(query, Occur.MUST)
                .add(new TermQuery(new Term(Fields.IRI, offering.toString())), Occur.FILTER)
                .build();
    }

    /** One search on one state of the index. */
    private final class Run {
        private final IndexSearcher shared;
        /** Over the same state, with a time limit of its own. */
        private final IndexSearcher searcher;

        private final Criteria criteria;
        private final CriteriaQuery.Prepared prepared;

        Run(IndexSearcher shared, Criteria criteria) throws IOException {
            this.shared = shared;
            this.searcher = new IndexSearcher(shared.getIndexReader());
            searcher.setTimeout(new QueryTimeoutImpl(timeLimit.toMillis()));
            this.criteria = criteria;
            this.prepared = queries.prepare(criteria, clock.instant(), searcher.getIndexReader());
        }

        long count() throws IOException {
            long count = searcher.count(prepared.found());
            mustBeInTime();
            return count;
        }

        Optional<Hit> hit(Node offering) throws IOException {
            ScoreDoc[] found = searcher.search(and(prepared.scored(), offering), 1).scoreDocs;
            mustBeInTime();
            return found.length == 0
                    ? Optional.empty()
                    : Optional.of(hit(found[0].doc, found[0].score, Set.of(Extra.PARTS)));
        }

        Page page(Set<Extra> extras) throws IOException {
            Sort sort = criteria.sort();
            FieldDoc after = criteria.after().map(cursor -> cursor.place(sort)).orElse(null);
            TopFieldCollectorManager top =
                    new TopFieldCollectorManager(sort.lucene(), criteria.limit() + 1, after, Integer.MAX_VALUE);
            Query query = sort == Sort.RELEVANCE ? prepared.scored() : prepared.found();
            TopFieldDocs found;
            Map<String, Map<String, Long>> facets = Map.of();
            if (extras.contains(Extra.FACETS)) {
                Object[] both = searcher.search(query, new MultiCollectorManager(top, Counts.of(FACETS, MOST_VALUES)));
                found = (TopFieldDocs) both[0];
                facets = Counts.result(both[1]);
            } else {
                found = searcher.search(query, top);
            }
            mustBeInTime();
            List<Hit> hits = new ArrayList<>();
            int size = Math.min(criteria.limit(), found.scoreDocs.length);
            for (int i = 0; i < size; i++) {
                FieldDoc doc = (FieldDoc) found.scoreDocs[i];
                hits.add(hit(doc.doc, sort == Sort.RELEVANCE ? (float) doc.fields[0] : Double.NaN, extras));
            }
            Optional<Cursor> next = found.scoreDocs.length > size
                    ? Optional.of(Cursor.of(criteria, index.keep(shared), (FieldDoc) found.scoreDocs[size - 1]))
                    : Optional.empty();
            return new Page(hits, found.totalHits.value, next, facets);
        }

        private void mustBeInTime() {
            if (searcher.timedOut()) {
                throw new QueryCancelledException();
            }
        }

        private Hit hit(int document, double score, Set<Extra> extras) throws IOException {
            List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
            int inLeaf = document - leaf.docBase;
            SortedDocValues iris = DocValues.getSorted(leaf.reader(), Fields.IRI);
            iris.advanceExact(inLeaf);
            Node offering =
                    NodeFactory.createURI(iris.lookupOrd(iris.ordValue()).utf8ToString());
            Match match = Match.of(criteria, concepts, leaf.reader(), inLeaf);
            return new Hit(
                    offering,
                    score,
                    match.degree(),
                    match,
                    extras.contains(Extra.PARTS)
                            ? prepared.ranking().parts(leaf.reader(), inLeaf, textScore(offering))
                            : Map.of(),
                    extras.contains(Extra.JSON) ? json(document) : new byte[0]);
        }

        private double textScore(Node offering) throws IOException {
            ScoreDoc[] found = searcher.search(and(prepared.found(), offering), 1).scoreDocs;
            return found.length == 0 ? 0 : found[0].score;
        }

        private byte[] json(int document) throws IOException {
            BytesRef json = searcher.storedFields()
                    .document(document, Set.of(Fields.JSON))
                    .getBinaryValue(Fields.JSON);
            return Arrays.copyOfRange(json.bytes, json.offset, json.offset + json.length);
        }
    }
}
