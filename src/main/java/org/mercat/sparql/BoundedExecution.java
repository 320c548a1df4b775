// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import org.apache.jena.query.Query;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.util.Context;
import org.mercat.rdf.WatchedExecution;

/** Prepares a query so that nothing of it escapes its {@link RunningQuery}. */
final class BoundedExecution {
    private BoundedExecution() {}

    /** @param context settings of the service, which stay as they are */
    static QueryExec of(Query query, DatasetGraph dataset, Context context, RunningQuery running) {
        Context its = Context.setupContextForDataset(context, dataset);
        WatchedExecution.install(its, running);
        QueryExec execution = QueryExec.dataset(dataset)
                .query(BoundedFunctions.in(query, running))
                .context(its)
                .build();
        running.runs(execution);
        return execution;
    }
}
