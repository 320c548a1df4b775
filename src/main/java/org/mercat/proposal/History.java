// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.util.NodeFactoryExtra;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.mercat.ns.MC;
import org.mercat.rdf.Resources;

/**
 * What was done with a proposal, in its own graph: a {@code prov:Activity} for each step.
 *
 * @see <a href="https://www.w3.org/TR/prov-o/">PROV-O</a>
 */
final class History {
    private static final String PROV = "http://www.w3.org/ns/prov#";
    /** Leads from a proposal to each of its steps. */
    static final Node STEP = node("wasInfluencedBy");

    private static final Node ACTIVITY = node("Activity");
    private static final Node AGENT = node("wasAssociatedWith");
    private static final Node TIME = node("endedAtTime");

    private History() {}

    private static Node node(String name) {
        return NodeFactory.createURI(PROV + name);
    }

    /**
     * Adds a step, and says of the one before which revision wrote it: that of the newest is the proposal's own.
     *
     * @param revision of the proposal before this step; empty for a new one
     * @param text what was said with it; empty for nothing
     */
    static Node add(Graph graph, Node proposal, Optional<Long> revision, Step step, Instant time, String text) {
        int number = graph.find(proposal, STEP, Node.ANY).toList().size();
        revision.ifPresent(its -> graph.add(step(proposal, number - 1), MC.revision, NodeFactoryExtra.intToNode(its)));
        Node activity = step(proposal, number);
        graph.add(proposal, STEP, activity);
        graph.add(activity, RDF.Nodes.type, ACTIVITY);
        graph.add(activity, MC.step, step.node());
        graph.add(activity, TIME, Resources.time(time));
        if (!text.isEmpty()) {
            graph.add(activity, RDFS.comment.asNode(), NodeFactory.createLiteralString(text));
        }
        return activity;
    }

    /** Says who took a step. */
    static void setAgent(Graph graph, Node activity, Node agent) {
        graph.add(activity, AGENT, agent);
    }

    /** The step that nobody is said to have taken yet, if there is one. */
    static Optional<Node> withoutAgent(Graph graph, Node proposal) {
        return graph.find(proposal, STEP, Node.ANY)
                .mapWith(Triple::getObject)
                .filterDrop(activity -> graph.contains(activity, AGENT, Node.ANY))
                .nextOptional();
    }

    /** Takes all steps out of a graph. */
    static void clear(Graph graph, Node proposal) {
        graph.find(proposal, STEP, Node.ANY)
                .mapWith(Triple::getObject)
                .toList()
                .forEach(activity -> graph.remove(activity, Node.ANY, Node.ANY));
        graph.remove(proposal, STEP, Node.ANY);
    }

    /** Copies all steps. */
    static void copy(Graph from, Graph to, Node proposal) {
        from.find(proposal, STEP, Node.ANY).forEachRemaining(triple -> {
            to.add(triple);
            from.find(triple.getObject(), Node.ANY, Node.ANY).forEachRemaining(to::add);
        });
    }

    /** The newest step. */
    static Step last(Graph graph, Node proposal) {
        return graph.find(newest(graph, proposal), MC.step, Node.ANY)
                .nextOptional()
                .flatMap(triple -> Step.of(triple.getObject()))
                .orElse(Step.PROPOSE);
    }

    /**
     * A step that was taken.
     *
     * @param agent who took it; empty if that is not on record
     * @param revision that wrote it; empty for the newest, and for those that were taken in another catalogue
     */
    record Taken(Step step, Instant time, Optional<Node> agent, Optional<Long> revision) {}

    /** All steps, the oldest first. */
    static List<Taken> steps(Graph graph, Node proposal) {
        List<Taken> steps = new ArrayList<>();
        int size = graph.find(proposal, STEP, Node.ANY).toList().size();
        for (int number = 0; number < size; number++) {
            Node activity = step(proposal, number);
            one(graph, activity, MC.step)
                    .flatMap(Step::of)
                    .ifPresent(step -> steps.add(new Taken(
                            step,
                            one(graph, activity, TIME)
                                    .map(time -> Instant.parse(time.getLiteralLexicalForm()))
                                    .orElse(Instant.EPOCH),
                            one(graph, activity, AGENT),
                            Resources.revisionOf(graph, activity))));
        }
        return steps;
    }

    private static Node step(Node proposal, int number) {
        return NodeFactory.createURI(proposal + "#/history/" + number);
    }

    private static Optional<Node> one(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY).nextOptional().map(Triple::getObject);
    }

    /** What was said with the newest step; empty for nothing. */
    static String lastText(Graph graph, Node proposal) {
        return graph.find(newest(graph, proposal), RDFS.comment.asNode(), Node.ANY)
                .nextOptional()
                .map(triple -> triple.getObject().getLiteralLexicalForm())
                .orElse("");
    }

    private static Node newest(Graph graph, Node proposal) {
        return step(proposal, graph.find(proposal, STEP, Node.ANY).toList().size() - 1);
    }
}
