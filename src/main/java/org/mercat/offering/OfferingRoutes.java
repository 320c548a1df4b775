// SPDX-License-Identifier: Apache-2.0
package org.mercat.offering;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.mercat.http.Access;
import org.mercat.http.Registrar;
import org.mercat.http.ResourceRoutes;
import org.mercat.http.Route;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;

/** All routes of offerings but for search. */
public final class OfferingRoutes {
    private static final String PATH = "/offerings/{organization}/{provider}/{offering}";

    private final ResourceRoutes resources;
    private final ActivationRoutes activation;
    private final BulkRegistration bulk;

    /** @param clock by which offerings are active */
    public OfferingRoutes(
            Store store, Registrar registrar, Documents documents, Resources resources, InstantSource clock) {
        this.resources = new ResourceRoutes(PATH, registrar, documents, resources);
        this.activation = new ActivationRoutes(store, registrar.collection(), this.resources, documents, clock);
        this.bulk = new BulkRegistration(registrar, documents);
    }

    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(activation.routes(PATH));
        routes.addAll(resources.routes(Access.PROVIDERS));
        routes.add(Route.post("/offerings", Access.PROVIDERS, this::register));
        return routes;
    }

    private void register(Context ctx) throws IOException {
        String type = ctx.contentType() == null
                ? ""
                : ctx.contentType().split(";", 2)[0].strip();
        if (type.equals(BulkRegistration.MEDIA_TYPE) || type.equals("application/ndjson")) {
            bulk.handle(ctx);
        } else {
            resources.create(ctx);
        }
    }
}
