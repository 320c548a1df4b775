// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.apache.jena.query.ARQ;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sys.JenaSystem;
import org.apache.jena.vocabulary.DCAT;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.mercat.contract.Contracts;
import org.mercat.demand.DemandEngine;
import org.mercat.http.Access;
import org.mercat.http.Api;
import org.mercat.http.Authentication;
import org.mercat.http.Caller;
import org.mercat.http.Registrar;
import org.mercat.http.ResourceRoutes;
import org.mercat.http.Route;
import org.mercat.http.Rules;
import org.mercat.http.TimeHeader;
import org.mercat.ns.MC;
import org.mercat.offering.OfferingRoutes;
import org.mercat.offering.OfferingRules;
import org.mercat.party.AccessLists;
import org.mercat.party.Credentials;
import org.mercat.party.OrganizationRules;
import org.mercat.party.Parties;
import org.mercat.party.SecretRoutes;
import org.mercat.party.SigningKeys;
import org.mercat.party.SystemRules;
import org.mercat.party.TokenRoutes;
import org.mercat.party.Tokens;
import org.mercat.proposal.Decided;
import org.mercat.proposal.Governance;
import org.mercat.proposal.Proposals;
import org.mercat.rdf.Acceptance;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Home;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Queries;
import org.mercat.rdf.QueryFile;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;
import org.mercat.rdf.Vocabularies;
import org.mercat.search.Concepts;
import org.mercat.search.Criteria;
import org.mercat.search.MemberRoutes;
import org.mercat.search.OfferingIndex;
import org.mercat.search.PageWriter;
import org.mercat.search.SearchEngine;
import org.mercat.sparql.PrivateGraphs;
import org.mercat.usage.UsageLog;
import org.mercat.usage.UsageTransfer;
import org.mercat.vocabulary.Live;
import org.mercat.vocabulary.Publication;
import org.mercat.vocabulary.SchemaRoutes;
import org.mercat.web.HomeRoutes;
import org.mercat.web.OperationRoutes;
import org.mercat.web.TemplatePages;

/** A catalogue, open on its data and ready to listen: the only place that wires. */
public final class Catalogue implements AutoCloseable {
    private final Config config;
    private final InstantSource clock;
    private final Store store;
    private final CurrentKnowledge knowledge;
    private final Collection offerings;
    private final Api api;
    private final Loader loader;
    private final BulkLoader bulk;
    private final SearchEngine engine;
    private final Governance governance;
    private final DemandEngine demands;
    private final Trade trade;
    private final OpenData open;
    private final List<Route> routes = new ArrayList<>();
    private final Optional<String> newOperatorSecret;
    private volatile boolean isReady;

    /**
     * Opens a catalogue's data. It does not listen yet.
     *
     * @param indexing is told now and then when the search index has to catch up
     * @param clock of all that is registered, agreed on, used and charged; sign-in and proposals go by the machine's
     * @throws RuntimeException saying what to mend, when the data or the files of the home cannot be used
     */
    public static Catalogue open(Config config, OfferingIndex.Progress indexing, InstantSource clock) {
        JenaSystem.init(); // before threads that would each begin it
        ARQ.globalServiceAllowed = false;
        CompletableFuture<Home> home = CompletableFuture.supplyAsync(() -> new Home(config.home()));
        CompletableFuture<Knowledge> knowledge = home.thenApply(read -> Knowledge.read(read, config.baseIri()));
        Store store = Store.open(config.data());
        CompletableFuture<UsageLog> usage =
                CompletableFuture.supplyAsync(() -> UsageLog.open(config.data().resolve("usage")));
        try {
            mustHaveBase(store, config);
            return new Catalogue(config, store, usage, knowledge, indexing, clock);
        } catch (RuntimeException e) {
            Trade.close(usage);
            store.close();
            throw e;
        }
    }

    /** Opens a catalogue's data. It does not listen yet. */
    public static Catalogue open(Config config) {
        return open(config, (made, all) -> {}, InstantSource.system());
    }

    private static <T> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static void mustHaveBase(Store store, Config config) {
        String kept = store.baseIri(config.baseIri());
        if (!kept.equals(config.baseIri())) {
            throw new IllegalStateException("The data in " + config.data() + " have the base IRI " + kept
                    + " , with which all their IRIs begin, and not " + config.baseIri()
                    + " . Start with --base-iri " + kept + " (MERCAT_BASE_IRI), or give another folder with --data.");
        }
    }

