// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.apache.jena.query.QueryCancelledException;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.mercat.search.Search.Extra;
import org.mercat.search.Search.Hit;
import org.mercat.search.Search.Page;

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

    private final IndexView index;
    private final Supplier<Lexicon> lexicon;
    private final Duration timeLimit;
    private final SearchRun.Setting setting;

    Search(IndexView index, Supplier<Lexicon> lexicon, InstantSource clock, Duration timeLimit) {
        this(new SearchRun.Setting(index, lexicon, new Counts(), clock, timeLimit));
    }

    private Search(SearchRun.Setting setting) {
        this.timeLimit = setting.timeLimit();
        this.index = setting.index();
        this.lexicon = setting.lexicon();
        this.setting = setting;
    }

    /** The same search on another view of the index. */
    Search on(IndexView view) {
        return new Search(setting.on(view));
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
     * @param total how many offerings the search finds in all; 0 if that was not asked for
     * @param next leads to the next page, if that was asked for and there is one
     * @param facets by field, if they were asked for, how many offerings have each value
     */
    public record Page(List<Hit> hits, long total, Optional<Cursor> next, Map<String, Map<String, Long>> facets) {
        public Page {
            hits = List.copyOf(hits);
        }
    }

    /** What a search is to give beside the offerings. */
    public enum Extra {
        /** How many offerings are found in all. */
        TOTAL,
        /** How many offerings have each value. */
        FACETS,
        /** The parts of each hit's score. */
        PARTS,
        /** The offerings as JSON. */
        JSON,
        /** What leads to the next page. */
        NEXT
    }

    /** Runs the search. @throws QueryCancelledException if it takes too long */
    public Page page(Criteria criteria, Set<Extra> extras) {
        return criteria.after().isPresent()
                ? index.search(
                        criteria.after().get().snapshot(),
                        searcher -> new SearchRun(setting, searcher, criteria).page(extras))
                : index.search(searcher -> new SearchRun(setting, searcher, criteria).page(extras));
    }

    /** How many offerings the search finds. */
    public long count(Criteria criteria) {
        return index.search(searcher ->
                new SearchRun(setting, searcher, criteria).counts(List.of()).total());
    }

    /** How many active offerings name each term: by what they name it as, and by its IRI. */
    TermUsage usage() {
        Criteria all = new Criteria(Map.of(), Sort.RELEVANCE, 1, Optional.empty());
        return index.search(searcher -> {
            SearchRun run = new SearchRun(setting, searcher, all);
            return new TermUsage(
                    run.concepts(),
                    run.counts(TermUsage.FIELDS, Integer.MAX_VALUE).values());
        });
    }

    /** The hit that an offering is, if the search without its limit finds it, with the parts of its score. */
    Optional<Hit> hit(Criteria criteria, Node offering) {
        return index.search(searcher -> new SearchRun(setting, searcher, criteria).hit(offering));
    }

    /** Of some offerings those that the search finds, the best first, as JSON; the limit and the order are not asked. */
    List<Hit> among(Criteria criteria, Set<Node> offerings, int most) {
        return index.search(searcher -> new SearchRun(setting, searcher, criteria).among(offerings, most));
    }

    /** Whether an offering, active or not, meets the criteria. */
    boolean meets(Criteria criteria, Node offering) {
        return index.search(searcher -> {
            Query query = lexicon.get()
                    .queries()
                    .prepare(criteria, searcher.getIndexReader())
                    .criteria();
            return searcher.count(and(query, offering)) > 0;
        });
    }

    /**
     * For who runs one search after the other.
     *
     * @param begin of the first, in nanoseconds as {@link System#nanoTime} gives them
     * @throws QueryCancelledException if they have taken as long as one may
     */
    void mustBeInTime(long begin) {
        if (System.nanoTime() - begin > timeLimit.toNanos()) {
            throw new QueryCancelledException();
        }
    }

    /** What meets a query and is that offering. */
    static Query and(Query query, Node offering) {
        return new BooleanQuery.Builder()
                .add(query, Occur.MUST)
                .add(new TermQuery(new Term(Fields.IRI, offering.toString())), Occur.FILTER)
                .build();
    }
}
