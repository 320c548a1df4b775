// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.QueryCancelledException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.QueryTimeoutImpl;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.search.TopFieldDocs;
import org.apache.lucene.util.BytesRef;
import org.mercat.search.Search.Extra;
import org.mercat.search.Search.Hit;
import org.mercat.search.Search.Page;

/** One search on one state of the index. */
final class SearchRun {
    private static final int MOST_VALUES = 100;
    private static final int LONGEST_KEPT_SHAPE = 500;

    /** A document with its score, and the mean of its neighbours' if they were asked. */
    private record Scored(int document, double score, double neighbours) {}

    private record Found(List<Scored> hits, Optional<Cursor> next) {}

    private final IndexView index;
    private final IndexSearcher shared;
    /** Over the same state, with a time limit of its own. */
    private final IndexSearcher searcher;

    private final Criteria criteria;
    private final CriteriaQuery.Prepared prepared;
    private final Counts counts;
    private final long now;

    /**
     * What all searches share.
     *
     * @param timeLimit of each search
     */
    record Setting(IndexView index, Supplier<Lexicon> lexicon, Counts counts, InstantSource clock, Duration timeLimit) {
        /** The same on another view of the index. */
        Setting on(IndexView view) {
            return new Setting(view, lexicon, counts, clock, timeLimit);
        }
    }

    SearchRun(Setting setting, IndexSearcher shared, Criteria criteria) throws IOException {
        this.index = setting.index;
        this.counts = setting.counts;
        this.now = setting.clock.millis();
        this.shared = shared;
        this.searcher = new IndexSearcher(shared.getIndexReader());
        searcher.setTimeout(new QueryTimeoutImpl(setting.timeLimit.toMillis()));
        this.criteria = criteria;
        this.prepared = setting.lexicon.get().queries().prepare(criteria, searcher.getIndexReader());
    }

    /** What the criteria ask for. */
    Concepts concepts() {
        return prepared.concepts();
    }

    /** How many there are, and how many of them have each value of some fields. */
    Counts.Result counts(List<String> fields) throws IOException {
        return counts(fields, MOST_VALUES);
    }

    /** @param most values a field */
    Counts.Result counts(List<String> fields, int most) throws IOException {
        Counts.Result result =
                counts.of(searcher, prepared.criteria(), prepared.found(now), fields, most, isSmall(), now);
        mustBeInTime();
        return result;
    }

    /** Of a large shape nobody can say what memory its query takes. */
    private boolean isSmall() {
        return criteria.text(Key.WITHIN).map(String::length).orElse(0) <= LONGEST_KEPT_SHAPE;
    }

    /** The hit that an offering is, with the parts of its score; empty if it is not found. */
    Optional<Hit> hit(Node offering) throws IOException {
        ScoreDoc[] found = searcher.search(Search.and(prepared.scored(now), offering), 1).scoreDocs;
        mustBeInTime();
        return found.length == 0
                ? Optional.empty()
                : Optional.of(hit(
                        new Scored(found[0].doc, prepared.ranking().score(found[0].score), Double.NaN),
                        Set.of(Extra.PARTS)));
    }

    /** Those of some offerings that are found, the best first, as JSON. */
    List<Hit> among(Set<Node> offerings, int most) throws IOException {
        List<BytesRef> iris = offerings.stream()
                .map(offering -> new BytesRef(offering.toString()))
                .toList();
        Query query = new BooleanQuery.Builder()
                .add(prepared.scored(now), Occur.MUST)
                .add(new TermInSetQuery(Fields.IRI, iris), Occur.FILTER)
                .build();
        ScoreDoc[] found = searcher.search(query, most).scoreDocs;
        mustBeInTime();
        List<Hit> hits = new ArrayList<>();
        for (ScoreDoc one : found) {
            hits.add(hit(new Scored(one.doc, Double.NaN, Double.NaN), Set.of(Extra.JSON)));
        }
        return hits;
    }

    /** A page, with what is asked for beside the offerings. */
    Page page(Set<Extra> extras) throws IOException {
        boolean neighbours = criteria.sort() == Sort.RELEVANCE
                && prepared.ranking().asksNeighbours()
                && criteria.after()
                        .map(cursor -> cursor.offerings().isPresent())
                        .orElse(true);
        boolean next = extras.contains(Extra.NEXT);
        Found found = neighbours ? amongNeighbours(next) : plain(criteria.after(), criteria.limit(), next);
        List<Hit> hits = new ArrayList<>();
        for (Scored scored : found.hits) {
            hits.add(hit(scored, extras));
        }
        Counts.Result counted = extras.contains(Extra.FACETS)
                ? counts(Search.FACETS)
                : extras.contains(Extra.TOTAL) ? counts(List.of()) : new Counts.Result(0, Map.of());
        return new Page(hits, counted.total(), found.next, counted.values());
    }

    private TopFieldDocs best(Optional<FieldDoc> after, int most) throws IOException {
        Sort sort = criteria.sort();
        TopFieldDocs found = searcher.search(
                sort == Sort.RELEVANCE ? prepared.scored(now) : prepared.found(now),
                new TopFieldCollectorManager(sort.lucene(), most, after.orElse(null), most));
        mustBeInTime();
        return found;
    }

