// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import io.javalin.http.Handler;
import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.function.FunctionRegistry;
import org.apache.jena.sparql.pfunction.PropertyFunctionFactory;
import org.apache.jena.sparql.pfunction.PropertyFunctionRegistry;
import org.apache.jena.sparql.util.Context;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.mercat.http.Pages;
import org.mercat.http.Route;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Queries;

/**
 * {@code /sparql}: the SPARQL 1.1 protocol for queries, answered by Fuseki on the same server as everything else. Only
 * the query operation is there; the dataset refuses writes besides; SERVICE is off; a query has a time limit. A stock
 * Fuseki is set up alike by {@code fuseki-config/catalogue.ttl}.
 *
 * @see <a href="https://www.w3.org/TR/sparql11-protocol/">SPARQL 1.1 Protocol</a>
 */
public final class SparqlService {
    /** Path of the service. */
    public static final String PATH = "/sparql";

    /** Of one query, where nobody says another. */
    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(30);

    private final DataAccessPointRegistry services = new DataAccessPointRegistry();
    private final Duration timeLimit;
    private final Places places = new Places();
    private final DatasetGraph catalogue;
    private final Context guarded;

    /**
     * @param catalogue the public dataset, read only, its default graph the union
     * @param functions property functions that queries may use, by IRI
     * @param timeLimit of one query
     */
    public SparqlService(DatasetGraph catalogue, Map<String, PropertyFunctionFactory> functions, Duration timeLimit) {
        this.timeLimit = timeLimit;
        this.catalogue = catalogue;
        this.guarded = new Context();
        guarded.set(ARQ.queryTimeout, String.valueOf(timeLimit.toMillis()));
        guarded.setFalse(ARQ.httpServiceAllowed);
        FunctionRegistry.set(guarded, new KnownFunctions());
        PropertyFunctionRegistry.set(guarded, new KnownFunctions.OfProperties(functions));
        Endpoint query = Endpoint.create()
                .operation(Operation.Query)
                .endpointName("")
                .processor(new ReadOnlyQuery(timeLimit))
                .context(guarded)
                .build();
        DataService service =
                DataService.newBuilder(catalogue).addEndpoint(query).build();
        service.goActive();
        services.register(new DataAccessPoint(PATH, service));
    }

    /** The service as Fuseki knows it. */
    DataService service() {
        return services.get(PATH).getDataService();
    }

    /** Runs single queries as the service does, in its places. */
    QueryRunner runner() {
        return new QueryRunner(catalogue, guarded, places, timeLimit);
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

    /** The page to write queries on. @param queries examples @param context whose prefixes are completed */
    public Handler console(Supplier<Queries> queries, JsonContext context, Pages pages) {
        boolean explains = false; // until there is /sparql/explain
        return new Console(queries, context.prefixes(), explains, pages)::answer;
    }

    /** Adds the service to a servlet context. */
    public void mount(ServletContextHandler context) {
        DataAccessPointRegistry.set(context.getServletContext(), services);
        OperationRegistry.set(context.getServletContext(), OperationRegistry.createEmpty());
        context.addFilter(
                new FilterHolder(new Guard(new FusekiFilter(), places, timeLimit)),
                PATH,
                EnumSet.of(DispatcherType.REQUEST));
    }
}
