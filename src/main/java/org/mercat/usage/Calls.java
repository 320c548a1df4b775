// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mercat.http.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the calls of the API that come with a token, by organization and month. To count takes neither a lock nor a write;
 * what was counted is on disk {@value #SECONDS} seconds later, so that a crash loses so much and no more.
 */
public final class Calls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);
    private static final int SECONDS = 5;

    private final Supplier<UsageLog> log;
    private final InstantSource clock;
    private final Map<Key, Count> counts = new ConcurrentHashMap<>();
    private volatile Present present = new Present(YearMonth.of(2000, 1), 0);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "mercat-calls");
        made.setDaemon(true);
        return made;
    });

    /** @param end of the month, milliseconds of the epoch */
    private record Present(YearMonth month, long end) {}

    private record Key(String organization, YearMonth month) {}

    private static final class Count {
        private final LongAdder calls = new LongAdder();
        private long written;
    }

    /** @param log is asked for when the first calls are written */
    public Calls(Supplier<UsageLog> log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
        thread.scheduleWithFixedDelay(this::tryToWrite, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    /** Who verifies a token, counting the calls of those whom it knows. The operator's are nobody's. */
    public Function<String, Optional<Caller>> counting(Function<String, Optional<Caller>> tokens) {
        return token -> {
            Optional<Caller> caller = tokens.apply(token);
            caller.ifPresent(this::count);
            return caller;
        };
    }

    private void count(Caller caller) {
        if (caller.role() != Caller.Role.OPERATOR) {
            int slash = caller.id().indexOf('/');
            String organization = slash < 0 ? caller.id() : caller.id().substring(0, slash);
            counts.computeIfAbsent(new Key(organization, month()), key -> new Count())
                    .calls
                    .increment();
        }
    }

    private YearMonth month() {
        Present its = present;
        if (clock.millis() >= its.end) {
            YearMonth month = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
            long end = month.plusMonths(1)
                    .atDay(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant()
                    .toEpochMilli();
            its = new Present(month, end);
            present = its;
        }
        return its.month;
    }

    /** How many calls organizations have made in a month; those that made none are not in it. */
    public Map<String, Long> of(YearMonth month) {
        write();
        return log.get().state().calls(month);
    }

    private void tryToWrite() {
        try {
            write();
        } catch (RuntimeException e) {
            LOG.warn("Calls cannot be written, and are kept to be written in {} s: {}", SECONDS, e.getMessage());
        }
    }

    private synchronized void write() {
        Map<Key, Long> sums = new java.util.HashMap<>();
        Map<YearMonth, Map<String, Long>> more = new TreeMap<>();
        counts.forEach((key, count) -> {
            long sum = count.calls.sum();
            if (sum > count.written) {
                sums.put(key, sum);
                more.computeIfAbsent(key.month, month -> new TreeMap<>()).put(key.organization, sum - count.written);
            }
        });
        more.forEach((month, its) -> log.get().state().addCalls(month, its));
        sums.forEach((key, sum) -> counts.get(key).written = sum);
    }

    /** Writes what was counted. */
    @Override
    public void close() {
        thread.shutdownNow();
        tryToWrite();
    }
}
