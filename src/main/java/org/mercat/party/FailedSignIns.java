// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Counts failed sign-ins per client id and address. Ids are public: were the address left out, anybody could lock
 * anybody out.
 */
final class FailedSignIns {
    static final int MOST = 10;
    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int REMEMBERED = 20_000;

    /** No client's id is longer; what is sent as one may be. */
    private static final int LONGEST_ID = 130;

    private final InstantSource clock;
    private final Cache<Key, Failures> failures = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(WINDOW)
            .build();

    private record Key(String clientId, String address) {
        Key {
            clientId = clientId.substring(0, Math.min(clientId.length(), LONGEST_ID));
        }
    }

    private record Failures(Instant since, int count) {}

    FailedSignIns(InstantSource clock) {
        this.clock = clock;
    }

    /** How long the client must wait before it may try again; empty if it need not. */
    Optional<Duration> wait(String clientId, String address) {
        Failures failed = failures.getIfPresent(new Key(clientId, address));
        if (failed == null || failed.count < MOST) {
            return Optional.empty();
        }
        Duration left = Duration.between(clock.instant(), failed.since.plus(WINDOW));
        return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
    }

    /** One more. */
    void add(String clientId, String address) {
        Instant now = clock.instant();
        failures.asMap().compute(new Key(clientId, address), (key, failed) -> {
            boolean over = failed == null || !now.isBefore(failed.since.plus(WINDOW));
            return over ? new Failures(now, 1) : new Failures(failed.since, failed.count + 1);
        });
    }
}
