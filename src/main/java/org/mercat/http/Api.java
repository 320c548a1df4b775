// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.jena.query.QueryCancelledException;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.mercat.rdf.Unreadable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: all routes, who may call them, and how failures are answered, in one place. */
public final class Api implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Api.class);

    private static final long STOP_TIMEOUT_MS = 20_000;

    /** Where people read pages, and so read what is wrong as a page, too. */
    private static final Pattern READ = Pattern.compile("/(terms|vocabularies|categories|queries)(/.*)?");

    /** What programs of other sites take: their scripts may read it, and it is compressed. */
    private static final List<String> DATA =
            List.of("/sparql", "/queries/*", "/graphs", "/dumps/*", "/.well-known/void", "/ledger/sparql");

    private final Javalin javalin;
    private final Pages pages;

    /**
     * @param routes every route; one that names no access answers nobody
     * @param authentication who calls
     * @param metrics where requests are counted and timed
     * @param context adds to the servlet context, for what is not a route (the SPARQL service)
     * @param pages for people who look for what is not there
     */
    public Api(
            List<Route> routes,
            Authentication authentication,
            MeterRegistry metrics,
            Consumer<ServletContextHandler> context,
            Pages pages) {
        this.pages = pages;
        this.javalin = Javalin.create(config -> {
            configure(config, metrics, context);
            config.routes.beforeMatched(authentication::check);
            for (Route route : routes) {
                config.routes.addHttpHandler(route.method(), route.path(), route.handler(), route.access());
                if (route.method() == HandlerType.GET) {
                    config.routes.addHttpHandler(HandlerType.HEAD, route.path(), route.handler(), route.access());
                }
            }
            Map<String, String> methods = Route.methods(routes);
            methods.forEach((path, its) -> config.routes.addHttpHandler(
                    HandlerType.OPTIONS, path, ctx -> ctx.status(204).header("Allow", its), Access.PUBLIC));
            config.routes.exception(FailureException.class, (e, ctx) -> answer(ctx, e.failure()));
            config.routes.exception(Unreadable.class, (e, ctx) -> answer(ctx, failureOf(e)));
            config.routes.exception(HttpResponseException.class, (e, ctx) -> answer(ctx, failureOf(ctx, e, methods)));
            config.routes.exception(QueryCancelledException.class, (e, ctx) -> answer(ctx, tooSlow(ctx)));
            config.routes.exception(RejectedExecutionException.class, (e, ctx) -> answer(ctx, busy(ctx, e)));
            config.routes.exception(Exception.class, (e, ctx) -> answer(ctx, unexpected(ctx, e)));
        });
    }

    private static void configure(
            JavalinConfig config, MeterRegistry metrics, Consumer<ServletContextHandler> context) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE; // a strong ETag names one sequence of bytes
        config.router.ignoreTrailingSlashes = true;
        config.jetty.modifyServer(Api::stopGracefully);
        config.jetty.modifyServer(server -> server.setErrorHandler(new ServerProblems()));
        config.jetty.modifyServletContextHandler(handler -> {
            EnumSet<DispatcherType> requests = EnumSet.of(DispatcherType.REQUEST);
            handler.addFilter(new FilterHolder(new RequestLog(metrics)), "/*", requests);
            handler.addFilter(new FilterHolder(new HearOut()), "/*", requests);
            for (String path : DATA) {
                handler.addFilter(new FilterHolder(new CrossOrigin()), path, requests);
                handler.addFilter(new FilterHolder(new Compression()), path, requests);
            }
            context.accept(handler);
        });
        config.routes.after(ctx -> {
            Endpoint route = ctx.endpoints().matchedHttpEndpoint();
            ctx.attribute(RequestLog.ROUTE, route == null ? null : route.path);
        });
    }

    /** Requests under way finish; new ones are refused. */
    private static void stopGracefully(Server server) {
        server.setStopTimeout(STOP_TIMEOUT_MS);
        server.insertHandler(new GracefulStop());
    }

    private static Failure failureOf(Context ctx, HttpResponseException e, Map<String, String> methods) {
        String asked = ctx.method() + " " + ctx.path();
        return switch (e.getStatus()) {
            case 404 ->
                new Failure.Plain(
                        Failure.Kind.NOT_FOUND,
                        asked + ": no such path. GET /openapi.json lists all of them, GET / the first to try.");
            case 405 -> notAllowed(ctx, asked, Route.methods(methods, ctx.path()));
            case 413 -> new Failure.Plain(Failure.Kind.TOO_LARGE, "The body is larger than this server takes.");
            default -> new Failure.Plain(Failure.Kind.BAD_REQUEST, e.getMessage());
        };
    }

    private static Failure notAllowed(Context ctx, String asked, String methods) {
        ctx.header("Allow", methods);
        return new Failure.Plain(Failure.Kind.METHOD_NOT_ALLOWED, asked + ": this path takes " + methods + ".");
    }

    /** What a text that cannot be read is answered with. */
    public static Failure failureOf(Unreadable e) {
        List<Fault> faults = e.faults().stream()
                .map(fault -> Fault.at(fault.pointer(), fault.line(), fault.column(), fault.message()))
                .toList();
        return new Failure.Malformed(
                faults.size() == 1
                        ? "The body cannot be read: " + faults.get(0).message()
                        : "The body has " + faults.size() + " faults.",
                faults);
    }

    private static Failure tooSlow(Context ctx) {
        ctx.header("Retry-After", "1");
        return new Failure.Plain(
                Failure.Kind.UNAVAILABLE,
                "This took longer than it may. Ask for less: add a criterion, such as a category.");
    }

    private static Failure busy(Context ctx, RejectedExecutionException e) {
        ctx.header("Retry-After", "1");
        return new Failure.Plain(Failure.Kind.UNAVAILABLE, e.getMessage() + "; nothing was written.");
    }

    private static Failure unexpected(Context ctx, Exception e) {
        LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
        return new Failure.Plain(
                Failure.Kind.INTERNAL,
                "Something failed on our side; look whether it was done before you repeat it. The operator finds it in the log by this request's id.");
    }

    private void answer(Context ctx, Failure failure) {
        if (ctx.res().isCommitted()) {
            throw new IllegalStateException("Cut, so that no part looks like the whole: " + failure.detail());
        }
        if (failure.status() == 404 && READ.matcher(ctx.path()).matches() && Wanted.isOfBrowser(ctx)) {
            pages.answer(ctx, "problem", Map.of("detail", failure.detail()));
            ctx.status(404).removeHeader("ETag");
            return;
        }
        ctx.status(failure.status()).contentType(Problem.MEDIA_TYPE);
        ctx.result(Problem.of(failure, ctx.req().getAttribute(RequestLog.ID) instanceof String id ? id : null)
                .toJson());
    }

    /** Starts listening. @return the port, which is the one asked for unless that was 0 */
    public int start(String host, int port) {
        javalin.start(host, port);
        return javalin.port();
    }

    /** Stops listening, lets the requests under way finish, and ends. */
    @Override
    public void close() {
        javalin.stop();
    }
}
