// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import io.javalin.http.Handler;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.jena.fuseki.server.DataAccessPoint;
import org.apache.jena.fuseki.server.DataAccessPointRegistry;
import org.apache.jena.fuseki.server.DataService;
import org.apache.jena.fuseki.server.Endpoint;
import org.apache.jena.fuseki.server.Operation;
import org.apache.jena.fuseki.server.OperationRegistry;
import org.apache.jena.fuseki.servlets.FusekiFilter;
import org.apache.jena.graph.Node;
import org.apache.jena.query.ARQ;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.function.FunctionRegistry;
import org.apache.jena.sparql.pfunction.PropertyFunctionFactory;
import org.apache.jena.sparql.pfunction.PropertyFunctionRegistry;
import org.apache.jena.sparql.util.Context;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.mercat.http.Caller;
import org.mercat.http.Pages;
import org.mercat.http.Route;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Queries;

/**
 * {@code /sparql}: the SPARQL 1.1 protocol for queries, answered by Fuseki on the same server as everything else. Only
 * the query operation is there; the dataset refuses writes besides; SERVICE is off; queries run in a pool of their
 * own, within {@link Limits}. A stock Fuseki is set up alike by {@code fuseki-config/catalogue.ttl}.
 *
 * @see <a href="https://www.w3.org/TR/sparql11-protocol/">SPARQL 1.1 Protocol</a>
 */
public final class SparqlService implements AutoCloseable {
    /** Path of the service. */
    public static final String PATH = "/sparql";

    /** Where a query is told about instead of being run. */
    static final String EXPLAIN = PATH + "/explain";

    private final DataAccessPointRegistry services = new DataAccessPointRegistry();
    private final QueryPool pool;
    private final DatasetGraph catalogue;
    private final Context guarded;
    private final KnownFunctions known = new KnownFunctions();
    private final KnownFunctions.OfProperties properties;

    /**
     * @param catalogue the public dataset, read only, its default graph the union
     * @param functions property functions that queries may use, by IRI
     * @param limits of the queries
     * @param metrics where they are counted
     */
    public SparqlService(
            DatasetGraph catalogue,
            Map<String, PropertyFunctionFactory> functions,
            Limits limits,
            MeterRegistry metrics) {
        this.pool = new QueryPool(limits, metrics);
        this.catalogue = catalogue;
        this.guarded = new Context();
        guarded.set(ARQ.queryTimeout, String.valueOf(limits.time().toMillis()));
        guarded.setFalse(ARQ.httpServiceAllowed);
        FunctionRegistry.set(guarded, known);
        this.properties = new KnownFunctions.OfProperties(functions);
        PropertyFunctionRegistry.set(guarded, properties);
        register(PATH, catalogue, new ReadOnlyQuery(limits), guarded);
    }

    private void register(String path, DatasetGraph dataset, ReadOnlyQuery processor, Context context) {
        Endpoint query = Endpoint.create()
                .operation(Operation.Query)
                .endpointName("")
                .processor(processor)
                .context(context)
                .build();
        DataService service = DataService.newBuilder(dataset).addEndpoint(query).build();
        service.goActive();
        services.register(new DataAccessPoint(path, service));
    }

    /**
     * The same service over what is private to its callers, without the functions that look elsewhere.
     *
     * @param ledger the private dataset, read only
     * @param graphs who may read which of its graphs
     * @param made who may read which graphs that are in no database
     * @param tokens who has an access token; empty if it is no good
     */
    public List<Route> ledger(
            DatasetGraph ledger,
            PrivateGraphs graphs,
            PrivateGraphs.Made made,
            Function<String, Optional<Caller>> tokens) {
        Context context = guarded.copy();
        PropertyFunctionRegistry.set(context, new KnownFunctions.OfProperties(Map.of()));
        register(LedgerRoutes.PATH, ledger, new OwnQuery(pool.limits(), graphs, made), context);
        return new LedgerRoutes(new Guard(new FusekiFilter(), pool, tokens)).routes();
    }

    /** The service as Fuseki knows it. */
    DataService service() {
        return services.get(PATH).getDataService();
    }

    /** Runs single queries as the service does, in its pool. */
    QueryRunner runner() {
        return new QueryRunner(catalogue, guarded, pool);
    }

    QueryPool pool() {
        return pool;
    }

    /**
     * The query library, whose queries are asked by their names, with the limits of the service.
     *
     * @param context whose prefixes IRIs may be written with
     * @param isTerm whether a node is a term of this catalogue's vocabularies, which has a page
     */
    public List<Route> library(
            Supplier<Queries> queries, JsonContext context, String baseIri, Predicate<Node> isTerm, Pages pages) {
        LibraryPages people = new LibraryPages(pages, context.prefixes(), new NodeLinks(baseIri, isTerm));
        return new LibraryRoutes(queries, runner(), context.prefixes(), baseIri, people).routes();
    }

    /**
     * The page to write queries on.
     *
     * @param queries examples
     * @param context whose prefixes are completed
     */
    public Handler console(Supplier<Queries> queries, JsonContext context, Pages pages) {
        return new Console(queries, context.prefixes(), pages)::answer;
    }

    /**
     * What the service says of itself, and its graphs as documents.
     *
     * @param dataset what it answers from
     * @param page for people who come without a query
     */
    public List<Route> description(JsonContext context, String baseIri, Supplier<Dataset> dataset, Handler page) {
        List<Route> routes = new ArrayList<>(new GraphRoutes(catalogue, pool, context.prefixes()).routes());
        routes.add(new ServiceDescription(baseIri, known, properties).route(dataset, page));
        return routes;
    }

    /**
     * Tells what a query would do.
     *
     * @param search the query that asks {@code mc:search} for criteria as REST takes them
     */
    public List<Route> explain(Function<Map<String, List<String>>, Query> search) {
        return new ExplainRoutes(catalogue, new Explainer(catalogue, guarded, pool.limits(), search), pool).routes();
    }

    /** Adds the service to a servlet context. @param tokens who has an access token; empty if it is no good */
    public void mount(ServletContextHandler context, Function<String, Optional<Caller>> tokens) {
        DataAccessPointRegistry.set(context.getServletContext(), services);
        OperationRegistry.set(context.getServletContext(), OperationRegistry.createEmpty());
        context.addFilter(new FilterHolder(pool.others()), "/*", EnumSet.of(DispatcherType.REQUEST));
        FilterHolder entrance = new FilterHolder(new Entrance(new Guard(new FusekiFilter(), pool, tokens)));
        for (String path : List.of(PATH, PATH + "/")) {
            context.addFilter(entrance, path, EnumSet.of(DispatcherType.REQUEST));
        }
    }

    /** Ends the queries that still run. */
    @Override
    public void close() {
        pool.close();
    }
}
