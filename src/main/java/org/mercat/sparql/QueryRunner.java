// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.binding.BindingBuilder;
import org.apache.jena.sparql.engine.binding.BindingFactory;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.sparql.util.Context;
import org.apache.jena.system.Txn;
import org.mercat.http.Failure.Kind;
import org.mercat.http.FailureException;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;

/** Runs the SELECTs of the library: with the functions, the time limit and the places of {@code /sparql}. */
final class QueryRunner {
    private final DatasetGraph catalogue;
    private final Context guarded;
    private final Places places;
    private final Duration timeLimit;

    QueryRunner(DatasetGraph catalogue, Context guarded, Places places, Duration timeLimit) {
        this.catalogue = catalogue;
        this.guarded = guarded;
        this.places = places;
        this.timeLimit = timeLimit;
    }

    Duration timeLimit() {
        return timeLimit;
    }

    /**
     * Rows, and what they speak of.
     *
     * @param revision of the data
     * @param rows empty where the caller did not want them
     */
    record Rows(long revision, List<Binding> rows) {}

    /**
     * Runs a query on one snapshot.
     *
     * @param wanted told the revision of the snapshot, whether to run it at all
     * @param most rows that are taken
     * @throws QueryCancelledException if it takes longer than it may
     * @throws FailureException if there is no place to run it
     */
    Rows run(Query query, LongPredicate wanted, int most) {
        if (!places.take()) {
            throw Kind.UNAVAILABLE.because(Places.ALL_TAKEN);
        }
        try {
            return Txn.calc(catalogue, TxnType.READ, () -> {
                long revision = Resources.revisionOf(catalogue.getGraph(Store.NAME), Store.NAME)
                        .orElse(0L);
                return new Rows(revision, wanted.test(revision) ? rows(query, most) : List.of());
            });
        } finally {
            places.leave();
        }
    }

    private List<Binding> rows(Query query, int most) {
        try (QueryExec execution = QueryExec.dataset(catalogue)
                .query(TimedPatterns.in(query, timeLimit))
                .context(Context.setupContextForDataset(guarded, catalogue))
                .timeout(timeLimit.toMillis(), TimeUnit.MILLISECONDS)
                .build()) {
            List<Binding> rows = new ArrayList<>();
            RowSet found = execution.select();
            while (rows.size() < most && found.hasNext()) {
                rows.add(whole(found.next()));
            }
            return rows;
        }
    }

    /** With its values read, which the database cannot give once the transaction is over. */
    private static Binding whole(Binding row) {
        BindingBuilder whole = BindingFactory.builder();
        row.forEach(whole::add);
        return whole.build();
    }
}
