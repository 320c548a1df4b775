// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands, until a test moves it. */
final class MovableClock implements InstantSource {
    private final AtomicReference<Instant> now;

    MovableClock(String now) {
        this.now = new AtomicReference<>(Instant.parse(now));
    }

    void set(String time) {
        now.set(Instant.parse(time));
    }

    @Override
    public Instant instant() {
        return now.get();
    }
}
