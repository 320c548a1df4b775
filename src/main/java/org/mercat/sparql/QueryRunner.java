// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.query.QueryException;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.binding.BindingBuilder;
import org.apache.jena.sparql.engine.binding.BindingFactory;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.sparql.util.Context;
import org.apache.jena.system.Txn;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;

/** Runs the SELECTs of the library: in the pool of {@code /sparql}, with its functions and limits. */
final class QueryRunner {
    private final DatasetGraph catalogue;
    private final Context guarded;
    private final QueryPool pool;

    QueryRunner(DatasetGraph catalogue, Context guarded, QueryPool pool) {
        this.catalogue = catalogue;
        this.guarded = guarded;
        this.pool = pool;
    }

    /**
     * Rows, and what they speak of.
     *
     * @param revision of the data
     * @param rows empty where the caller did not want them
     * @param timing what they cost, for {@code Server-Timing}
     */
    record Rows(long revision, List<Binding> rows, String timing) {}

    /**
     * Runs a query on one snapshot.
     *
     * @param wanted told the revision of the snapshot, whether to run it at all
     * @param most rows that are taken
     * @throws Stopped if it takes more than it may
     * @throws Refused if it is not taken on now
     */
    Rows run(Query query, Asker asker, LongPredicate wanted, int most) {
        RunningQuery running = pool.enter(asker);
        running.asks(query.serialize());
        int status = 500;
        try {
            Rows rows = pool.run(running, () -> rows(query, running, wanted, most));
            status = 200;
            return rows;
        } catch (QueryCancelledException e) {
            status = 503;
            throw running.stopped().map(Stopped::new).orElseGet(running::stopAtTimeLimit);
        } catch (RuntimeException e) {
            status = e instanceof QueryException ? 400 : 500;
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            pool.log().done(running, status, 0);
        }
    }

    private Rows rows(Query query, RunningQuery running, LongPredicate wanted, int most) {
        return Txn.calc(catalogue, TxnType.READ, () -> {
            long revision = Resources.revisionOf(catalogue.getGraph(Store.NAME), Store.NAME)
                    .orElse(0L);
            List<Binding> rows = wanted.test(revision) ? rows(query, running, most) : List.of();
            return new Rows(revision, rows, running.timing());
        });
    }

    private List<Binding> rows(Query query, RunningQuery running, int most) {
        try (QueryExec execution = BoundedExecution.of(query, catalogue, guarded, running)) {
            List<Binding> rows = new ArrayList<>();
            RowSet found = execution.select();
            while (rows.size() < most && found.hasNext()) {
                rows.add(whole(found.next()));
                running.row();
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
