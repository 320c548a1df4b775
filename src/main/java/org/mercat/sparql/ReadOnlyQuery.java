// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
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
import org.apache.jena.web.HttpSC;

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
        try {
            super.execute(text, action);
        } catch (Known e) {
            action.setResponseStatus(HttpSC.NOT_MODIFIED_304);
        } catch (QueryCancelledException e) {
            throw e;
        } catch (QueryBuildException | QueryExecException | PatternSyntaxException e) {
            ServletOps.errorBadRequest(e.getMessage());
        }
    }

    /** In the transaction: what is said of the data now is said of those that the query runs on. */
    @Override
    protected QueryExec createQueryExec(HttpAction action, Query query, DatasetGraph dataset) {
        String type = action.getRequest().getHeader("Accept");
        if (Snapshot.announce(action.getRequest(), action.getResponse(), action.getActiveDSG(), query, type)) {
            throw new Known();
        }
        return super.createQueryExec(action, TimedPatterns.in(query, timeLimit), dataset);
    }

    @Override
    protected QueryExecResult executeQuery(HttpAction action, QueryExec execution, Query query, String text) {
        return query.isConstructType()
                ? new QueryExecResult(execution.constructDataset(new LimitedGraph()))
                : super.executeQuery(action, execution, query, text);
    }

    /** The client has the answer already. */
    private static final class Known extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Known() {
            super(null, null, false, false);
        }
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
