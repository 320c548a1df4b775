// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.List;
import java.util.stream.Collectors;

/** A text that cannot be read as what it says it is, with all its faults (the first hundred, if there are more). */
public final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    Unreadable(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")), null, false, false);
        this.faults = List.copyOf(faults);
    }

    public Unreadable(String message, int line, int column) {
        this(new Fault("", line, column, message));
    }

    Unreadable(Fault fault) {
        this(List.of(fault));
    }

    /** At least one, in the order of the body. */
    public List<Fault> faults() {
        return faults;
    }
}
