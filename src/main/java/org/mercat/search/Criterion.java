// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.util.Map;
import org.apache.jena.graph.Node;

/**
 * One thing that an offering must meet.
 *
 * @param query name of its file below {@code queries/search}
 * @param values of the query's parameters
 */
public record Criterion(String query, Map<String, Node> values) {
    public Criterion {
        values = Map.copyOf(values);
    }
}
