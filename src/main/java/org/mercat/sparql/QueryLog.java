// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each query cost: a line of the log, and the metrics {@code mercat.queries}. */
final class QueryLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.mercat.queries");
    private static final int FIRST = 120;

    private final MeterRegistry metrics;
    private final Limits limits;

    QueryLog(MeterRegistry metrics, Limits limits, Supplier<Number> running) {
        this.metrics = metrics;
        this.limits = limits;
        io.micrometer.core.instrument.Gauge.builder("mercat.queries.running", running)
                .register(metrics);
    }

    /** One that was not taken on. */
    void refused(Asker asker, int status) {
        count(status == 429 ? "over-quota" : "refused", 0);
        LOG.info("{} {} not taken on", asker.key(), status);
    }

    /** One that is over. @param bytes of its answer */
    void done(RunningQuery query, int status, long bytes) {
        count(query.stopped().isPresent() ? "stopped" : status < 400 ? "answered" : "failed", query.used());
        long computed = TimeUnit.NANOSECONDS.toMillis(query.used());
        boolean isSlow = query.used() > limits.slow().toNanos();
        LOG.info(
                "{} {} {} ms, computed {} ms, {} rows, {} bytes, {} {}",
                query.caller(),
                status,
                TimeUnit.NANOSECONDS.toMillis(query.taken()),
                computed,
                query.rows() < 0 ? "-" : query.rows(),
                bytes,
                Integer.toHexString(query.text().hashCode()),
                isSlow ? "slow: " + oneLine(query.text(), Integer.MAX_VALUE) : oneLine(query.text(), FIRST));
    }

    private void count(String end, long nanos) {
        Timer.builder("mercat.queries")
                .description("Queries of /sparql and the library, by how they ended; their time is that of computing.")
                .tag("end", end)
                .register(metrics)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private static String oneLine(String text, int most) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= most ? line : line.substring(0, most) + "...";
    }
}
