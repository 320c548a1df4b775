// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.graph.impl.GraphBase;
import org.apache.jena.util.iterator.ExtendedIterator;
import org.apache.jena.util.iterator.WrappedIterator;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.mercat.contract.Contract;
import org.mercat.ns.MC;
import org.mercat.party.Parties;
import org.mercat.rdf.Resources;

/**
 * The events that are charged to a month of a contract, read from the log a page at a time. An event that is known is read
 * by its number; anything else goes through all of them.
 */
final class UsageGraph extends GraphBase {
    private static final String PROV = "http://www.w3.org/ns/prov#";
    private static final Node STARTED = NodeFactory.createURI(PROV + "startedAtTime");
    private static final Node ENDED = NodeFactory.createURI(PROV + "endedAtTime");
    private static final Node AGENT = NodeFactory.createURI(PROV + "wasAssociatedWith");
    private static final int PAGE = 500;

    private final UsageLog log;
    private final Contract contract;
    private final Parties parties;
    private final YearMonth month;
    private final String events;

    UsageGraph(UsageLog log, Contract contract, Parties parties, YearMonth month, Node name) {
        this.log = log;
        this.contract = contract;
        this.parties = parties;
        this.month = month;
        this.events = name.getURI() + "#/events/";
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

    private void add(Booked booked, List<Triple> triples) {
        UsageEvent event = booked.event();
        Node node = NodeFactory.createURI(events + booked.number());
        triples.add(Triple.create(node, RDF.Nodes.type, MC.UsageEvent));
        triples.add(Triple.create(node, MC.contract, contract.node()));
        triples.add(Triple.create(
                node,
                DCTerms.identifier.asNode(),
                NodeFactory.createLiteralString(event.key().id())));
        triples.add(Triple.create(
                node,
                DCTerms.source.asNode(),
                NodeFactory.createLiteralString(event.key().source())));
        triples.add(Triple.create(node, MC.side, NodeFactory.createLiteralString(UsageRoutes.word(event.side()))));
        triples.add(Triple.create(node, AGENT, reporter(event.key().reporter())));
        triples.add(Triple.create(node, STARTED, Resources.time(event.time())));
        triples.add(Triple.create(node, ENDED, Resources.time(event.until().orElse(event.time()))));
        event.quantities().forEach((metric, quantity) -> {
            Node part = NodeFactory.createURI(node + "/" + metric);
            triples.add(Triple.create(node, MC.measured, part));
            triples.add(Triple.create(part, MC.metric, NodeFactory.createLiteralString(metric)));
            triples.add(Triple.create(
                    part, MC.quantity, NodeFactory.createLiteralDT(quantity.toPlainString(), XSDDatatype.XSDdecimal)));
        });
    }

    /** Both sides of a contract report, or their organizations. */
    private Node reporter(String id) {
        if (!id.contains("/")) {
            return parties.organizations().resource(id);
        }
        return (id.equals(contract.provider()) ? parties.providers() : parties.consumers()).resource(id);
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
