// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.DatasetGraph;
import org.mercat.http.Caller;
import org.mercat.http.EventStreams;
import org.mercat.http.Registrar;
import org.mercat.http.ResourceRoutes;
import org.mercat.http.Route;
import org.mercat.http.Rules;
import org.mercat.http.Visible;
import org.mercat.ns.MC;
import org.mercat.proposal.Proposals;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;
import org.mercat.search.OfferingChange;
import org.mercat.search.PageWriter;
import org.mercat.search.Position;
import org.mercat.search.SearchEngine;

/** Telling those who wait, with all that belongs to it: the change feed, demands, their events and webhooks. */
public final class DemandEngine implements AutoCloseable {
    /** Listeners at a time. */
    private static final int MOST_LISTENERS = 5_000;

    private static final Duration WEBHOOK_TIME_LIMIT = Duration.ofSeconds(10);
    /** Before each attempt after the first: an hour in all. */
    private static final List<Duration> DELAYS = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(40));

    private final Store store;
    private final SearchEngine search;
    private final Collection offerings;
    private final Addresses addresses;
    private final EventStreams streams = new EventStreams(MOST_LISTENERS);
    private final Changes changes;
    private final ChangeRoutes changeRoutes;
    private final Demands demands;
    private final DemandFeed feed;
    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final Matcher matcher;
    private final WebhookReplay replay;
    private boolean closed;

    /**
     * @param proposals whose steps are told beside the changes of offerings
     * @param allowPrivateWebhooks whether events may be sent into the network that this runs in
     * @param clock that says which offerings are active
     */
    public DemandEngine(
            Store store,
            SearchEngine search,
            Collection offerings,
            Proposals proposals,
            boolean allowPrivateWebhooks,
            InstantSource clock) {
        this.store = store;
        this.search = search;
        this.offerings = offerings;
        this.addresses = new Addresses(allowPrivateWebhooks);
        this.changes = new Changes(store, offerings, proposals, new ChangeLog(search.changes(), proposals), clock);
        this.changeRoutes = new ChangeRoutes(store, search.changes(), offerings, proposals, streams);
        this.webhooks = new Webhooks(store);
        this.demands = new Demands(store, collection(offerings.baseIri()), webhooks::invalidate);
        this.feed = new DemandFeed(store, search.changes(), offerings, demands.collection(), streams);
        WebhookClient client = new WebhookClient(addresses, WEBHOOK_TIME_LIMIT);
        this.deliveries = new Deliveries(store, webhooks, client, DELAYS, InstantSource.system());
        this.replay = new WebhookReplay(store, search.changes(), offerings, demands, webhooks, deliveries);
        this.matcher = new Matcher(demands, offerings, search.standingSearches(), clock, new Listener());
    }

    private static Collection collection(String baseIri) {
        return new Collection("demands", MC.Demand, 3, baseIri);
    }

    /** Where demands are. */
    public Collection collection() {
        return demands.collection();
    }

    /**
     * The private graphs of a caller: events of its demands whose webhook did not take them. Not the webhooks, which have
     * secrets.
     *
     * @param ledger in a transaction
     */
    public Set<Node> privateGraphs(Caller caller, DatasetGraph ledger) {
        return Delivery.ownedBy(caller, ledger);
    }

    /** Who may register a demand, and which. */
    public Rules rules(Collection consumers) {
        return new DemandRules(consumers, demands.collection(), search, addresses);
    }

    public List<Route> routes(Registrar registrar, Documents documents, Resources resources, PageWriter pages) {
        ResourceRoutes members = new ResourceRoutes(
                DemandRoutes.PATH, registrar, documents, Visible.toAll(resources), new DemandBody(documents, search));
        List<Route> routes = new ArrayList<>();
        routes.add(changeRoutes.route());
        routes.addAll(
                new DemandRoutes(demands, feed, webhooks, deliveries, search, pages, resources, members).routes());
        return routes;
    }

    /** Begins to tell what happens; the index must be complete. */
    public void start() {
        Position begin = changes.begin();
        changeRoutes.begin(begin);
        feed.begin(begin);
        demands.start();
        deliveries.start();
        matcher.follow();
        changes.listen(changeRoutes::tell);
        changes.listen(matcher::tell);
        changes.listen(told -> replay.told(changes.position()));
        replay.start(begin);
        changes.start();
    }

    private final class Listener implements Matcher.Listener {
        @Override
        public void demandChanged(String demand) {
            if (demands.find(demand).isEmpty()) {
                deliveries.removeAll(demand);
                feed.end(demand);
            }
        }

        @Override
        public void event(String demand, OfferingChange change, DemandEvent event) {
            feed.tell(demand, change, event);
            if (webhooks.of(demand).isPresent()) {
                String id = DemandEvent.idOf(change);
                deliveries.send(demand, id, event.json(id, demand, change, offerings));
            }
        }
    }

    /** Ends all streams, which would keep the server from stopping. */
    public void stopListening() {
        streams.close();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        streams.close();
        changes.close();
        deliveries.close();
        replay.close();
    }
}
