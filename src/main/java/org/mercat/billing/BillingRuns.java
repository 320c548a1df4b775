// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.util.NodeFactoryExtra;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.mercat.contract.Contracts;
import org.mercat.http.Failure;
import org.mercat.ns.MC;
import org.mercat.rdf.Activities;
import org.mercat.rdf.Change;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Store;
import org.mercat.usage.UsageLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Billing runs. To issue a month closes it in the usage log, puts on record that this has begun, with all that is counted
 * and could change, and then writes what follows from that alone: the documents. So a run that was interrupted at any moment
 * goes on and writes the same. Months are issued one after the other.
 */
public final class BillingRuns {
    private static final Logger LOG = LoggerFactory.getLogger(BillingRuns.class);

    private final Store store;
    private final Places places;
    private final Contracts contracts;
    private final Reckoning reckoning;
    private final DocumentWriter documents;
    private final Supplier<UsageLog> usage;
    private final InstantSource clock;
    private final Adjustments adjustments;

    BillingRuns(
            Store store,
            Places places,
            Contracts contracts,
            StoredConditions conditions,
            Counters counters,
            Supplier<UsageLog> usage,
            InstantSource clock) {
        this.store = store;
        this.places = places;
        this.contracts = contracts;
        this.reckoning = new Reckoning(store, places, contracts, conditions, counters, usage);
        this.documents = new DocumentWriter(store, places);
        this.usage = usage;
        this.clock = clock;
        this.adjustments = new Adjustments(store, places);
    }

    /** How far the run of a month has come; empty if there is none. */
    Optional<Node> status(YearMonth month) {
        return run(month).one(MC.status);
    }

    private Description run(YearMonth month) {
        Node node = places.run(month);
        return new Description(store.ledgerGraph(node), node);
    }

    /** The last month whose run has begun. */
    private Optional<YearMonth> lastBegun() {
        return new Description(store.ledgerGraph(places.runs()), places.runs()).month(MC.month);
    }

    /** All months with a run, the newest first. */
    List<YearMonth> months() {
        return store.readRecords(ledger -> {
            List<YearMonth> months = new ArrayList<>();
            ledger.find(Node.ANY, Node.ANY, RDF.Nodes.type, MC.BillingRun)
                    .forEachRemaining(
                            quad -> months.add(YearMonth.parse(places.idOf("billing/runs/", quad.getGraph()))));
            months.sort(java.util.Comparator.reverseOrder());
            return months;
        });
    }

    /** Puts a draft on record. Nothing if there is a run of that month already. @return whether there was none */
    boolean draft(YearMonth month, Node agent) {
        mustBeOver(month);
        Node node = places.run(month);
        boolean[] isNew = {false};
        store.write(view -> {
            isNew[0] = view.ledger(node).isEmpty();
            return isNew[0] ? Change.ofLedger(node, draftGraph(month, agent)) : Change.NONE;
        });
        return isNew[0];
    }

