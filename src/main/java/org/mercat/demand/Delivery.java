// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.util.HashSet;
import java.util.Set;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.http.Caller;
import org.mercat.ns.Ledger;
import org.mercat.rdf.Change.Replacement;

/**
 * An event that is to be sent to a webhook.
 *
 * @param number by which it is called, among all
 * @param event id of the event, by which its receiver knows it again
 * @param body as it is sent
 * @param since milliseconds of the epoch when it happened
 * @param attempts how often it was tried
 * @param failure why the last attempt failed; empty before that
 * @param next milliseconds of the epoch when it is tried again; {@link #NEVER} for a dead letter
 */
record Delivery(
        long number, String demand, String event, String body, long since, int attempts, String failure, long next) {
    static final long NEVER = Long.MAX_VALUE;

    private static final String GRAPHS = "urn:mercat:delivery:";

    boolean isDead() {
        return next == NEVER;
    }

    /** After an attempt that failed. */
    Delivery failed(String why, long again) {
        return new Delivery(number, demand, event, body, since, attempts + 1, why, again);
    }

    /** To be tried again from the beginning. */
    Delivery revived(long now) {
        return new Delivery(number, demand, event, body, since, 0, failure, now);
    }

    /** The graphs of the deliveries of all demands that a caller owns. @param ledger in a transaction */
    static Set<Node> ownedBy(Caller caller, DatasetGraph ledger) {
        Set<Node> graphs = new HashSet<>();
        ledger.findNG(Node.ANY, Node.ANY, Ledger.delivery, Node.ANY).forEachRemaining(quad -> {
            if (isDelivery(quad.getGraph()) && caller.owns(quad.getObject().getLiteralLexicalForm())) {
                graphs.add(quad.getGraph());
            }
        });
        return graphs;
    }

    static boolean isDelivery(Node graph) {
        return graph.isURI() && graph.getURI().startsWith(GRAPHS);
    }

    private static Node graphOf(long number) {
        return NodeFactory.createURI(GRAPHS + number);
    }

    /** As the ledger has it. */
    static Delivery of(Node node, Graph graph) {
        return new Delivery(
                Long.parseLong(node.getURI().substring(GRAPHS.length())),
                text(graph, node, Ledger.delivery),
                text(graph, node, Ledger.event),
                text(graph, node, Ledger.body),
                Long.parseLong(text(graph, node, Ledger.since)),
                Integer.parseInt(text(graph, node, Ledger.attempts)),
                text(graph, node, Ledger.failure),
                Long.parseLong(text(graph, node, Ledger.nextAttempt)));
    }

    private static String text(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY).next().getObject().getLiteralLexicalForm();
    }

    /** The write that keeps it. */
    Replacement replacement() {
        Node node = graphOf(number);
        Graph graph = GraphFactory.createDefaultGraph();
        graph.add(node, Ledger.delivery, NodeFactory.createLiteralString(demand));
        graph.add(node, Ledger.event, NodeFactory.createLiteralString(event));
        graph.add(node, Ledger.body, NodeFactory.createLiteralString(body));
        graph.add(node, Ledger.failure, NodeFactory.createLiteralString(failure));
        graph.add(node, Ledger.since, integer(since));
        graph.add(node, Ledger.attempts, integer(attempts));
        graph.add(node, Ledger.nextAttempt, integer(next));
        return new Replacement(node, graph);
    }

    private static Node integer(long number) {
        return NodeFactory.createLiteralDT(Long.toString(number), XSDDatatype.XSDinteger);
    }

    /** The write that forgets it. */
    Replacement removal() {
        return new Replacement(graphOf(number), Graph.emptyGraph);
    }
}
