// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listener. It is written to when it takes something and there is something, never waited for. */
final class EventStream implements WriteListener, AsyncListener {
    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    /** A comment; it keeps what is between from closing the connection, and finds out that the listener has gone. */
    private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);
    /** A client that lost the connection comes back after so many milliseconds. */
    private static final int RETRY = 2_000;

    private static final int AT_A_TIME = 200;

    private final ServletOutputStream out;
    private final EventStreams.Source source;
    private final Executor threads;
    /** How often it was woken since it last found nothing to do. */
    private final AtomicInteger woken = new AtomicInteger();

    private volatile CompletableFuture<Void> gone = new CompletableFuture<>();
    private volatile boolean started;
    private volatile boolean beat;
    private volatile boolean ending;

    // of the thread that pumps
    private final Deque<byte[]> pending = new ArrayDeque<>();
    private boolean unflushed;

    EventStream(ServletOutputStream out, EventStreams.Source source, Executor threads) {
        this.out = out;
        this.source = source;
        this.threads = threads;
        pending.add(("retry: " + RETRY + "\nid: " + source.position() + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    /** @param whenGone is completed when the listener has gone, or shall go */
    void start(AsyncContext request, CompletableFuture<Void> whenGone) {
        gone = whenGone;
        request.addListener(this);
        out.setWriteListener(this);
    }

    /** There may be something to write. */
    void wake() {
        if (woken.getAndIncrement() == 0) {
            try {
                threads.execute(this::pump);
            } catch (RejectedExecutionException e) {
                leave();
            }
        }
    }

    void beat() {
        beat = true;
        wake();
    }

    void end() {
        ending = true;
        wake();
    }

    private void pump() {
        int seen = woken.get();
        boolean more = false;
        try {
            more = write();
        } catch (IOException | RuntimeException e) {
            LOG.debug("A listener is gone", e);
            leave();
        }
        if (more || !woken.compareAndSet(seen, 0)) {
            try {
                threads.execute(this::pump); // behind the others
            } catch (RejectedExecutionException e) {
                leave();
            }
        }
    }

    /** @return whether it wrote as much as may be at a time, and there may be more */
    private boolean write() throws IOException {
        for (int n = 0; started && !gone.isDone() && out.isReady(); n++) {
            if (ending) {
                leave();
                return false;
            }
            if (n == AT_A_TIME) {
                return true;
            }
            if (pending.isEmpty()) {
                source.next().forEach(event -> pending.add(event.bytes()));
            }
            if (pending.isEmpty() && beat) {
                pending.add(BEAT);
            }
            beat = false;
            if (!pending.isEmpty()) {
                out.write(pending.remove());
                unflushed = true;
            } else if (unflushed) {
                unflushed = false;
                out.flush();
            } else {
                return false;
            }
        }
        return false;
    }

    private void leave() {
        gone.complete(null);
    }

    @Override
    public void onWritePossible() {
        started = true;
        wake();
    }

    @Override
    public void onError(Throwable thrown) {
        leave();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        leave();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        leave();
    }

    @Override
    public void onError(AsyncEvent event) {
        leave();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
