// SPDX-License-Identifier: Apache-2.0
package org.mercat.offering;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Bodies;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Preconditions;
import org.mercat.http.ResourceRoutes;
import org.mercat.http.Route;
import org.mercat.ns.MC;
import org.mercat.party.AccessLists;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;

/** Signs of life: an offering is found by search while it is active. */
public final class ActivationRoutes {
    private static final int BODY_LIMIT = 1_000;

    /** What has more digits is no xsd:dateTime as Java writes it. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Store store;
    private final Collection offerings;
    private final ResourceRoutes resources;
    private final Documents documents;
    private final AccessLists lists;
    private final InstantSource clock;

    ActivationRoutes(
            Store store,
            Collection offerings,
            ResourceRoutes resources,
            Documents documents,
            AccessLists lists,
            InstantSource clock) {
        this.lists = lists;
        this.store = store;
        this.offerings = offerings;
        this.resources = resources;
        this.documents = documents;
        this.clock = clock;
    }

    /** @param path of an offering */
    public List<Route> routes(String path) {
        return List.of(
                Route.put(path + "/activation", Access.PROVIDERS, this::activate),
                Route.delete(path + "/activation", Access.PROVIDERS, this::pause));
    }

    private void activate(Context ctx) {
        Instant until = until(ctx);
        change(ctx, Optional.of(until));
        ctx.json(Map.of("active", until.isAfter(clock.instant()), "activeUntil", until.toString()));
    }

    private void pause(Context ctx) {
        change(ctx, Optional.empty());
        ctx.status(204);
    }

    private Instant until(Context ctx) {
        byte[] body = Bodies.read(ctx, BODY_LIMIT);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (body.length == 0) {
            return now.plus(OfferingRules.LIFETIME);
        }
        ObjectNode json = documents.checkedJson(body);
        String word = json.path("until").asText("");
        try {
            Instant until = OffsetDateTime.parse(word).toInstant();
            if (json.size() == 1 && until.isAfter(now) && until.isBefore(LATEST)) {
                return until;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new Failure.Malformed("Send no body for one hour from now, or {\"until\": \""
                        + now.plus(OfferingRules.LIFETIME) + "\"} with a time to come; \"" + word + "\" is none.")
                .asException();
    }

    private void change(Context ctx, Optional<Instant> until) {
        String id = resources.idOf(ctx);
        Authentication.callerOf(ctx).mustOwn(id);
        Node resource = offerings.resource(id);
        Preconditions preconditions = Preconditions.of(ctx);
        store.write(view -> {
            Graph stored = AccessLists.present(view, resource);
            if (stored.isEmpty()) {
                throw Kind.NOT_FOUND.because("There is no offering \"" + id + "\".");
            }
            if (Resources.isWithdrawn(stored, resource)) {
                throw Kind.GONE.because("The offering \"" + id + "\" was withdrawn; register it again with PUT.");
            }
            preconditions.check(Resources.revisionOf(stored, resource));
            Graph next = GraphFactory.createDefaultGraph();
            stored.find().forEachRemaining(next::add);
            next.remove(resource, MC.activeUntil, Node.ANY);
            until.ifPresent(time -> next.add(resource, MC.activeUntil, Resources.time(time)));
            return lists.change(view, resource, next);
        });
    }
}
