// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.util.concurrent.Semaphore;

/** How many queries run at a time, whichever way they came: slow ones must not take the threads that all else needs. */
final class Places {
    static final String ALL_TAKEN = "All places for queries are taken; try again in a moment.";

    private final Semaphore free =
            new Semaphore(Math.max(8, 4 * Runtime.getRuntime().availableProcessors()));

    /** Takes a place, if there is one. Who has it leaves it. */
    boolean take() {
        return free.tryAcquire();
    }

    void leave() {
        free.release();
    }
}