    private Catalogue(
            Config config,
            Store store,
            CompletableFuture<UsageLog> usage,
            CompletableFuture<Knowledge> reading,
            OfferingIndex.Progress indexing,
            InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.store = store;
        Parties parties = Parties.of(config.baseIri());
        Credentials credentials = new Credentials(store, parties);
        this.newOperatorSecret = credentials.ensureOperator(config.operatorSecret(), Config.DEMO_SECRET);
        SigningKeys keys = SigningKeys.open(config.data(), InstantSource.system());
        Tokens tokens = new Tokens(keys, config.baseIri(), credentials, InstantSource.system());
        PrometheusMeterRegistry metrics = metrics();

        Knowledge begin = result(reading);
        Proposals proposals = new Proposals(store, config.baseIri());
        this.knowledge = new CurrentKnowledge(config, store, begin, Decided.by(proposals));
        JsonContext context = begin.context();
        Documents documents = new Documents(context);
        Resources resources = new Resources(store, documents);
        Supplier<Acceptance> acceptance = () -> knowledge.get().acceptance();
        this.offerings = offerings(config.baseIri());
        this.governance = new Governance(
                store,
                proposals,
                parties,
                () -> knowledge.get().terms(),
                () -> knowledge.get().vocabularies(),
                () -> knowledge.get().home(),
                () -> knowledge.get().files(),
                knowledge::adopt);
        AccessLists lists = new AccessLists(store::ledgerGraph, offerings);
        Rules offeringRules = governance.ofOfferings(new OfferingRules(parties, offerings, lists));
        Registrar organizations = new Registrar(
                store, acceptance, parties.organizations(), new OrganizationRules(parties, credentials), clock);
        Registrar providers = new Registrar(
                store, acceptance, parties.providers(), SystemRules.ofProviders(parties, credentials), clock);
        Registrar consumers = new Registrar(
                store, acceptance, parties.consumers(), SystemRules.ofConsumers(parties, credentials), clock);
        Registrar offering = new Registrar(store, acceptance, offerings, offeringRules, clock);
        Registrar proposal =
                new Registrar(store, acceptance, proposals.collection(), governance.rules(config.commentPeriod()));
        PageWriter pages = new PageWriter(context, documents, resources);
        MemberRoutes members = new MemberRoutes(store, () -> knowledge.get().queries(), pages);
        this.engine = engine(config, store, knowledge.get(), documents, offerings, clock);
        knowledge.follow(engine);

        this.demands = new DemandEngine(store, engine, offerings, proposals, config.allowPrivateWebhooks(), clock);
        Registrar demand = new Registrar(
                store,
                acceptance,
                demands.collection(),
                governance.ofDemands(demands.rules(parties.consumers())),
                clock);
        routes.addAll(demands.routes(demand, documents, resources, pages));
        TemplatePages templates = new TemplatePages();
        this.trade = new Trade(config, store, usage, parties, acceptance, documents, context, templates, clock);
        Registrar conditions = trade.conditions();
        this.loader = new Loader(
                documents, List.of(organizations, providers, consumers, conditions, proposal, offering, demand));
        this.bulk = new BulkLoader(store, engine, documents, loader, offering);
        routes.add(members.route(conditions.collection()));
        routes.addAll(new ResourceRoutes("/conditions/{organization}/{version}", conditions, documents, resources)
                .routes(Access.ORGANIZATIONS));
        routes.addAll(trade.routes(offerings, keys));
        routes.addAll(engine.routes(pages, resources, templates, trade.billing()::promoted));
        for (Registrar party : List.of(organizations, providers, consumers)) {
            routes.add(members.route(party.collection()));
            routes.addAll(partyRoutes(party, documents, resources));
        }
        routes.addAll(new SecretRoutes(store, parties, credentials).routes());
        routes.addAll(new TokenRoutes(tokens, keys, credentials, config.baseIri(), InstantSource.system()).routes());
        routes.addAll(new OfferingRoutes(
                        store,
                        offering,
                        documents,
                        engine.visible(resources),
                        lists,
                        engine.offeringPages(templates),
                        clock)
                .routes());
        routes.addAll(governance.routes(proposal, documents, resources, pages));
        routes.addAll(new SchemaRoutes(() -> knowledge.get().home(), context).routes());
        routes.addAll(templates.routes());
        Live live = new Live(
                () -> knowledge.get().vocabularies(),
                () -> knowledge.get().terms(),
                engine::usage,
                engine::offerings,
                governance::events);
        routes.addAll(new Publication(live, knowledge.archive(), templates).routes());
        routes.addAll(new ReloadRoutes(knowledge, config.home().isPresent()).routes());
        routes.addAll(new OperationRoutes(this::trouble, metrics, clock).routes());
        routes.addAll(new HomeRoutes(config.baseIri(), engine, templates).routes());
        this.open = new OpenData(config, store, engine, knowledge::get, context, metrics);
        routes.addAll(open.routes(templates));
        routes.addAll(open.ledger(
                PrivateGraphs.all(List.of(lists::privateGraphs, demands::privateGraphs, trade::privateGraphs)),
                trade.usageGraphs(),
                tokens::verify));
        Function<String, Optional<Caller>> counted = trade.counting(tokens::verify);
        this.api = new Api(
                routes,
                new Authentication(counted),
                metrics,
                handler -> {
                    if (isTimeItsOwn()) {
                        handler.addFilter(
                                new FilterHolder(new TimeHeader(clock)), "/*", EnumSet.of(DispatcherType.REQUEST));
                    }
                    open.mount(handler, counted);
                },
                templates);
        try {
            engine.catchUp(indexing);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** Whether it goes by another time than the machine. */
    boolean isTimeItsOwn() {
        return !clock.equals(InstantSource.system());
    }

    private static SearchEngine engine(
            Config config,
            Store store,
            Knowledge knowledge,
            Documents documents,
            Collection offerings,
            InstantSource clock) {
        return new SearchEngine(
                config.data().resolve("index"),
                store,
                knowledge.terms(),
                knowledge.context(),
                documents,
                offerings,
                knowledge.version(),
                config.sparqlTimeLimit(),
                clock);
    }

    /**
     * Makes the search index anew from a store, which may have another base IRI than the settings say.
     *
     * @param progress is told of the offerings that are done
     */
    static void reindex(Config config, Store store, Progress progress) {
        try (SearchEngine engine = engine(config, store)) {
            engine.rebuild((made, all) -> progress.at(made, (double) made / all));
        }
    }

    /** The search over a store that is not served, which may have another base IRI than the settings say. */
    static SearchEngine engine(Config config, Store store) {
        String baseIri = store.baseIri(config.baseIri());
        Home home = new Home(config.home());
        Knowledge knowledge = Knowledge.read(home, baseIri).with(Decided.by(new Proposals(store, baseIri)));
        return engine(
                config,
                store,
                knowledge,
                new Documents(knowledge.context()),
                offerings(baseIri),
                InstantSource.system());
    }

    private static Collection offerings(String baseIri) {
        return new Collection("offerings", MC.Offering, 3, baseIri);
    }

    private static List<Route> partyRoutes(Registrar registrar, Documents documents, Resources resources) {
        String collection = "/" + registrar.collection().name();
        String member =
                collection + (registrar.collection().segments() == 1 ? "/{organization}" : "/{organization}/{system}");
        ResourceRoutes members = new ResourceRoutes(member, registrar, documents, resources);
        List<Route> routes = new ArrayList<>(members.routes(Access.ORGANIZATIONS));
        routes.add(Route.post(collection, Access.ORGANIZATIONS, members::create));
        return routes;
    }

    private PrometheusMeterRegistry metrics() {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(metrics);
        Gauge.builder("mercat.store.backlog", store, Store::backlog).register(metrics);
        Gauge.builder("mercat.store.revision", store, Store::revision).register(metrics);
        return metrics;
    }

    /** Registers resources one after the other. */
    Loader loader() {
        return loader;
    }

    /** Registers what a file says; the first offerings of a catalogue in bulk. */
    Loader.Outcome load(Path file, Progress progress) {
        result(knowledge.published());
        return bulk.takes(file) ? bulk.load(file, progress) : loader.load(file, progress);
    }

    /**
     * Brings in what {@link WholeExport} has written, where nothing was agreed on and used yet.
     *
     * @throws IllegalArgumentException if it is not whole, or there is something here already
     */
    Loader.Outcome loadAll(Path folder, Progress progress) {
        WholeExport export = new WholeExport(folder);
        export.mustBeWhole();
        UsageTransfer transfer = trade.transfer();
        if (!trade.contracts().all().isEmpty() || !transfer.isEmpty()) {
            throw new IllegalArgumentException("There are contracts or usage in " + config.data() + " already: load "
                    + folder + " into a new folder.");
        }
        Loader.Outcome outcome = load(export.catalogue(), progress);
        if (export.restricted().isPresent()) {
            outcome = outcome.and(load(export.restricted().get(), progress));
        }
        int resources = export.loadLedger(store);
        export.loadUsage(transfer);
        return new Loader.Outcome(outcome.stored() + resources, outcome.refusals());
    }

    /** What was agreed on. */
    Contracts contracts() {
        return trade.contracts();
    }

    /** The search over the offerings. */
    SearchEngine engine() {
        return engine;
    }

    /** The rows of a query that may use what {@code /sparql} offers. */
    List<Binding> select(Query query) {
        return store.read(data -> Queries.select(data, query, config.sparqlTimeLimit(), engine.functions()));
    }

    /** The vocabularies that it was opened with. */
    Vocabularies vocabularies() {
        return knowledge.get().vocabularies();
    }

    /** The query library that it was opened with. */
    java.util.Collection<QueryFile> queries() {
        return knowledge.get().queries().all();
    }

    /** By the id of each demand its search, as REST takes it. */
    SortedMap<String, Map<String, List<String>>> searchesOfDemands() {
        return store.read(data -> {
            SortedMap<String, Map<String, List<String>>> searches = new TreeMap<>();
            data.find(Node.ANY, Node.ANY, MC.criteria, Node.ANY)
                    .forEachRemaining(quad -> demands.collection()
                            .idOf(quad.getGraph())
                            .ifPresent(id -> searches.put(
                                    id,
                                    Criteria.in(data.getGraph(quad.getGraph()), quad.getObject())
                                            .words())));
            return searches;
        });
    }

    /** By the id of each offering all categories and types that it is found under: its own and those above them. */
    SortedMap<String, Set<String>> conceptsOfOfferings() {
        Concepts concepts = new Concepts(knowledge.get().terms());
        return store.read(data -> {
            SortedMap<String, Set<String>> found = new TreeMap<>();
            for (Node property : List.of(DCAT.theme.asNode(), MC.semanticType)) {
                data.find(Node.ANY, Node.ANY, property, Node.ANY)
                        .forEachRemaining(quad -> offerings
                                .idOf(quad.getGraph())
                                .ifPresent(id -> concepts.ancestors(quad.getObject())
                                        .keySet()
                                        .forEach(above -> found.computeIfAbsent(id, i -> new TreeSet<>())
                                                .add(above.toString()))));
            }
            return found;
        });
    }

    /** Every route, for those who hold them against the document. */
    List<Route> routes() {
        return List.copyOf(routes);
    }

    /** The operator's secret if it was made just now; it is told this once. */
    Optional<String> newOperatorSecret() {
        return newOperatorSecret;
    }

    /**
     * Starts listening, loads the demonstration meanwhile if asked, and is ready then. @return the port
     *
     * @throws IllegalStateException if it cannot listen there
     */
    public int start() {
        demands.start();
        governance.finish();
        CompletableFuture<Void> demonstration = CompletableFuture.runAsync(() -> {
            if (config.demo()) {
                Demonstration.load(loader);
            }
        });
        int port = listen();
        result(demonstration);
        store.readsFollow(knowledge.published());
        knowledge.watch();
        trade.start();
        open.start();
        isReady = true;
        return port;
    }

    private int listen() {
        try {
            return api.start(config.host(), config.port());
        } catch (RuntimeException e) {
            String reason = String.valueOf(rootOf(e).getMessage());
            throw new IllegalStateException(
                    reason.contains("in use")
                            ? "Port " + config.port() + " of " + config.host() + " is in use by another program: stop"
                                    + " that one, or choose another port with --port (MERCAT_PORT), 0 for any free one."
                            : "Cannot listen on " + config.host() + ", port " + config.port() + " (" + reason
                                    + "): see --host (MERCAT_HOST) and --port (MERCAT_PORT).",
                    e);
        }
    }

    private static Throwable rootOf(Throwable thrown) {
        return thrown.getCause() == null ? thrown : rootOf(thrown.getCause());
    }

    /** Why it is not ready, if it is not. */
    private Optional<String> trouble() {
        if (!isReady) {
            return Optional.of("It is starting.");
        }
        if (knowledge.published().isCompletedExceptionally()) {
            return Optional.of("The vocabularies cannot be written to the store; the log says why.");
        }
        if (!store.isHealthy()) {
            return Optional.of("The store takes no writes; the log says why.");
        }
        if (!trade.isHealthy()) {
            return Optional.of("The usage log takes no writes; the log says why.");
        }
        return engine.isHealthy()
                ? Optional.empty()
                : Optional.of("The search index takes no changes; the log says why.");
    }

    /** Lets the requests under way finish, writes what is queued, and closes the data. */
    @Override
    public void close() {
        knowledge.close();
        demands.stopListening();
        trade.stopRuns();
        api.close();
        open.close();
        demands.close();
        trade.close();
        engine.close();
        store.close();
    }
}