    /** In the order of the index. */
    private Found plain(Optional<Cursor> cursor, int limit, boolean next) throws IOException {
        ScoreDoc[] found = best(cursor.map(c -> c.place(criteria.sort())), limit + 1).scoreDocs;
        List<Scored> hits = new ArrayList<>();
        for (int i = 0; i < Math.min(limit, found.length); i++) {
            hits.add(new Scored(found[i].doc, own(found[i]), Double.NaN));
        }
        return new Found(
                hits,
                next && found.length > limit
                        ? Optional.of(Cursor.of(criteria, index.keep(shared), (FieldDoc) found[limit - 1]))
                        : Optional.empty());
    }

    /** What its own fit gives it. */
    private double own(ScoreDoc found) {
        if (criteria.sort() != Sort.RELEVANCE) {
            return Double.NaN;
        }
        double score = prepared.ranking().score((float) ((FieldDoc) found).fields[0]);
        return prepared.ranking().asksNeighbours() ? (1 - Neighbours.SHARE) * score : score;
    }

    /** The best ones anew in the order that their neighbours give them, behind them the others. */
    private Found amongNeighbours(boolean next) throws IOException {
        ScoreDoc[] best = best(Optional.empty(), Neighbours.AMONG + 1).scoreDocs;
        int among = Math.min(best.length, Neighbours.AMONG);
        double[] scores = new double[among];
        for (int i = 0; i < among; i++) {
            scores[i] = own(best[i]) / (1 - Neighbours.SHARE);
        }
        double[] means = Neighbours.means(scores, words(best, among));
        List<Scored> order = new ArrayList<>();
        for (int i = 0; i < among; i++) {
            order.add(new Scored(best[i].doc, own(best[i]) + Neighbours.SHARE * means[i], means[i]));
        }
        order.sort(Comparator.comparingDouble(Scored::score).reversed()); // stable: equals stay as they were
        int from = Math.min(
                among, criteria.after().map(c -> c.offerings().orElse(0)).orElse(0));
        int until = Math.min(among, from + criteria.limit());
        List<Scored> hits = new ArrayList<>(order.subList(from, until));
        boolean more = best.length > among;
        if (until < among || !more) {
            return new Found(
                    hits,
                    next && until < among
                            ? Optional.of(Cursor.behind(criteria, index.keep(shared), until))
                            : Optional.empty());
        }
        Cursor last = Cursor.of(criteria, next ? index.keep(shared) : 0, (FieldDoc) best[among - 1]);
        if (hits.size() == criteria.limit()) {
            return new Found(hits, Optional.of(last).filter(cursor -> next));
        }
        Found others = plain(Optional.of(last), criteria.limit() - hits.size(), next);
        hits.addAll(others.hits);
        return new Found(hits, others.next);
    }

    private long[][] words(ScoreDoc[] found, int size) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        long[][] words = new long[size][];
        for (int i = 0; i < size; i++) {
            LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(found[i].doc, leaves));
            SortedNumericDocValues values = DocValues.getSortedNumeric(leaf.reader(), Fields.VECTOR);
            boolean some = values.advanceExact(found[i].doc - leaf.docBase);
            words[i] = new long[some ? values.docValueCount() : 0];
            for (int n = 0; n < words[i].length; n++) {
                words[i][n] = values.nextValue();
            }
        }
        return words;
    }

    private void mustBeInTime() {
        if (searcher.timedOut()) {
            throw new QueryCancelledException();
        }
    }

    private Hit hit(Scored scored, Set<Extra> extras) throws IOException {
        int document = scored.document;
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
        int inLeaf = document - leaf.docBase;
        SortedDocValues iris = DocValues.getSorted(leaf.reader(), Fields.IRI);
        iris.advanceExact(inLeaf);
        Node offering = NodeFactory.createURI(iris.lookupOrd(iris.ordValue()).utf8ToString());
        Match match = Match.of(criteria, prepared.concepts(), leaf.reader(), inLeaf, extras.contains(Extra.PARTS));
        return new Hit(
                offering,
                scored.score,
                match.degree(),
                match,
                extras.contains(Extra.PARTS) ? parts(scored, leaf.reader(), inLeaf, offering) : Map.of(),
                extras.contains(Extra.JSON) ? json(document) : new byte[0]);
    }

    private Map<String, Double> parts(Scored scored, LeafReader reader, int document, Node offering)
            throws IOException {
        Map<String, Double> parts = prepared.ranking().parts(reader, document, textScore(offering));
        if (!Double.isNaN(scored.neighbours)) {
            parts.put("similar", scored.neighbours);
        }
        return parts;
    }

    private double textScore(Node offering) throws IOException {
        ScoreDoc[] found = searcher.search(Search.and(prepared.criteria(), offering), 1).scoreDocs;
        return found.length == 0 ? 0 : found[0].score;
    }

    private byte[] json(int document) throws IOException {
        BytesRef json =
                searcher.storedFields().document(document, Set.of(Fields.JSON)).getBinaryValue(Fields.JSON);
        return Arrays.copyOfRange(json.bytes, json.offset, json.offset + json.length);
    }
}
