// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import io.javalin.http.Context;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Caller.Role;
import org.mercat.http.Failure;
import org.mercat.http.Route;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Command.View;
import org.mercat.rdf.Store;

/** Gives a client a new secret, shown in the answer and never again; the old one and its tokens end with it. */
public final class SecretRoutes {
    private final Store store;
    private final Parties parties;
    private final Credentials credentials;

    public SecretRoutes(Store store, Parties parties, Credentials credentials) {
        this.store = store;
        this.parties = parties;
        this.credentials = credentials;
    }

    public List<Route> routes() {
        return List.of(
                Route.post(
                        "/organizations/{organization}/secret",
                        Access.ORGANIZATIONS,
                        ctx -> renew(ctx, parties.organizations(), Role.ORGANIZATION)),
                Route.post(
                        "/providers/{organization}/{system}/secret",
                        Access.PROVIDERS,
                        ctx -> renew(ctx, parties.providers(), Role.PROVIDER)),
                Route.post(
                        "/consumers/{organization}/{system}/secret",
                        Access.PARTIES,
                        ctx -> renew(ctx, parties.consumers(), Role.CONSUMER)));
    }

    private void renew(Context ctx, Collection collection, Role role) {
        String id = String.join("/", ctx.pathParamMap().values());
        Authentication.callerOf(ctx).mustOwn(id);
        String secret = Secrets.next();
        Node resource = collection.resource(id);
        store.write(view -> {
            mustBeThere(view, collection, resource, id);
            return new Change(List.of(), List.of(credentials.issue(id, role, secret)));
        });
        ctx.header("Cache-Control", "no-store").json(ClientChanges.shownOnce(id, secret));
    }

    private static void mustBeThere(View view, Collection collection, Node resource, String id) {
        Graph graph = view.catalogue(resource);
        if (graph.isEmpty()) {
            throw Failure.Kind.NOT_FOUND.because("There is no " + collection.memberName() + " \"" + id + "\".");
        }
        if (!Parties.isLive(graph, resource)) {
            throw Failure.Kind.GONE.because("\"" + id + "\" was withdrawn.");
        }
    }
}
