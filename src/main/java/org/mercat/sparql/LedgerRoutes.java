// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import io.javalin.http.Context;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Route;

/** {@code /ledger/sparql}: SPARQL over what is private to the one who asks, and nothing else. */
final class LedgerRoutes {
    /** Path of the service. */
    static final String PATH = "/ledger/sparql";

    private final Filter guard;

    /** @param guard that {@code /sparql} has, too */
    LedgerRoutes(Filter guard) {
        this.guard = guard;
    }

    List<Route> routes() {
        return List.of(Route.get(PATH, Access.PARTIES, this::answer), Route.post(PATH, Access.PARTIES, this::answer));
    }

    private void answer(Context ctx) throws ServletException, IOException {
        ctx.req().setAttribute(OwnQuery.CALLER, Authentication.callerOf(ctx));
        guard.doFilter(new NegotiatedRequest(ctx.req()), ctx.res(), (request, response) -> {
            throw new ServletException(PATH + " is not known to Fuseki");
        });
    }
}
