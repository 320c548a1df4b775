// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.util.Optional;
import org.apache.jena.datatypes.xsd.XSDDateTime;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.mercat.ns.MC;
import org.mercat.rdf.Resources;
import org.mercat.search.Criteria;

/**
 * A demand as it is matched.
 *
 * @param until milliseconds of the epoch; it is not matched after that
 */
record StoredDemand(String id, Criteria criteria, long until) {
    /** The demand that a graph describes; empty if it was withdrawn or is none. */
    static Optional<StoredDemand> of(String id, Node demand, Graph graph) {
        return graph.find(demand, MC.criteria, Node.ANY)
                .nextOptional()
                .filter(triple -> !Resources.isWithdrawn(graph, demand))
                .map(triple -> new StoredDemand(id, Criteria.in(graph, triple.getObject()), until(demand, graph)));
    }

    private static long until(Node demand, Graph graph) {
        return graph.find(demand, MC.activeUntil, Node.ANY)
                .nextOptional()
                .map(Triple::getObject)
                .map(time -> ((XSDDateTime) time.getLiteralValue()).asCalendar().getTimeInMillis())
                .orElse(Long.MAX_VALUE);
    }
}
