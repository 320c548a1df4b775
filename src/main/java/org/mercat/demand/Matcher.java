// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.ns.MC;
import org.mercat.rdf.Collection;
import org.mercat.search.Criteria;
import org.mercat.search.Degree;
import org.mercat.search.OfferingChange;
import org.mercat.search.OfferingChange.Type;
import org.mercat.search.StandingSearches;

/** Finds the demands that a change concerns, and what it is to each. For one thread, that of {@link Changes}. */
final class Matcher {
    /** What changes of an offering without anything that could be searched for. */
    private static final Set<Node> PASSING = Set.of(MC.activeUntil, MC.revision, DCTerms.modified.asNode());

    private final Demands demands;
    private final Collection offerings;
    private final StandingSearches searches;
    private final InstantSource clock;
    private final Listener listener;

    /** Is told what happened. */
    interface Listener {
        /** A demand is there, is another one, or is no more. */
        void demandChanged(String demand);

        void event(String demand, OfferingChange change, DemandEvent event);
    }

    Matcher(Demands demands, Collection offerings, StandingSearches searches, InstantSource clock, Listener listener) {
        this.demands = demands;
        this.offerings = offerings;
        this.searches = searches;
        this.clock = clock;
        this.listener = listener;
    }

    /** Takes what has happened. */
    void tell(List<Changes.Told> told) {
        follow();
        if (!searches.isEmpty()) {
            told.stream().filter(one -> one.change().type() != Type.PROPOSAL).forEach(this::match);
        }
    }

    /** Takes the demands that are new, others or gone. */
    void follow() {
        Map<String, Criteria> there = new HashMap<>();
        for (Optional<String> id = demands.nextChanged(); id.isPresent(); id = demands.nextChanged()) {
            String demand = id.get();
            Optional<StoredDemand> found = demands.find(demand);
            found.ifPresent(its -> there.put(demand, its.criteria()));
            if (found.isEmpty()) {
                there.remove(demand);
                searches.remove(demand);
            }
            listener.demandChanged(demand);
        }
        searches.put(there);
    }

    private void match(Changes.Told told) {
        OfferingChange change = told.change();
        Node offering = offerings.resource(change.offering());
        boolean active = change.type() == Type.CREATED || change.type() == Type.CHANGED;
        if (change.ranOut()) {
            tell(change, DemandEvent.EXPIRED, searches.met(offering, told.after()));
            return;
        }
        Graph present = told.before();
        boolean wasActive = told.patch().isPresent() && Changes.isActive(present, offering, clock.millis());
        if (active && wasActive && isPassing(told)) {
            return;
        }
        Map<String, Optional<Degree>> before = wasActive ? searches.met(offering, present) : Map.of();
        Map<String, Optional<Degree>> after = active ? searches.met(offering, told.after()) : Map.of();
        if (!active) {
            tell(change, change.type() == Type.WITHDRAWN ? DemandEvent.WITHDRAWN : DemandEvent.EXPIRED, before);
            return;
        }
        boolean isKnown = told.patch().isEmpty() && change.type() == Type.CHANGED;
        Map<String, Optional<Degree>> gone = new HashMap<>(before);
        gone.keySet().removeAll(after.keySet());
        gone.replaceAll((demand, degree) -> Optional.empty());
        tell(change, DemandEvent.UNMATCHED, gone);
        after.forEach((demand, degree) -> tell(
                change,
                isKnown || before.containsKey(demand) ? DemandEvent.CHANGED : DemandEvent.MATCHED,
                Map.of(demand, degree)));
    }

    private static boolean isPassing(Changes.Told told) {
        return told.patch()
                .filter(patch -> isPassing(patch.added()) && isPassing(patch.removed()))
                .isPresent();
    }

    private static boolean isPassing(List<Triple> triples) {
        return triples.stream().allMatch(triple -> PASSING.contains(triple.getPredicate()));
    }

    private void tell(OfferingChange change, String type, Map<String, Optional<Degree>> met) {
        long now = clock.millis();
        met.forEach((id, degree) -> {
            if (demands.find(id).filter(demand -> demand.until() > now).isPresent()) {
                listener.event(id, change, new DemandEvent(type, degree));
            }
        });
    }
}
