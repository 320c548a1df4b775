// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Tells how far a long command is: on a terminal a bar that moves, elsewhere a line now and then. For one thread.
 *
 * @see java.io.Console
 */
final class Progress {
    private static final Duration BAR_EVERY = Duration.ofMillis(250);
    private static final Duration LINE_EVERY = Duration.ofSeconds(5);
    private static final int WIDTH = 30;

    /** The part before which nobody can tell how long the rest takes. */
    private static final double TELLING = 0.01;

    /** Clears what stood on the line. */
    private static final String BACK = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final String what;
    private final long start = System.nanoTime();
    private long last = start;
    private boolean shown;

    /** @param what is counted, for example {@code "lines"} */
    Progress(PrintWriter out, boolean terminal, String what) {
        this.out = out;
        this.terminal = terminal;
        this.what = what;
    }

    /**
     * Tells it, if it is time to.
     *
     * @param count how many are done
     * @param done what part of all that is, from 0 to 1; 0 if that is not known
     */
    void at(long count, double done) {
        long now = System.nanoTime();
        if (now - last < (terminal ? BAR_EVERY : LINE_EVERY).toNanos()) {
            return;
        }
        last = now;
        String text = text(count, done, Duration.ofNanos(now - start));
        if (terminal) {
            out.print(BACK + text);
            shown = true;
        } else {
            out.println(text);
        }
        out.flush();
    }

    /**
     * Tells which step is under way, if it is time to; by any thread.
     *
     * @param done what part of all that is, from 0 to 1
     */
    synchronized void step(String step, double done) {
        long now = System.nanoTime();
        if (now - last < (terminal ? BAR_EVERY : LINE_EVERY).toNanos()) {
            return;
        }
        last = now;
        String text = String.format(Locale.ROOT, "%3.0f %%  %s", done * 100, step);
        if (terminal) {
            out.print(BACK + text);
            shown = true;
        } else {
            out.println(text);
        }
        out.flush();
    }

    /** Says what goes on that cannot be counted. */
    void step(String step) {
        out.println((terminal ? BACK : "") + step);
        out.flush();
        shown = false;
    }

    /** Takes the bar away. */
    void end() {
        if (shown) {
            out.print(BACK);
            out.flush();
        }
    }

    /** For example {@code [=====     ]  52 %  52,000 lines, 1,040/s, 0:46 left}. */
    static String text(long count, String what, double done, Duration since) {
        double seconds = Math.max(0.001, since.toNanos() / 1e9);
        String rate = String.format(Locale.ROOT, "%,d %s, %,.0f/s", count, what, count / seconds);
        if (done < TELLING) {
            return rate;
        }
        int full = (int) Math.round(Math.min(1, done) * WIDTH);
        long left = Math.round(seconds * (1 - done) / done);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f %%  %s, %d:%02d left",
                "=".repeat(full),
                " ".repeat(WIDTH - full),
                done * 100,
                rate,
                left / 60,
                left % 60);
    }

    private String text(long count, double done, Duration since) {
        return text(count, what, done, since);
    }
}
