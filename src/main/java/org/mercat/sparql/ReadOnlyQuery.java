// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.PatternSyntaxException;
import org.apache.jena.atlas.iterator.Iter;
import org.apache.jena.fuseki.servlets.HttpAction;
import org.apache.jena.fuseki.servlets.SPARQL_QueryDataset;
import org.apache.jena.fuseki.servlets.ServletOps;
import org.apache.jena.graph.Triple;
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
import org.apache.jena.sparql.exec.RowSet;
import org.apache.jena.sparql.exec.RowSetStream;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.graph.GraphWrapper;
import org.apache.jena.web.HttpSC;

/**
 * Fuseki's query operation, within the bounds of its {@link RunningQuery}. Constructed and described graphs are kept in
 * memory, so they have a limit of their own.
 */
class ReadOnlyQuery extends SPARQL_QueryDataset {
    /** Attribute of a request: its {@link RunningQuery}. */
    static final String RUNNING = "mercat.query";

    /** Some 100 MB. */
    static final int LARGEST_GRAPH = 250_000;

    /** Rows of a table for people. */
    private static final int LARGEST_TABLE = 10_000;

    private final Limits limits;

    ReadOnlyQuery(Limits limits) {
        this.limits = limits;
    }

    private static RunningQuery running(HttpAction action) {
        return (RunningQuery) action.getRequest().getAttribute(RUNNING);
    }

    @Override
    public void validate(HttpAction action) {
        if (action.getRequestMethod().equals("GET") && action.getRequestParameter("query") == null) {
            ServletOps.errorBadRequest("No 'query=' parameter: send GET " + SparqlService.PATH
                    + "?query=..., or POST the query as application/sparql-query. Without any parameter it describes"
                    + " itself.");
        }
        super.validate(action);
    }

    /** Before it runs: an answer in no type that the client takes would be work for nothing. */
    @Override
    protected void validateQuery(HttpAction action, Query query) {
        QueryShape.fault(query, limits).ifPresent(ServletOps::errorBadRequest);
        HttpServletRequest request = action.getRequest();
        AnswerType.of(request, query)
                .ifPresentOrElse(
                        type -> NegotiatedRequest.choose(request, type),
                        () -> ServletOps.error(
                                HttpSC.NOT_ACCEPTABLE_406,
                                AnswerType.refusal(request, !(query.isConstructType() || query.isDescribeType()))));
    }

    /** Fuseki would put question marks in place of what is not UTF-8, and answer another question. */
    @Override
    protected void executeBody(HttpAction action) {
        try {
            byte[] body = action.getRequestInputStream().readAllBytes();
            execute(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .toString(),
                    action);
        } catch (CharacterCodingException e) {
            ServletOps.errorBadRequest("The query is not UTF-8.");
        } catch (IOException e) {
            ServletOps.errorOccurred(e);
        }
    }

    /** What a property function refuses is a fault of the query and not of the server. */
    @Override
    protected void execute(String text, HttpAction action) {
        RunningQuery running = running(action);
        running.asks(text);
        try {
            super.execute(text, action);
        } catch (Known e) {
            action.setResponseStatus(HttpSC.NOT_MODIFIED_304);
        } catch (QueryCancelledException e) {
            throw e;
        } catch (StackOverflowError e) {
            throw running.stop(Stopped.tooDeep());
        } catch (OutOfMemoryError e) {
            throw running.stop(Stopped.forMemory(running.kept(), true));
        } catch (QueryBuildException | QueryExecException | PatternSyntaxException e) {
            ServletOps.errorBadRequest(e.getMessage());
        }
    }

    /** In the transaction: what is said of the data now is said of those that the query runs on. */
    @Override
    protected QueryExec createQueryExec(HttpAction action, Query query, DatasetGraph dataset) {
        RunningQuery running = running(action);
        String seconds = action.getRequestParameter("timeout");
        if (seconds != null) {
            hurry(running, seconds);
        }
        if (isKnown(action, query)) {
            throw new Known();
        }
        return BoundedExecution.of(query, dataset, action.getContext(), running);
    }

    /** Says what the answer will speak of. @return whether the client has it already */
    boolean isKnown(HttpAction action, Query query) {
        String type = action.getRequest().getHeader("Accept");
        return Snapshot.announce(action.getRequest(), action.getResponse(), action.getActiveDSG(), query, type);
    }

    /** As Fuseki takes it: seconds, until the first row and, behind a comma, until the last one. */
    private static void hurry(RunningQuery running, String seconds) {
        try {
            double wanted = Double.parseDouble(seconds.substring(seconds.lastIndexOf(',') + 1));
            if (wanted > 0) {
                running.hurry((long) (wanted * 1e9));
            }
        } catch (NumberFormatException e) {
            ServletOps.errorBadRequest("timeout=" + seconds + ": write seconds, such as timeout=5 or timeout=0.5.");
        }
    }

    @Override
    protected QueryExecResult executeQuery(HttpAction action, QueryExec execution, Query query, String text) {
        RunningQuery running = running(action);
        if (query.isConstructType()) {
            return new QueryExecResult(execution.constructDataset(new LimitedDataset(running)));
        }
        if (query.isDescribeType()) {
            return new QueryExecResult(execution.describe(new LimitedGraph(running)));
        }
        QueryExecResult result = super.executeQuery(action, execution, query, text);
        return result.isRowSet() ? new QueryExecResult(counted(result.rowSet(), running, mostOf(action))) : result;
    }

    /** The client has the answer already. */
    private static final class Known extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Known() {
            super(null, null, false, false);
        }
    }

    private static long mostOf(HttpAction action) {
        return AnswerType.TABLE.equals(action.getRequest().getHeader("Accept")) ? LARGEST_TABLE : Long.MAX_VALUE;
    }

    private static RowSet counted(RowSet rows, RunningQuery running, long most) {
        return RowSetStream.create(rows.getResultVars(), Iter.map(rows, row -> {
            running.row();
            if (running.rows() > most) {
                ServletOps.errorBadRequest("A table to read has at most " + most
                        + " rows: add LIMIT, or take the rows as CSV with format=csv.");
            }
            return row;
        }));
    }

    private static void mustHaveRoom(int size) {
        if (size > LARGEST_GRAPH) {
            ServletOps.errorBadRequest("The query constructs or describes more than " + LARGEST_GRAPH
                    + " triples: add LIMIT and ask for them in parts, or take a dump of the data.");
        }
    }

    private static final class LimitedDataset extends DatasetGraphWrapper {
        private final RunningQuery running;
        private int size;

        LimitedDataset(RunningQuery running) {
            super(DatasetGraphFactory.create());
            this.running = running;
        }

        @Override
        public void add(Quad quad) {
            size++;
            running.step();
            mustHaveRoom(size);
            super.add(quad);
        }
    }

    private static final class LimitedGraph extends GraphWrapper {
        private final RunningQuery running;
        private int size;

        LimitedGraph(RunningQuery running) {
            super(GraphFactory.createDefaultGraph());
            this.running = running;
        }

        @Override
        public void add(Triple triple) {
            size++;
            running.step();
            mustHaveRoom(size);
            super.add(triple);
        }
    }
}
