// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.mercat.contract.Contracts;
import org.mercat.dispute.Redress;
import org.mercat.http.Caller;
import org.mercat.http.Pages;
import org.mercat.http.Route;
import org.mercat.rdf.Acceptance;
import org.mercat.rdf.Documents;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;
import org.mercat.search.PageWriter;
import org.mercat.usage.Calls;
import org.mercat.usage.UsageLog;

/** Billing as a whole: what is charged, by whom, and the documents that say so. */
public final class Billing implements AutoCloseable {
    private final BillingRuns runs;
    private final OwnGraphs own;
    private final Redress redress;
    private final Promotions promotions;
    private final SimulationRoutes simulations;
    private final List<Route> routes = new ArrayList<>();
    private CompletableFuture<Void> resumed = CompletableFuture.completedFuture(null);

    /**
     * @param usage is asked for at the first request
     * @param pages for people who read documents
     * @param clock that says which months are over
     */
    public Billing(
            Store store,
            String baseIri,
            Contracts contracts,
            Supplier<UsageLog> usage,
            Calls calls,
            Documents documents,
            JsonContext context,
            Supplier<Acceptance> acceptance,
            Pages pages,
            InstantSource clock) {
        Places places = new Places(baseIri);
        StoredConditions conditions = new StoredConditions(store, places);
        Reception reception = new Reception(store, documents, acceptance);
        this.promotions = new Promotions(store, places, conditions, clock);
        this.own = new OwnGraphs(places, contracts);
        this.redress = new Awards(store, places);
        Answers answers = new Answers(documents);
        PageWriter lists = new PageWriter(context, documents, Resources.ofLedger(store, documents));
        Archive archive = new Archive(store, places, own);
        this.runs = new BillingRuns(
                store, places, contracts, conditions, new Counters(store, places, calls, promotions), usage, clock);
        routes.addAll(new ConditionRoutes(store, places, conditions, answers, lists, reception, clock).routes());
        routes.addAll(new PromotionRoutes(store, places, promotions, reception, answers, lists, clock).routes());
        routes.addAll(new CountRoutes(runs, conditions, clock).routes());
        this.simulations = new SimulationRoutes(
                new SimulationBody(store, places, reception, conditions, clock),
                new Simulations(contracts, usage, conditions, runs),
                places,
                usage);
        routes.addAll(simulations.routes());
        routes.addAll(new RunRoutes(store, places, runs, answers, lists).routes());
        PaperPages papers = new PaperPages(store, places, contracts, own);
        Trace trace = new Trace(places, contracts, usage);
        routes.addAll(new PaperRoutes(archive, answers, lists, papers, trace, pages).routes());
        routes.addAll(new PaperStepRoutes(archive, answers, clock).routes());
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /** Gives back what disputes award. */
    public Redress redress() {
        return redress;
    }

    /** Goes on with a billing run that was interrupted, if there is one, beside what is asked meanwhile. */
    public void resume() {
        resumed = CompletableFuture.runAsync(runs::resume, task -> new Thread(task, "mercat-billing").start());
    }

    /** The offerings that are promoted today. */
    public Set<Node> promoted() {
        return promotions.promoted();
    }

    /** Interrupts a run that goes on, between two writes, and leaves the simulations that are under way. */
    @Override
    public void close() {
        simulations.close();
        runs.stop();
        resumed.join();
    }

    /** The graphs of billing that a caller may read. @param ledger in a transaction */
    public Set<Node> privateGraphs(Caller caller, DatasetGraph ledger) {
        return own.of(caller, ledger);
    }
}
