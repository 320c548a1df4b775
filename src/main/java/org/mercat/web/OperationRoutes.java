// SPDX-License-Identifier: Apache-2.0
package org.mercat.web;

import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mercat.http.Access;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Route;

/** For those who run it: whether it lives, whether it is ready, and its measurements. */
public final class OperationRoutes {
    private final Supplier<Optional<String>> trouble;
    private final PrometheusMeterRegistry metrics;

    /** @param trouble why not all requests can be served, writes included, if so */
    public OperationRoutes(Supplier<Optional<String>> trouble, PrometheusMeterRegistry metrics) {
        this.trouble = trouble;
        this.metrics = metrics;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/health/live", Access.PUBLIC, ctx -> ctx.json(Map.of("status", "live"))),
                Route.get("/health/ready", Access.PUBLIC, this::ready),
                Route.get("/metrics", Access.OPERATOR, this::metrics));
    }

    private void ready(Context ctx) {
        trouble.get().ifPresent(why -> {
            throw Kind.UNAVAILABLE.because(why);
        });
        ctx.json(Map.of("status", "ready"));
    }

    private void metrics(Context ctx) {
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
    }
}