    private Graph draftGraph(YearMonth month, Node agent) {
        Graph graph = GraphFactory.createDefaultGraph();
        Instant now = now();
        Node node = places.run(month);
        Description.of(graph, node, MC.BillingRun)
                .add(DCTerms.identifier.asNode(), month.toString())
                .add(MC.month, month)
                .add(MC.status, MC.draft)
                .add(DCTerms.created.asNode(), now)
                .add(MC.revision, 1);
        Node activity = Activities.add(graph, node, Optional.empty(), MC.prepare, now, "");
        Activities.setAgent(graph, activity, agent);
        return graph;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private void mustBeOver(YearMonth month) {
        if (!clock.instant().isAfter(Invoicing.endOf(month))) {
            throw Failure.Kind.CONFLICT.because(month + " is not over: it can be charged from "
                    + month.plusMonths(1).atDay(1) + " on (UTC).");
        }
    }

    private boolean hasBegun(YearMonth month) {
        return status(month).filter(its -> !its.equals(MC.draft)).isPresent();
    }

    /** What a month comes to: of one that was begun as it was then, of others as it stands. */
    Statement statement(YearMonth month) {
        return reckoning.statement(month, counts(month), givenBack(month));
    }

    /** What fees are counted by: as it was put on record when the run began, or as it stands. */
    FeeCounts counts(YearMonth month) {
        return hasBegun(month) ? reckoning.counted(run(month)) : reckoning.count(month);
    }

    /** What is on record that consumers get back in a month; what waits for the next run is not. */
    GivenBack given(YearMonth month) {
        return new GivenBack(reckoning.credits(month), adjustments.of(month));
    }

    /** What consumers get back in a month: as it was when the run began, or as it stands. */
    private GivenBack givenBack(YearMonth month) {
        return hasBegun(month) ? given(month) : new GivenBack(reckoning.credits(month), adjustments.waiting());
    }

    /**
     * Issues a month. @return whether there was something to do; not if it was issued before
     *
     * @throws org.mercat.http.FailureException if it is not over, or an earlier one is not issued
     */
    synchronized boolean issue(YearMonth month, Node agent) {
        if (status(month).filter(MC.issued::equals).isPresent()) {
            return false;
        }
        mustBeOver(month);
        mustBeNext(month);
        contracts.settle(clock.instant());
        usage.get().close(month);
        begin(month, agent);
        write(month);
        return true;
    }

    /** Goes on with a run that was interrupted, if there is one. */
    synchronized void resume() {
        lastBegun()
                .filter(month -> status(month).filter(MC.issuing::equals).isPresent())
                .ifPresent(month -> {
                    LOG.info("The billing run of {} was interrupted and goes on", month);
                    try {
                        write(month);
                    } catch (RuntimeException e) {
                        LOG.error("The billing run of {} could not go on: issue it again, or start again", month, e);
                    }
                });
    }

    /** Interrupts a run between two writes. */
    void stop() {
        documents.stop();
    }

    /** What was used in a month that is left out would never be charged. */
    private void mustBeNext(YearMonth month) {
        Optional<YearMonth> first = contracts.all().stream()
                .flatMap(contract -> contract.signed().stream())
                .map(signed -> YearMonth.from(signed.atOffset(ZoneOffset.UTC)))
                .min(YearMonth::compareTo);
        YearMonth next = lastBegun()
                .map(last -> status(last).filter(MC.issued::equals).isPresent() ? last.plusMonths(1) : last)
                .or(() -> first)
                .orElse(month);
        if (month.isAfter(next)) {
            throw Failure.Kind.CONFLICT.because(next + " comes first: months are issued one after the other, so that"
                    + " nothing is left out. POST /billing/runs/" + next + "/steps/issue.");
        }
        if (month.isBefore(next)) {
            throw Failure.Kind.CONFLICT.because(
                    "The months before " + next + " are over and done with; next is " + next + ".");
        }
    }

    private void begin(YearMonth month, Node agent) {
        FeeCounts counts = reckoning.count(month);
        List<Adjustment> waiting = adjustments.waiting();
        Node node = places.run(month);
        store.write(view -> {
            Graph next = copy(view.ledger(node));
            if (next.contains(node, MC.status, MC.issuing)) {
                return Change.NONE;
            }
            if (next.isEmpty()) {
                draftGraph(month, agent).find().forEachRemaining(next::add);
            }
            Description its = new Description(next, node);
            step(its, MC.issue, agent, now());
            its.replace(MC.status, MC.issuing);
            int number = 0;
            for (var organization : counts.byOrganization().entrySet()) {
                for (var count : organization.getValue().entrySet()) {
                    its.part(MC.counted, "counted/" + number++)
                            .add(MC.organization, places.organization(organization.getKey()))
                            .add(MC.lineKind, count.getKey().word())
                            .add(MC.quantity, count.getValue());
                }
            }
            Graph last = GraphFactory.createDefaultGraph();
            new Description(last, places.runs()).add(MC.month, month);
            List<Replacement> replacements = adjustments.take(view, waiting, month);
            replacements.addAll(List.of(new Replacement(node, next), new Replacement(places.runs(), last)));
            return new Change(List.of(), replacements);
        });
    }

    /** Takes a step with a run or an invoice: its history, its time and its revision. */
    static void step(Description its, Node step, Node agent, Instant now) {
        long revision = its.number(MC.revision).longValueExact();
        Node activity = Activities.add(its.graph(), its.node(), Optional.of(revision), step, now, "");
        Activities.setAgent(its.graph(), activity, agent);
        its.replace(MC.revision, NodeFactoryExtra.intToNode(revision + 1));
    }

    static Graph copy(Graph graph) {
        Graph copy = GraphFactory.createDefaultGraph();
        graph.find().forEachRemaining(copy::add);
        return copy;
    }

    /** Writes the documents that are not there yet, and then that they all are. */
    private void write(YearMonth month) {
        Description run = run(month);
        Statement statement = statement(month);
        Instant issued = Activities.of(run.graph(), run.node()).stream()
                .filter(activity -> activity.step().equals(MC.issue))
                .map(Activities.Activity::time)
                .findFirst()
                .orElseThrow();
        documents.write(statement, issued);
        finish(month, statement);
    }

    private void finish(YearMonth month, Statement statement) {
        Node node = places.run(month);
        store.write(view -> {
            Graph next = copy(view.ledger(node));
            Description its = new Description(next, node);
            its.replace(MC.status, MC.issued);
            its.replace(
                    MC.revision,
                    NodeFactoryExtra.intToNode(its.number(MC.revision).longValueExact() + 1));
            books(its, statement);
            return Change.ofLedger(node, next);
        });
    }

    /** Adds the books to a run. */
    static void books(Description run, Statement statement) {
        List<Posting> postings = statement.postings();
        for (int i = 0; i < postings.size(); i++) {
            run.part(MC.posting, "postings/" + i)
                    .add(MC.account, postings.get(i).account())
                    .add(StoredConditions.CURRENCY, postings.get(i).currency())
                    .add(MC.amount, postings.get(i).amount());
        }
    }

    /** Throws a draft away. */
    void discard(YearMonth month) {
        Node node = places.run(month);
        store.write(view -> {
            Description its = new Description(view.ledger(node), node);
            if (its.one(MC.status).filter(MC.draft::equals).isEmpty()) {
                throw Failure.Kind.CONFLICT.because(
                        its.graph().isEmpty()
                                ? "There is no run of " + month + "."
                                : month
                                        + " was issued, which cannot be undone: give back what was wrong by credit notes,"
                                        + " POST /invoices/{issuer}/{number}/credit-notes.");
            }
            return Change.ofLedger(node, GraphFactory.createDefaultGraph());
        });
    }
}
