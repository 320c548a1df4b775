// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.jena.fuseki.server.DataAccessPoint;
import org.apache.jena.fuseki.server.DataAccessPointRegistry;
import org.apache.jena.fuseki.server.DataService;
import org.apache.jena.fuseki.server.Endpoint;
import org.apache.jena.fuseki.server.Operation;
import org.apache.jena.fuseki.server.OperationRegistry;
import org.apache.jena.fuseki.servlets.FusekiFilter;
import org.apache.jena.fuseki.servlets.SPARQL_QueryDataset;
import org.apache.jena.query.ARQ;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.util.Context;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;

/**
 * {@code /sparql}: the SPARQL 1.1 protocol for queries, answered by Fuseki on the same server as everything else. Only
 * the query operation is there; the dataset refuses writes besides; SERVICE is off; a query has a time limit.
 *
 * @see <a href="https://www.w3.org/TR/sparql11-protocol/">SPARQL 1.1 Protocol</a>
 */
public final class SparqlService {
    /** Path of the service. */
    public static final String PATH = "/sparql";

    private final DataAccessPointRegistry services = new DataAccessPointRegistry();

    /**
     * @param catalogue the public dataset, read only, its default graph the union
     * @param timeLimit of one query
     */
    public SparqlService(DatasetGraph catalogue, Duration timeLimit) {
        Context guarded = new Context();
        guarded.set(ARQ.queryTimeout, String.valueOf(timeLimit.toMillis()));
        guarded.setFalse(ARQ.httpServiceAllowed);
        Endpoint query = Endpoint.create()
                .operation(Operation.Query)
                .endpointName("")
                .processor(new SPARQL_QueryDataset())
                .context(guarded)
                .build();
        DataService service =
                DataService.newBuilder(catalogue).addEndpoint(query).build();
        service.goActive();
        services.register(new DataAccessPoint(PATH, service));
    }

    /** Adds the service to a servlet context. */
    public void mount(ServletContextHandler context) {
        DataAccessPointRegistry.set(context.getServletContext(), services);
        OperationRegistry.set(context.getServletContext(), OperationRegistry.createEmpty());
        context.addFilter(new FilterHolder(new FusekiFilter()), PATH, EnumSet.of(DispatcherType.REQUEST));
    }
}
