// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import org.mercat.rdf.Collection;
import org.mercat.search.Degree;
import org.mercat.search.OfferingChange;
import org.mercat.search.OfferingChanges.Step;

/**
 * What a change of an offering is to a demand.
 *
 * @param type {@link #MATCHED} and the like
 * @param degree how well the offering's concepts fit, if the demand asks for any
 */
record DemandEvent(String type, Optional<Degree> degree) {
    /** It meets the demand, and did not before. */
    static final String MATCHED = "matched";
    /** It is another one, and still meets the demand. */
    static final String CHANGED = "changed";
    /** It is another one, and does not meet the demand any more. */
    static final String UNMATCHED = "unmatched";

    static final String WITHDRAWN = "withdrawn";
    static final String EXPIRED = "expired";

    /** What the index tells of an offering that meets the demand. */
    static DemandEvent of(Step step) {
        String type = switch (step.change().type()) {
            case CREATED -> MATCHED;
            case CHANGED -> CHANGED;
            case WITHDRAWN -> WITHDRAWN;
            case EXPIRED -> EXPIRED;
            case PROPOSAL -> throw new IllegalArgumentException("No demand is for proposals");
        };
        return new DemandEvent(type, step.degree());
    }

    /** As it is sent. */
    String json(String id, String demand, OfferingChange change, Collection offerings) {
        ObjectNode data = Feed.JSON.createObjectNode();
        data.put("id", id);
        data.put("type", type);
        data.put("demand", demand);
        data.put("offering", change.offering());
        data.put("revision", change.revision());
        data.put("time", change.time().toString());
        degree.ifPresent(its -> data.put("degree", its.name().toLowerCase(Locale.ROOT)));
        data.put("url", offerings.resource(change.offering()).getURI());
        return data.toString();
    }

    /** The same for the same event whenever it is told. */
    static String idOf(OfferingChange change) {
        return (change.ranOut() ? "@" + change.time().toEpochMilli() : Long.toString(change.revision())) + "/"
                + change.offering();
    }
}
