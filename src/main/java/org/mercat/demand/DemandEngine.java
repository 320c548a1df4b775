// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.time.InstantSource;
import java.util.List;
import org.mercat.http.EventStreams;
import org.mercat.http.Route;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Store;
import org.mercat.search.SearchEngine;

/** Telling those who wait, with all that belongs to it: the change feed. */
public final class DemandEngine implements AutoCloseable {
    /** Listeners at a time. */
    private static final int MOST_LISTENERS = 5_000;

    private final EventStreams streams = new EventStreams(MOST_LISTENERS);
    private final Changes changes;
    private final ChangeRoutes changeRoutes;

    public DemandEngine(Store store, SearchEngine search, Collection offerings) {
        this.changes = new Changes(store, offerings, search.changes(), InstantSource.system());
        this.changeRoutes = new ChangeRoutes(store, search.changes(), offerings, streams);
    }

    public List<Route> routes() {
        return List.of(changeRoutes.route());
    }

    /** Begins to tell what happens; the index must be complete. */
    public void start() {
        changeRoutes.begin(changes.begin());
        changes.listen(changeRoutes::tell);
        changes.start();
    }

    /** Ends all streams, which would keep the server from stopping. */
    public void stopListening() {
        streams.close();
    }

    @Override
    public void close() {
        streams.close();
        changes.close();
    }
}
