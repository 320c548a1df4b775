// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.mercat.billing.Billing;
import org.mercat.contract.ContractRoutes;
import org.mercat.contract.ContractRules;
import org.mercat.contract.ContractTokenRoutes;
import org.mercat.contract.Contracts;
import org.mercat.contract.DueContracts;
import org.mercat.dispute.DisputeRoutes;
import org.mercat.dispute.Disputes;
import org.mercat.http.Caller;
import org.mercat.http.Registrar;
import org.mercat.http.Route;
import org.mercat.party.Parties;
import org.mercat.party.SigningKeys;
import org.mercat.rdf.Acceptance;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Records;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;
import org.mercat.search.PageWriter;
import org.mercat.usage.ArchiveRoutes;
import org.mercat.usage.Calls;
import org.mercat.usage.UsageArchives;
import org.mercat.usage.UsageGraphs;
import org.mercat.usage.UsageLog;
import org.mercat.usage.UsageRoutes;
import org.mercat.usage.UsageTransfer;
import org.mercat.web.TemplatePages;

/** All that is agreed on, used and charged, wired. */
final class Trade implements AutoCloseable {
    private final Config config;
    private final Store store;
    private final CompletableFuture<UsageLog> usage;
    private final Supplier<Acceptance> acceptance;
    private final Documents documents;
    private final JsonContext context;
    private final InstantSource clock;
    private final Contracts contracts;
    private final DueContracts due;
    private final Registrar conditions;
    private final Calls calls;
    private final UsageArchives archives;
    private final Billing billing;

    /** @param usage that is being opened meanwhile */
    Trade(
            Config config,
            Store store,
            CompletableFuture<UsageLog> usage,
            Parties parties,
            Supplier<Acceptance> acceptance,
            Documents documents,
            JsonContext context,
            TemplatePages templates,
            InstantSource clock) {
        this.config = config;
        this.store = store;
        this.usage = usage;
        this.acceptance = acceptance;
        this.documents = documents;
        this.context = context;
        this.clock = clock;
        this.contracts = new Contracts(store, parties, config.baseIri(), clock);
        this.due = new DueContracts(contracts, clock, DueContracts.USUAL);
        this.conditions =
                new Registrar(store, acceptance, contracts.conditions().collection(), contracts.conditions(), clock);
        this.calls = new Calls(usage::join, clock);
        this.archives = new UsageArchives(archiveFolder(), usage::join, contracts, clock);
        usage.thenAccept(archives::follow);
        this.billing = new Billing(
                store,
                config.baseIri(),
                contracts,
                usage::join,
                calls,
                documents,
                context,
                acceptance,
                templates,
                clock);
    }

    private Path archiveFolder() {
        return config.data().resolve("archives");
    }

    /** All routes but those of conditions, which are public. */
    List<Route> routes(Collection offerings, SigningKeys keys) {
        Resources ledger = Resources.ofLedger(store, documents);
        PageWriter pages = new PageWriter(context, documents, ledger);
        Registrar contract = new Registrar(store, acceptance, contracts.collection(), new ContractRules(), clock);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new ContractRoutes(contracts, offerings, contract, documents, ledger, pages).routes());
        routes.addAll(new ContractTokenRoutes(contracts, offerings, keys, InstantSource.system()).routes());
        routes.addAll(new UsageRoutes(usage::join, contracts, clock).routes());
        routes.addAll(new ArchiveRoutes(archives, documents, config.baseIri()).routes());
        routes.addAll(billing.routes());
        routes.addAll(
                new DisputeRoutes(new Disputes(store, contracts, billing.redress()), documents, ledger, pages, clock)
                        .routes());
        return routes;
    }

    /** That takes conditions. */
    Registrar conditions() {
        return conditions;
    }

    /** What was agreed on. */
    Contracts contracts() {
        return contracts;
    }

    Billing billing() {
        return billing;
    }

    /** A check of tokens that counts the calls of whom it lets in. */
    Function<String, Optional<Caller>> counting(Function<String, Optional<Caller>> verify) {
        return calls.counting(verify);
    }

    /** The graphs of this that a caller may read. @param ledger in a transaction */
    Set<Node> privateGraphs(Caller caller, DatasetGraph ledger) {
        DatasetGraph records = new Records(ledger);
        Set<Node> graphs = new HashSet<>(contracts.privateGraphs(caller, records));
        graphs.addAll(billing.privateGraphs(caller, records));
        return graphs;
    }

    UsageGraphs usageGraphs() {
        return new UsageGraphs(usage::join, contracts);
    }

    /** That brings usage in and out. */
    UsageTransfer transfer() {
        return new UsageTransfer(opened(), contracts, archiveFolder());
    }

    private UsageLog opened() {
        try {
            return usage.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Waits until usage can be read, and does what is due. @throws RuntimeException saying what to mend, if it cannot */
    void start() {
        opened();
        due.start();
        billing.resume();
    }

    /** Whether usage is taken. */
    boolean isHealthy() {
        return opened().isHealthy();
    }

    /** Ends what runs in the background, before requests end. */
    void stopRuns() {
        billing.close();
        archives.close();
    }

    @Override
    public void close() {
        calls.close();
        due.close();
        close(usage);
    }

    /** Closes a log that may still be on its way. */
    static void close(CompletableFuture<UsageLog> usage) {
        usage.handle((log, failure) -> log)
                .thenAccept(log -> {
                    if (log != null) {
                        log.close();
                    }
                })
                .join();
    }
}
