// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.time.Duration;

/**
 * What a query of {@code /sparql} and of the library may take.
 *
 * @param time from when it is taken on to its last row, without the time in which its client reads
 * @param threads queries that compute at one moment; others take turns with them
 * @param rows of an answer
 * @param bytes of an answer
 * @param quota seconds of computing that a caller without a token may use each minute, with a token
 *     {@value #KNOWN} times as many; zero for no limit
 * @param slow a query that computes for longer is logged with its text
 */
public record Limits(Duration time, int threads, long rows, long bytes, Duration quota, Duration slow) {
    /** Where nobody says others. */
    public static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(30),
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            1_000_000,
            512L << 20,
            Duration.ofSeconds(30),
            Duration.ofSeconds(5));

    static final int KNOWN = 4;

    /** Queries that are taken on at a time: they compute, wait for their turn, or wait for their client to read. */
    static final int PLACES = 32;

    /** Of these the most for one caller, so that there is always a place for others. */
    static final int PLACES_OF_ONE = 24;

    /** The usual ones with another time, and no quota. */
    public static Limits of(Duration time) {
        return new Limits(time, DEFAULT.threads, DEFAULT.rows, DEFAULT.bytes, Duration.ZERO, DEFAULT.slow);
    }

    /** Bytes that all queries together may keep in memory, by their own account; one of them half of it. */
    static long memory() {
        return Runtime.getRuntime().maxMemory() / 2;
    }
}
