// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.util.NodeFactoryExtra;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Preconditions;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;

/**
 * Promotions of offerings, in memory: a view of the ledger. In a month whose fee is above what its provider has agreed to pay
 * a promotion rests: it is neither shown nor charged. For any number of threads.
 */
final class Promotions {
    private static final long KEPT_NANOS = 1_000_000_000;

    private final Store store;
    private final Places places;
    private final Conditions conditions;
    private final InstantSource clock;
    private final Map<Node, Promotion> all = new ConcurrentHashMap<>();
    private volatile Shown shown;

    /**
     * One promotion. Its days are those of UTC.
     *
     * @param fee for a day, that the provider has agreed to pay
     */
    record Promotion(Node offering, LocalDate first, LocalDate last, BigDecimal fee, String currency) {
        boolean overlaps(Promotion other) {
            return offering.equals(other.offering) && !first.isAfter(other.last) && !other.first.isAfter(last);
        }
    }

    /** What is promoted, as it was found at a time of {@link System#nanoTime}. */
    private record Shown(Set<Node> offerings, LocalDate day, long found) {}

    Promotions(Store store, Places places, StoredConditions conditions, InstantSource clock) {
        this.store = store;
        this.places = places;
        this.conditions = conditions;
        this.clock = clock;
        conditions.all(MC.Promotion).forEach(node -> all.put(node, of(store.ledgerGraph(node), node)));
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    static Promotion of(Graph graph, Node node) {
        Description its = new Description(graph, node);
        return new Promotion(
                its.one(MC.offering).orElseThrow(),
                LocalDate.parse(its.text(MC.firstDay)),
                LocalDate.parse(its.text(MC.lastDay)),
                its.number(MC.promotionFee),
                its.text(StoredConditions.CURRENCY));
    }

    /** The fee for a day of a month, if it is more than was agreed to, or in another currency. */
    Optional<FeePlan> dearer(Promotion promotion, YearMonth month) {
        return conditions
                .feePlan(organization(promotion), month)
                .filter(plan -> plan.promotion().signum() > 0)
                .filter(plan -> !plan.currency().equals(promotion.currency)
                        || plan.promotion().compareTo(promotion.fee) > 0);
    }

    private String organization(Promotion promotion) {
        return Invoicing.organizationOf(places.idOf("offerings/", promotion.offering));
    }

    /** The offerings that are promoted today. */
    Set<Node> promoted() {
        Shown known = shown;
        LocalDate today = today();
        long now = System.nanoTime();
        if (known == null || !known.day.equals(today) || now - known.found > KEPT_NANOS) {
            Set<Node> found = new HashSet<>();
            YearMonth month = YearMonth.from(today);
            all.values().stream()
                    .filter(its -> !its.first.isAfter(today) && !its.last.isBefore(today))
                    .filter(its -> dearer(its, month).isEmpty())
                    .forEach(its -> found.add(its.offering));
            known = new Shown(Set.copyOf(found), today, now);
            shown = known;
        }
        return known.offerings;
    }

    /** How many days of a month, up to today, each organization has had offerings promoted. */
    Map<String, BigDecimal> days(YearMonth month) {
        Map<String, BigDecimal> days = new TreeMap<>();
        LocalDate end = List.of(month.atEndOfMonth(), today()).stream()
                .min(LocalDate::compareTo)
                .orElseThrow();
        for (Promotion its : all.values()) {
            LocalDate from = its.first.isBefore(month.atDay(1)) ? month.atDay(1) : its.first;
            LocalDate to = its.last.isAfter(end) ? end : its.last;
            if (!from.isAfter(to) && dearer(its, month).isEmpty()) {
                BigDecimal count = BigDecimal.valueOf(to.toEpochDay() - from.toEpochDay() + 1);
                days.merge(organization(its), count, BigDecimal::add);
            }
        }
        return days;
    }

    /** Puts a promotion on record. @throws RuntimeException if another one of the offering has some of its days */
    synchronized void write(Description its, Preconditions preconditions) {
        Promotion next = of(its.graph(), its.node());
        store.write(view -> {
            Optional<Long> present = Resources.revisionOf(view.ledger(its.node()), its.node());
            preconditions.check(present);
            all.forEach((node, other) -> {
                if (!node.equals(its.node()) && other.overlaps(next)) {
                    throw Kind.CONFLICT.because("It is promoted from " + other.first + " to " + other.last
                            + " already: begin after that, or change that one, <" + node + ">.");
                }
            });
            its.replace(MC.revision, NodeFactoryExtra.intToNode(present.orElse(0L) + 1));
            return Change.ofLedger(its.node(), its.graph());
        });
        all.put(its.node(), next);
        shown = null;
    }

    /** Takes a promotion back that has not begun. */
    synchronized void remove(Node node, Preconditions preconditions) {
        store.write(view -> {
            preconditions.check(Resources.revisionOf(view.ledger(node), node));
            return Change.ofLedger(node, GraphFactory.createDefaultGraph());
        });
        all.remove(node);
        shown = null;
    }

    /** The addresses of all. */
    Set<Node> nodes() {
        return Set.copyOf(all.keySet());
    }

    Optional<Promotion> find(Node node) {
        return Optional.ofNullable(all.get(node));
    }
}
