// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import io.javalin.http.Context;
import java.util.Optional;
import org.mercat.http.EventStreams;
import org.mercat.http.ServerEvent;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Store;
import org.mercat.search.OfferingChange;
import org.mercat.search.OfferingChanges;
import org.mercat.search.OfferingChanges.Page;
import org.mercat.search.OfferingChanges.Step;
import org.mercat.search.Position;

/** The events of each demand, for who listens. */
final class DemandFeed {
    private static final int KEPT = 50_000;

    private final OfferingChanges index;
    private final Collection offerings;
    private final Collection demands;
    private final Listeners listeners = new Listeners();
    private final Recent<DemandEvent> recent = new Recent<>(KEPT);
    private final Feed<DemandEvent> feed;

    DemandFeed(Store store, OfferingChanges index, Collection offerings, Collection demands, EventStreams streams) {
        this.index = index;
        this.offerings = offerings;
        this.demands = demands;
        this.feed = new Feed<>(store, index, streams, recent, listeners);
    }

    void begin(Position position) {
        recent.begin(position);
    }

    void tell(String demand, OfferingChange change, DemandEvent event) {
        recent.add(demand, change, event);
        listeners.wake(demand);
    }

    /** A demand is no more. */
    void end(String demand) {
        recent.end(demand);
    }

    void answer(Context ctx, StoredDemand demand) {
        String url = demands.resource(demand.id()).getURI() + "/events";
        feed.answer(ctx, demand.id(), "events", url, new Reader.Source<>() {
            @Override
            public Page missed(Position from, int limit) {
                return index.after(from, limit, Optional.of(demand.criteria()));
            }

            @Override
            public DemandEvent event(Step step) {
                return DemandEvent.of(step);
            }

            @Override
            public ServerEvent send(OfferingChange change, DemandEvent event, Position position) {
                String id = position.toString();
                return new ServerEvent(id, event.type(), event.json(id, demand.id(), change, offerings));
            }
        });
    }
}
