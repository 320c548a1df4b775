// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what is due with contracts when its day has come, in UTC: announced tariffs come into force, and contracts end where
 * they were not signed. Looks at once, and then again and again, as clocks are set and machines sleep.
 */
public final class DueContracts implements AutoCloseable {
    /** So late a tariff comes into force at most; a look costs next to nothing. */
    public static final Duration USUAL = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(DueContracts.class);

    private final Contracts contracts;
    private final InstantSource clock;
    private final Duration pause;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "mercat-contracts");
        thread.setDaemon(true);
        return thread;
    });

    /** @param pause between two looks */
    public DueContracts(Contracts contracts, InstantSource clock, Duration pause) {
        this.contracts = contracts;
        this.clock = clock;
        this.pause = pause;
    }

    /** Does what is due, before it returns, and goes on by itself. */
    public void start() {
        settle();
        timer.scheduleWithFixedDelay(this::settle, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void settle() {
        try {
            int due = contracts.settle(clock.instant());
            if (due > 0) {
                LOG.info("{} contracts have another tariff or have ended, as was announced", due);
            }
        } catch (RuntimeException e) {
            LOG.error("What is due with contracts could not be done; it is tried again", e);
        }
    }

    /** Waits for what is under way. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
