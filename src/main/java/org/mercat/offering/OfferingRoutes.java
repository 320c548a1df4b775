// SPDX-License-Identifier: Apache-2.0
package org.mercat.offering;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Caller;
import org.mercat.http.Registrar;
import org.mercat.http.ResourceRoutes;
import org.mercat.http.Route;
import org.mercat.http.Visible;
import org.mercat.party.AccessLists;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Resources.Document;
import org.mercat.rdf.Store;
import org.mercat.rdf.Syntax;
import org.mercat.search.OfferingPages;

/** All routes of offerings but for search. */
public final class OfferingRoutes {
    private static final String PATH = "/offerings/{organization}/{provider}/{offering}";

    private final ResourceRoutes resources;
    private final ActivationRoutes activation;
    private final BulkRegistration bulk;
    private final Visible stored;
    private final Collection collection;
    private final OfferingPages pages;

    /** @param pages of offerings for people @param clock by which offerings are active */
    public OfferingRoutes(
            Store store,
            Registrar registrar,
            Documents documents,
            Visible resources,
            AccessLists lists,
            OfferingPages pages,
            InstantSource clock) {
        this.resources = new ResourceRoutes(PATH, registrar, documents, resources, new OfferingBody(documents));
        this.activation = new ActivationRoutes(store, registrar.collection(), this.resources, documents, lists, clock);
        this.bulk = new BulkRegistration(registrar, documents);
        this.stored = resources;
        this.pages = pages;
        this.collection = registrar.collection();
    }

    public List<Route> routes() {
        List<Route> routes = new ArrayList<>(activation.routes(PATH));
        resources.routes(Access.PROVIDERS).stream().map(this::withPage).forEach(routes::add);
        routes.add(Route.post("/offerings", Access.PROVIDERS, this::register));
        return routes;
    }

    /** Who reads gets a page; of what is not there, the problem says so. */
    private Route withPage(Route route) {
        if (route.method() != HandlerType.GET) {
            return route;
        }
        return Route.get(route.path(), route.access(), ctx -> {
            Optional<Document> page = pages.isWanted(ctx, ctx.pathParam("offering"))
                    ? stored.find(Authentication.callerOf(ctx), collection.resource(resources.idOf(ctx)), Syntax.JSON)
                    : Optional.empty();
            if (page.isPresent() && !page.get().withdrawn()) {
                if (Authentication.callerOf(ctx).role() != Caller.Role.ANYONE) { // others like it may be for him only
                    ctx.header("Cache-Control", "private, no-cache");
                }
                pages.answer(ctx, page.get().content());
            } else {
                route.handler().handle(ctx);
            }
        });
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
