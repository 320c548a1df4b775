// SPDX-License-Identifier: Apache-2.0
package org.mercat.web;

import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
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
    private final InstantSource clock;

    /** @param trouble why not all requests can be served, writes included, if so @param clock of the catalogue */
    public OperationRoutes(Supplier<Optional<String>> trouble, PrometheusMeterRegistry metrics, InstantSource clock) {
        this.trouble = trouble;
        this.metrics = metrics;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/health/live", Access.PUBLIC, ctx -> ctx.json(status("live"))),
                Route.get("/health/ready", Access.PUBLIC, this::ready),
                Route.get("/metrics", Access.OPERATOR, this::metrics));
    }

    private void ready(Context ctx) {
        trouble.get().ifPresent(why -> {
            throw Kind.UNAVAILABLE.because(why);
        });
        ctx.json(status("ready"));
    }

    /** With the time where that is not the machine's. */
    private Map<String, String> status(String word) {
        Map<String, String> status = new LinkedHashMap<>(Map.of("status", word));
        if (!clock.equals(InstantSource.system())) {
            status.put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        return status;
    }

    private void metrics(Context ctx) {
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
    }
}
