// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Streams of events to many listeners, by few threads: nobody waits for a listener that reads slowly, and what it has
 * not read stays at its source.
 */
public final class EventStreams implements AutoCloseable {
    private static final int THREADS = 4;
    private static final long HEARTBEAT_SECONDS = 10;

    private final int most;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, new Daemons());
    private volatile boolean closed;

    /** Where a stream's events come from; asked by one thread at a time. */
    public interface Source {
        /** The id from which it begins. */
        String position();

        /** The next ones, some at a time; none if there are no more now. It may take a while. */
        List<ServerEvent> next();
    }

    /** @param most listeners at a time */
    public EventStreams(int most) {
        this.most = most;
        threads.scheduleWithFixedDelay(
                () -> open.forEach(EventStream::beat), HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
    }

    private static final class Daemons implements ThreadFactory {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(task, "mercat-events-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }
    }

    /**
     * Answers a request by a stream that ends when the listener leaves or the server stops.
     *
     * @param opened is given what wakes the stream when its source has something, before the first event
     * @param ended runs once the stream has ended
     */
    public void answer(Context ctx, Source source, Consumer<Runnable> opened, Runnable ended) {
        if (open.size() >= most || closed) {
            ctx.header("Retry-After", "10");
            throw Failure.Kind.UNAVAILABLE.because("There are " + most
                    + " listeners, and no more are taken. Ask for pages instead: Accept:" + " application/json.");
        }
        ctx.status(200).contentType(ServerEvent.MEDIA_TYPE);
        ctx.header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
        if (ctx.method() == HandlerType.HEAD) {
            return;
        }
        ctx.attribute(RequestLog.ROUTE, ctx.endpoints().matchedHttpEndpoint().path);
        ctx.future(() -> {
            CompletableFuture<Void> gone = new CompletableFuture<>();
            EventStream stream = new EventStream(output(ctx), source, threads);
            open.add(stream);
            gone.thenRun(() -> {
                open.remove(stream);
                ended.run();
            });
            opened.accept(stream::wake);
            stream.start(ctx.req().getAsyncContext(), gone);
            return gone;
        });
    }

    private static ServletOutputStream output(Context ctx) {
        try {
            return ctx.res().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many listeners there are. */
    public int size() {
        return open.size();
    }

    /** Ends all streams. */
    @Override
    public void close() {
        closed = true;
        open.forEach(EventStream::end);
        threads.shutdown();
    }
}
