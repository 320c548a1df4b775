// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryException;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.QueryParseException;
import org.apache.jena.query.Syntax;
import org.apache.jena.query.TxnType;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.system.Txn;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Fault;
import org.mercat.http.Route;

/** {@code /sparql/explain}: what a query would do, asked as {@code /sparql} is. */
final class ExplainRoutes {
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain";
    private static final Pattern TYPES = Pattern.compile("application/(sparql-query|x-www-form-urlencoded)");

    private final DatasetGraph catalogue;
    private final Explainer explainer;
    private final QueryPool pool;

    ExplainRoutes(DatasetGraph catalogue, Explainer explainer, QueryPool pool) {
        this.catalogue = catalogue;
        this.explainer = explainer;
        this.pool = pool;
    }

    List<Route> routes() {
        return List.of(
                Route.get(SparqlService.EXPLAIN, Access.PUBLIC, this::explain),
                Route.post(SparqlService.EXPLAIN, Access.PUBLIC, this::explain));
    }

    private void explain(Context ctx) {
        ctx.header("Access-Control-Allow-Origin", "*").header("Vary", "Accept");
        String accept = ctx.header("Accept") == null ? "*/*" : ctx.header("Accept");
        String type = org.mercat.rdf.Syntax.accepted(accept, List.of(JSON, TEXT, "text/html"))
                .orElseThrow(() -> Kind.NOT_ACCEPTABLE.because(
                        "\"" + accept + "\" is not offered. There are " + JSON + " and " + TEXT + "."));
        Query query = parse(text(ctx));
        Explanation explanation = explained(ctx, query);
        if (type.equals(JSON)) {
            ctx.json(explanation);
        } else {
            ctx.contentType(TEXT + ";charset=utf-8").result(explanation.text());
        }
    }

    private Explanation explained(Context ctx, Query query) {
        try {
            RunningQuery running = pool.enter(new Asker(Authentication.callerOf(ctx), ctx.ip()));
            running.asks("EXPLAIN " + query.serialize());
            try {
                return pool.run(running, () -> Txn.calc(catalogue, TxnType.READ, () -> explainer.explain(query)));
            } finally {
                pool.log().done(running, running.stopped().isPresent() ? 503 : 200, 0);
            }
        } catch (Refused e) {
            ctx.header("Retry-After", e.seconds());
            throw e.failure().asException();
        } catch (Stopped e) {
            throw e.failure().asException();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Context ctx) {
        String type = String.valueOf(ctx.contentType()).toLowerCase(Locale.ROOT);
        if (ctx.contentType() != null && !TYPES.matcher(type).lookingAt()) {
            throw Kind.UNSUPPORTED_MEDIA_TYPE.because("\"" + ctx.contentType()
                    + "\" is not taken: send application/sparql-query or application/x-www-form-urlencoded.");
        }
        String query = type.startsWith("application/sparql-query")
                ? ctx.body()
                : ctx.queryParam("query") != null ? ctx.queryParam("query") : ctx.formParam("query");
        if (query == null || query.isBlank()) {
            throw Kind.BAD_REQUEST.because("No query: send GET " + SparqlService.EXPLAIN
                    + "?query=..., or POST the query as application/sparql-query or in a form.");
        }
        if (query.length() > LimitedRequest.LIMIT) {
            throw Kind.TOO_LARGE.because("A query has at most " + LimitedRequest.LIMIT + " bytes.");
        }
        return query;
    }

    private static Query parse(String text) {
        try {
            return QueryFactory.create(text, "http://server/unset-base/", Syntax.syntaxARQ);
        } catch (QueryParseException e) {
            if (e.getMessage() == null || e.getCause() instanceof StackOverflowError) {
                throw Stopped.tooDeep().asException();
            }
            List<Fault> faults =
                    e.getLine() < 0 ? List.of() : List.of(Fault.at(null, e.getLine(), e.getColumn(), e.getMessage()));
            throw new Failure.Malformed(e.getMessage(), faults).asException();
        } catch (StackOverflowError e) {
            throw Stopped.tooDeep().asException();
        } catch (QueryException e) {
            throw Kind.BAD_REQUEST.because(String.valueOf(e.getMessage()));
        }
    }
}
