// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.mercat.dump.DatasetDescription;
import org.mercat.dump.DumpRoutes;
import org.mercat.dump.Dumps;
import org.mercat.http.Caller;
import org.mercat.http.Route;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Store;
import org.mercat.search.SearchEngine;
import org.mercat.sparql.Dataset;
import org.mercat.sparql.PrivateGraphs;
import org.mercat.sparql.SparqlService;
import org.mercat.usage.UsageGraphs;
import org.mercat.web.TemplatePages;

/** The public data as such: dumps, and SPARQL with its library, console and explanations, wired. */
final class OpenData implements AutoCloseable {
    /** Offerings that a suggested search gives. */
    private static final int SUGGESTED = 100;

    private final Config config;
    private final Store store;
    private final SearchEngine engine;
    private final Supplier<Knowledge> knowledge;
    private final JsonContext context;
    private final Dumps dumps;
    private final SparqlService sparql;

    OpenData(
            Config config,
            Store store,
            SearchEngine engine,
            Supplier<Knowledge> knowledge,
            JsonContext context,
            PrometheusMeterRegistry metrics) {
        this.config = config;
        this.store = store;
        this.engine = engine;
        this.knowledge = knowledge;
        this.context = context;
        this.dumps = new Dumps(
                config.data().resolve("dumps"),
                store,
                context.prefixes(),
                config.baseIri(),
                config.dumps(),
                InstantSource.system());
        this.sparql = new SparqlService(store.readOnlyCatalogue(), engine.functions(), config.sparql(), metrics);
    }

    List<Route> routes(TemplatePages templates) {
        DumpRoutes dumpRoutes = new DumpRoutes(dumps, config.baseIri(), config.dumps(), templates);
        DatasetDescription dataset = dumpRoutes.description();
        List<Route> routes = new ArrayList<>(dumpRoutes.routes());
        routes.addAll(sparql.library(
                () -> knowledge.get().queries(),
                context,
                config.baseIri(),
                node -> knowledge.get().terms().isKnown(node),
                templates));
        routes.addAll(sparql.description(
                context,
                config.baseIri(),
                () -> new Dataset(dataset.dataset(), dataset.graph()),
                sparql.console(() -> knowledge.get().queries(), context, templates)));
        routes.addAll(sparql.explain(criteria -> engine.query(criteria, SUGGESTED)));
        return routes;
    }

    /** What answers about private graphs. */
    List<Route> ledger(PrivateGraphs graphs, UsageGraphs usage, Function<String, Optional<Caller>> tokens) {
        return sparql.ledger(store.readOnlyLedger(), graphs, usage::of, tokens);
    }

    /** Has the server ask it. */
    void mount(ServletContextHandler handler, Function<String, Optional<Caller>> tokens) {
        sparql.mount(handler, tokens);
    }

    /** Makes dumps from now on. */
    void start() {
        dumps.start();
    }

    @Override
    public void close() {
        dumps.close();
        sparql.close();
    }
}
