// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Caller;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Route;
import org.mercat.usage.UsageLog;

/**
 * Simulations over HTTP: one after the other, on a thread of their own, so that no request but theirs waits for them. A
 * few may wait; more are asked to come again.
 */
final class SimulationRoutes implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WAITING = 4;

    private final SimulationBody body;
    private final Simulations simulations;
    private final Places places;
    private final Supplier<UsageLog> usage;
    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
                Thread made = new Thread(task, "mercat-simulation");
                made.setDaemon(true);
                made.setPriority(Thread.MIN_PRIORITY);
                return made;
            });

    SimulationRoutes(SimulationBody body, Simulations simulations, Places places, Supplier<UsageLog> usage) {
        this.body = body;
        this.simulations = simulations;
        this.places = places;
        this.usage = usage;
        thread.allowCoreThreadTimeOut(true);
    }

    List<Route> routes() {
        return List.of(Route.post("/billing/simulations", Access.ORGANIZATIONS, this::simulate));
    }

    private void simulate(Context ctx) {
        Caller caller = Authentication.callerOf(ctx);
        Trial trial = body.read(ctx, caller);
        CompletableFuture<String> answer;
        try {
            answer = CompletableFuture.supplyAsync(() -> simulated(trial, caller), thread);
        } catch (RejectedExecutionException e) {
            ctx.header("Retry-After", "5");
            throw Kind.UNAVAILABLE.because(WAITING + " simulations wait already: try again in some seconds.");
        }
        ctx.header("Cache-Control", "private, no-cache");
        ctx.future(() -> answer.handle((json, failure) -> {
            if (failure != null) {
                Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                throw cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
            }
            ctx.contentType("application/json").result(json);
            return null;
        }));
    }

    private String simulated(Trial trial, Caller caller) {
        ObjectNode json = JSON.createObjectNode();
        json.put("from", trial.from().toString()).put("to", trial.to().toString());
        Optional<java.time.YearMonth> closed = usage.get().closed();
        json.put("open", closed.map(last -> last.isBefore(trial.to())).orElse(true));
        simulations.compare(trial, caller).put(json, places.baseIri() + "offerings/");
        return json.toString();
    }

    /** Leaves what is being computed. */
    @Override
    public void close() {
        simulations.stop();
        thread.shutdown();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
