// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects the faults of one reading, so that a user sees all of them at once. */
final class FaultList {
    private static final int MOST = 100;

    private final List<Fault> faults = new ArrayList<>();

    void add(String pointer, String message) {
        if (!isFull()) {
            faults.add(new Fault(pointer, message));
        }
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    /** Whether looking for more faults is pointless: a hostile body must not cost more than an honest one. */
    boolean isFull() {
        return faults.size() >= MOST;
    }

    /** @param source the body as it came, for line and column, or null if only its tree is known */
    Unreadable thrown(byte[] source) {
        if (source == null) {
            return new Unreadable(faults);
        }
        Map<String, JsonText.Position> positions = JsonText.locate(source);
        return new Unreadable(faults.stream()
                .map(fault -> positions
                        .getOrDefault(fault.pointer(), JsonText.Position.UNKNOWN)
                        .of(fault))
                .toList());
    }
}
