// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.time.Duration;
import java.util.regex.PatternSyntaxException;
import org.apache.jena.fuseki.servlets.HttpAction;
import org.apache.jena.fuseki.servlets.SPARQL_QueryDataset;
import org.apache.jena.fuseki.servlets.ServletOps;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryBuildException;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.query.QueryExecException;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.core.DatasetGraphWrapper;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.exec.QueryExecResult;

/** Fuseki's query operation, but for constructed graphs: those are kept in memory, so they have a limit. */
final class ReadOnlyQuery extends SPARQL_QueryDataset {
    /** Some 100 MB. */
    static final int LARGEST_GRAPH = 250_000;

    private final Duration timeLimit;

    /** @param timeLimit of one query */
    ReadOnlyQuery(Duration timeLimit) {
        this.timeLimit = timeLimit;
    }

    @Override
    public void validate(HttpAction action) {
        if (action.getRequestMethod().equals("GET") && action.getRequestQueryString() == null) {
            ServletOps.errorBadRequest("No 'query=' parameter: send GET " + SparqlService.PATH
                    + "?query=..., or POST the query as application/sparql-query.");
        }
        super.validate(action);
    }

    /** What a property function refuses is a fault of the query and not of the server. */
    @Override
    protected void execute(String text, HttpAction action) {
        try {
            super.execute(text, action);
        } catch (QueryCancelledException e) {
            throw e;
        } catch (QueryBuildException | QueryExecException | PatternSyntaxException e) {
            ServletOps.errorBadRequest(e.getMessage());
        }
    }

    @Override
    protected QueryExec createQueryExec(HttpAction action, Query query, DatasetGraph dataset) {
        return super.createQueryExec(action, TimedPatterns.in(query, timeLimit), dataset);
    }

    @Override
    protected QueryExecResult executeQuery(HttpAction action, QueryExec execution, Query query, String text) {
        return query.isConstructType()
                ? new QueryExecResult(execution.constructDataset(new LimitedGraph()))
                : super.executeQuery(action, execution, query, text);
    }

    private static final class LimitedGraph extends DatasetGraphWrapper {
        private int size;

        LimitedGraph() {
            super(DatasetGraphFactory.create());
        }

        @Override
        public void add(Quad quad) {
            size++;
            if (size > LARGEST_GRAPH) {
                ServletOps.errorBadRequest("The query constructs more than " + LARGEST_GRAPH
                        + " triples: add LIMIT and ask for them in parts.");
            }
            super.add(quad);
        }
    }
}
