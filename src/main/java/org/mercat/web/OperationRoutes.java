// SPDX-License-Identifier: Apache-2.0
package org.mercat.web;

import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.mercat.http.Access;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Route;

/** For those who run it: whether it lives, whether it is ready, and its measurements. */
public final class OperationRoutes {
    private final BooleanSupplier ready;
    private final PrometheusMeterRegistry metrics;

    /** @param ready whether requests can be served, writes included */
    public OperationRoutes(BooleanSupplier ready, PrometheusMeterRegistry metrics) {
        this.ready = ready;
        this.metrics = metrics;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/health/live", Access.PUBLIC, ctx -> ctx.json(Map.of("status", "live"))),
                Route.get("/health/ready", Access.PUBLIC, this::ready),
                Route.get("/metrics", Access.OPERATOR, this::metrics));
    }

    private void ready(Context ctx) {
        if (!ready.getAsBoolean()) {
            throw Kind.UNAVAILABLE.because("The store takes no writes; the log says why.");
        }
        ctx.json(Map.of("status", "ready"));
    }

    private void metrics(Context ctx) {
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
    }
}
