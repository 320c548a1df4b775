// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.mercat.http.Access;
import org.mercat.http.EventStreams;
import org.mercat.http.Route;
import org.mercat.http.ServerEvent;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Store;
import org.mercat.search.OfferingChange;
import org.mercat.search.OfferingChanges;
import org.mercat.search.OfferingChanges.Page;
import org.mercat.search.OfferingChanges.Step;
import org.mercat.search.Position;

/** {@code GET /changes}: what happens to offerings, for everybody. */
final class ChangeRoutes implements Reader.Source<ChangeRoutes.None> {
    private static final String ALL = "";
    private static final int KEPT = 10_000;

    private final OfferingChanges index;
    private final Collection offerings;
    private final Listeners listeners = new Listeners();
    private final Recent<None> recent;
    private final Feed<None> feed;

    /** Nothing is said beside the change itself. */
    record None() {}

    ChangeRoutes(Store store, OfferingChanges index, Collection offerings, EventStreams streams) {
        this.index = index;
        this.offerings = offerings;
        this.recent = new Recent<>(KEPT);
        this.feed = new Feed<>(store, index, streams, recent, listeners);
    }

    Route route() {
        return Route.get(
                "/changes",
                Access.PUBLIC,
                ctx -> feed.answer(ctx, ALL, "changes", offerings.baseIri() + "changes", this));
    }

    void begin(Position position) {
        recent.begin(position);
    }

    /** Takes what has happened. */
    void tell(List<Changes.Told> told) {
        told.forEach(one -> recent.add(ALL, one.change(), new None()));
        if (!told.isEmpty()) {
            listeners.wake(ALL);
        }
    }

    @Override
    public Page missed(Position from, int limit) {
        return index.after(from, limit, Optional.empty());
    }

    @Override
    public None event(Step step) {
        return new None();
    }

    @Override
    public ServerEvent send(OfferingChange change, None none, Position position) {
        ObjectNode data = Feed.JSON.createObjectNode();
        data.put("id", position.toString());
        data.put("type", change.type().word());
        data.put("offering", change.offering());
        data.put("revision", change.revision());
        data.put("time", change.time().toString());
        data.put("url", offerings.resource(change.offering()).getURI());
        return new ServerEvent(position.toString(), change.type().word(), data.toString());
    }
}
