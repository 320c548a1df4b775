// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.util.ArrayList;
import java.util.List;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.mercat.contract.Contract;
import org.mercat.ns.MC;
import org.mercat.party.Parties;
import org.mercat.rdf.Resources;

/**
 * The events of a contract and month as RDF.
 *
 * @param graph that they are in, {@code contracts/bob/parking/usage/2026-11}: the names of events begin with it
 */
record EventTriples(Contract contract, Parties parties, Node graph) {
    static final String PROV = "http://www.w3.org/ns/prov#";
    static final Node STARTED = NodeFactory.createURI(PROV + "startedAtTime");
    static final Node ENDED = NodeFactory.createURI(PROV + "endedAtTime");
    static final Node AGENT = NodeFactory.createURI(PROV + "wasAssociatedWith");
    static final String EVENTS = "#/events/";

    /** The graph of a contract and month. */
    static Node graph(Node contract, Object month) {
        return NodeFactory.createURI(contract.getURI() + UsageGraphs.USAGE + month);
    }

    Node node(long number) {
        return NodeFactory.createURI(graph.getURI() + EVENTS + number);
    }

    /** What is said of an event: when it ended only if its reporter said so. */
    List<Triple> of(Booked booked) {
        UsageEvent event = booked.event();
        Node node = node(booked.number());
        List<Triple> triples = new ArrayList<>();
        triples.add(Triple.create(node, RDF.Nodes.type, MC.UsageEvent));
        triples.add(Triple.create(node, MC.contract, contract.node()));
        triples.add(Triple.create(
                node, DCTerms.identifier.asNode(), text(event.key().id())));
        triples.add(
                Triple.create(node, DCTerms.source.asNode(), text(event.key().source())));
        triples.add(Triple.create(node, MC.side, text(UsageRoutes.word(event.side()))));
        triples.add(Triple.create(node, AGENT, reporter(event.key().reporter())));
        triples.add(Triple.create(node, STARTED, Resources.time(event.time())));
        event.until().ifPresent(until -> triples.add(Triple.create(node, ENDED, Resources.time(until))));
        event.quantities().forEach((metric, quantity) -> {
            Node part = NodeFactory.createURI(node + "/" + metric);
            triples.add(Triple.create(node, MC.measured, part));
            triples.add(Triple.create(part, MC.metric, text(metric)));
            triples.add(Triple.create(
                    part, MC.quantity, NodeFactory.createLiteralDT(quantity.toPlainString(), XSDDatatype.XSDdecimal)));
        });
        return triples;
    }

    private static Node text(String text) {
        return NodeFactory.createLiteralString(text);
    }

    /** Both sides of a contract report, or their organizations. */
    private Node reporter(String id) {
        if (!id.contains("/")) {
            return parties.organizations().resource(id);
        }
        return (id.equals(contract.provider()) ? parties.providers() : parties.consumers()).resource(id);
    }
}
