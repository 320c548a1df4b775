// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.graph.impl.GraphBase;
import org.apache.jena.util.iterator.ExtendedIterator;
import org.apache.jena.util.iterator.WrappedIterator;
import org.mercat.contract.Contract;
import org.mercat.party.Parties;
import org.mercat.rdf.Resources;

/**
 * The events that are charged to a month of a contract, read from the log a page at a time. An event that is known is read
 * by its number; anything else goes through all of them.
 */
final class UsageGraph extends GraphBase {
    private static final int PAGE = 500;

    private final UsageLog log;
    private final Contract contract;
    private final YearMonth month;
    private final EventTriples triples;
    private final String events;

    UsageGraph(UsageLog log, Contract contract, Parties parties, YearMonth month, Node name) {
        this.log = log;
        this.contract = contract;
        this.month = month;
        this.triples = new EventTriples(contract, parties, name);
        this.events = name.getURI() + EventTriples.EVENTS;
    }

    @Override
    protected ExtendedIterator<Triple> graphBaseFind(Triple pattern) {
        Node subject = pattern.getSubject();
        if (!subject.isConcrete()) {
            return WrappedIterator.create(new Scan()).filterKeep(pattern::matches);
        }
        String number = subject.isURI() && subject.getURI().startsWith(events)
                ? subject.getURI().substring(events.length()).replaceFirst("/.*", "")
                : "";
        List<Triple> found = new ArrayList<>();
        if (number.matches("[1-9]\\d{0,17}")) {
            log.events(contract.id(), month, Long.parseLong(number) - 1, 1, booked -> add(booked, found));
        }
        return WrappedIterator.create(found.iterator()).filterKeep(pattern::matches);
    }

    /** What sums up nothing ends as it begins. */
    private void add(Booked booked, List<Triple> into) {
        into.addAll(triples.of(booked));
        if (booked.event().until().isEmpty()) {
            Node time = Resources.time(booked.event().time());
            into.add(Triple.create(triples.node(booked.number()), EventTriples.ENDED, time));
        }
    }

    /** All triples, a page of events after the other. */
    private final class Scan implements Iterator<Triple> {
        private final Deque<Triple> read = new ArrayDeque<>();
        private long after;
        private boolean isOver;

        @Override
        public boolean hasNext() {
            while (read.isEmpty() && !isOver) {
                List<Triple> triples = new ArrayList<>();
                long before = after;
                log.events(contract.id(), month, after, PAGE, booked -> {
                    after = booked.number();
                    add(booked, triples);
                });
                isOver = after == before;
                read.addAll(triples);
            }
            return !read.isEmpty();
        }

        @Override
        public Triple next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return read.remove();
        }
    }
}
