// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Counts what each caller has computed within a minute that begins with its first query. */
final class Quota {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int REMEMBERED = 20_000;

    private final InstantSource clock;
    private final Cache<String, Used> used = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(WINDOW)
            .build();

    /** @param nanos that were computed since then */
    record Used(Instant since, long nanos) {
        /** Seconds until it counts no more, at least 1. */
        long left(Instant now) {
            return Math.max(1, Duration.between(now, since.plus(WINDOW)).toSeconds() + 1);
        }
    }

    Quota(InstantSource clock) {
        this.clock = clock;
    }

    /** What a caller has used, if that is all it may. */
    Optional<Used> exhausted(String caller, Duration limit) {
        return Optional.ofNullable(used.getIfPresent(caller))
                .filter(its -> clock.instant().isBefore(its.since.plus(WINDOW)))
                .filter(its -> its.nanos >= limit.toNanos());
    }

    Instant now() {
        return clock.instant();
    }

    /** So much more. */
    void add(String caller, long nanos) {
        Instant now = clock.instant();
        used.asMap().compute(caller, (key, its) -> {
            boolean over = its == null || !now.isBefore(its.since.plus(WINDOW));
            return over ? new Used(now, nanos) : new Used(its.since, its.nanos + nanos);
        });
    }
}
