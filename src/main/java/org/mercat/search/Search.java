// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Node;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.engine.binding.Binding;
import org.mercat.rdf.ParameterType;
import org.mercat.rdf.Queries;
import org.mercat.rdf.Store;

/** Finds active offerings by criteria. */
public final class Search {
    private static final String FOLDER = "search/";
    /** Which criterion leads: the one that usually leaves the fewest offerings. Those not named follow. */
    private static final Map<String, Integer> RANKS = Map.of(
            "provider",
            0,
            "organization",
            1,
            "category",
            2,
            "input",
            2,
            "output",
            2,
            "text",
            3,
            "box",
            4,
            "licence",
            5);

    private static final int LAST = 9;

    private final Store store;
    private final Queries queries;
    private final Duration timeLimit;

    public Search(Store store, Queries queries, Duration timeLimit) {
        this.store = store;
        this.queries = queries;
        this.timeLimit = timeLimit;
    }

    /**
     * A page of offerings.
     *
     * @param offerings their IRIs in order
     * @param next leads to the next page, if there is one
     */
    public record Page(List<Node> offerings, Optional<Cursor> next) {
        public Page {
            offerings = List.copyOf(offerings);
        }
    }

    /** Runs the search. @throws org.apache.jena.query.QueryCancelledException if it takes too long */
    public Page page(Criteria criteria) {
        List<Binding> rows = store.read(
                database -> Queries.select(database, composed(database, criteria, criteria.limit() + 1), timeLimit));
        List<Node> offerings = rows.stream()
                .limit(criteria.limit())
                .map(row -> row.get("offering"))
                .toList();
        return new Page(
                offerings,
                rows.size() > criteria.limit()
                        ? Optional.of(cursor(criteria.sort(), rows.get(criteria.limit() - 1)))
                        : Optional.empty());
    }

    /** The query that finds the page, as it can be sent to {@code /sparql}. */
    public Query query(Criteria criteria) {
        return store.read(database -> composed(database, criteria, criteria.limit()));
    }

    private Query composed(DatasetGraph database, Criteria criteria, int rows) {
        Composition composition = new Composition(query -> Queries.select(database, query, timeLimit));
        for (Criterion criterion : criteria.all()) {
            composition.add(
                    queries.query(FOLDER + criterion.query()).bind(criterion.values()),
                    RANKS.getOrDefault(criterion.query(), LAST));
        }
        composition.add(queries.query(FOLDER + "active").bind(Map.of()), LAST);
        Sort sort = criteria.sort();
        composition.add(
                queries.query(FOLDER + sort.query(criteria.after().isPresent()))
                        .bind(criteria.after().map(Search::position).orElse(Map.of())),
                LAST + 1);
        return composition.finish(sort, rows);
    }

    private static Map<String, Node> position(Cursor cursor) {
        return Map.of(
                "afterKey", cursor.sort().keyType().node(cursor.key()),
                "after", ParameterType.STRING.node(cursor.offering()));
    }

    private static Cursor cursor(Sort sort, Binding row) {
        return new Cursor(
                sort,
                row.get("key").getLiteralLexicalForm(),
                row.get("offering").getURI());
    }
}
