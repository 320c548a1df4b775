// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.util.List;

/** A folder of the query library, as pages list it. */
public record QueryFolder(String name, List<Entry> queries) {
    /**
     * A query of it.
     *
     * @param name {@code folder/name}
     * @param sparql with its parameters at their defaults
     */
    public record Entry(String name, String summary, String description, String sparql) {}
}
