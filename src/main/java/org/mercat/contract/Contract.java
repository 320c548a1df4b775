// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.ns.MC;
import org.mercat.party.Parties;
import org.mercat.rdf.Activities;
import org.mercat.rdf.Activities.Activity;
import org.mercat.rdf.Resources;

/**
 * A contract as it is stored. Days are those of UTC.
 *
 * @param id {@code bob/parking}
 * @param node its address
 * @param offering address of what may be used
 * @param consumer client id of who uses it
 * @param provider client id of who gives it
 * @param status how far it has come
 * @param signed when both sides had agreed; empty if they have not
 * @param tariffs what was agreed, by time; never empty
 * @param announced what the provider wants from a day on
 * @param spans when it was in force
 * @param revision of its last change, counted from 1
 */
public record Contract(
        String id,
        Node node,
        Node offering,
        String consumer,
        String provider,
        Status status,
        Optional<Instant> signed,
        List<Agreed> tariffs,
        Optional<Announced> announced,
        List<Span> spans,
        long revision) {
    static final Node FROM = NodeFactory.createURI("http://schema.org/validFrom");
    static final Node THROUGH = NodeFactory.createURI("http://schema.org/validThrough");

    /**
     * A tariff, and the days for which it was agreed.
     *
     * @param from empty for the first one
     * @param through the last day; empty for the present one
     */
    public record Agreed(Node node, Tariff tariff, Optional<LocalDate> from, Optional<LocalDate> through) {}

    /**
     * A tariff that the provider wants.
     *
     * @param from the first day, that of a month
     * @param signed whether the consumer agrees; if not, the contract ends then
     */
    public record Announced(Node node, Tariff tariff, LocalDate from, boolean signed) {}

    /** Some time in which the contract was in force. @param end not in it; empty if that lasts */
    public record Span(Instant begin, Optional<Instant> end) {}

    /** The contract that a graph says; empty if it says none. */
    static Optional<Contract> of(String id, Node node, Graph graph, Parties parties) {
        return one(graph, node, MC.offering).map(offering -> {
            List<Activity> history = Activities.of(graph, node);
            return new Contract(
                    id,
                    node,
                    offering,
                    one(graph, node, DCTerms.creator.asNode())
                            .flatMap(parties.consumers()::idOf)
                            .orElseThrow(),
                    one(graph, node, DCTerms.publisher.asNode())
                            .flatMap(parties.providers()::idOf)
                            .orElseThrow(),
                    one(graph, node, MC.status).flatMap(Status::of).orElseThrow(),
                    one(graph, node, MC.signed).map(Contract::instant),
                    tariffs(graph, node),
                    one(graph, node, MC.announcedTariff)
                            .map(its -> new Announced(
                                    its,
                                    Tariffs.of(graph, its),
                                    one(graph, its, FROM).map(Contract::day).orElseThrow(),
                                    graph.contains(its, MC.signed, Node.ANY))),
                    spans(history),
                    Resources.revisionOf(graph, node).orElse(0L));
        });
    }

    private static List<Agreed> tariffs(Graph graph, Node node) {
        List<Agreed> tariffs = new ArrayList<>();
        for (Node property : List.of(MC.formerTariff, MC.tariff)) {
            graph.find(node, property, Node.ANY)
                    .mapWith(Triple::getObject)
                    .forEachRemaining(its -> tariffs.add(new Agreed(
                            its,
                            Tariffs.of(graph, its),
                            one(graph, its, FROM).map(Contract::day),
                            one(graph, its, THROUGH).map(Contract::day))));
        }
        tariffs.sort(Comparator.comparing(agreed -> agreed.from().orElse(LocalDate.MIN)));
        return List.copyOf(tariffs);
    }

    private static List<Span> spans(List<Activity> history) {
        List<Span> spans = new ArrayList<>();
        Status status = Status.PROPOSED;
        Instant begin = null;
        for (Activity activity : history) {
            Status after = Step.of(activity.step()).orElseThrow().after(status);
            if (activity.step().equals(MC.sign) && status == Status.PROPOSED) {
                after = Status.ACTIVE;
            }
            if (begin == null && after == Status.ACTIVE) {
                begin = activity.time();
            } else if (begin != null && after != Status.ACTIVE) {
                spans.add(new Span(begin, Optional.of(activity.time())));
                begin = null;
            }
            status = after;
        }
        if (begin != null) {
            spans.add(new Span(begin, Optional.empty()));
        }
        return List.copyOf(spans);
    }

    private static Instant instant(Node literal) {
        return Instant.parse(literal.getLiteralLexicalForm());
    }

    private static LocalDate day(Node literal) {
        return LocalDate.parse(literal.getLiteralLexicalForm());
    }

    static Optional<Node> one(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY).nextOptional().map(Triple::getObject);
    }

    /** The tariff of a day. */
    public Agreed tariffOn(LocalDate day) {
        Agreed found = tariffs.get(0);
        for (Agreed agreed : tariffs) {
            if (agreed.from().isPresent() && !agreed.from().get().isAfter(day)) {
                found = agreed;
            }
        }
        return found;
    }

    /** The days of a month on which it was in force, for a moment at least. @param now until when that is known */
    public NavigableSet<LocalDate> daysInForce(YearMonth month, Instant now) {
        NavigableSet<LocalDate> days = new TreeSet<>();
        for (Span span : spans) {
            Instant end = span.end().orElse(now);
            if (end.isAfter(span.begin())) {
                LocalDate day = later(day(span.begin()), month.atDay(1));
                LocalDate last = day(end.minusNanos(1));
                for (; !day.isAfter(last) && !day.isAfter(month.atEndOfMonth()); day = day.plusDays(1)) {
                    days.add(day);
                }
            }
        }
        return days;
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Whether it was in force at an instant. */
    public boolean isInForce(Instant instant) {
        return spans.stream()
                .anyMatch(span -> !instant.isBefore(span.begin())
                        && span.end().map(instant::isBefore).orElse(true));
    }
}
