// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.List;
import java.util.stream.Collectors;

/** A JSON body that is not accepted, with all its faults (the first hundred, if there are more). */
public final class JsonFaults extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    JsonFaults(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")), null, false, false);
        this.faults = List.copyOf(faults);
    }

    JsonFaults(Fault fault) {
        this(List.of(fault));
    }

    /** At least one, in the order of the body. */
    public List<Fault> faults() {
        return faults;
    }
}
