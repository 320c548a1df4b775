// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.util.NodeFactoryExtra;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.mercat.ns.MC;

/**
 * What was done with a resource, in its own graph: a {@code prov:Activity} for each step, numbered from 0.
 *
 * @see <a href="https://www.w3.org/TR/prov-o/">PROV-O</a>
 */
public final class Activities {
    private static final String PROV = "http://www.w3.org/ns/prov#";

    /** Leads from a resource to each of its steps. */
    public static final Node STEP = node("wasInfluencedBy");

    private static final Node ACTIVITY = node("Activity");
    private static final Node AGENT = node("wasAssociatedWith");
    private static final Node TIME = node("endedAtTime");
    private static final Node USED = node("used");

    /**
     * A step that was taken.
     *
     * @param step such as {@code mc:accept}
     * @param agent who took it; empty if that is not on record
     * @param text what was said with it; empty for nothing
     * @param revision that wrote it; empty for the newest, and for those that were taken in another catalogue
     */
    public record Activity(
            Node node, Node step, Instant time, Optional<Node> agent, String text, Optional<Long> revision) {}

    private Activities() {}

    private static Node node(String name) {
        return NodeFactory.createURI(PROV + name);
    }

    /**
     * Adds a step, and says of the one before which revision wrote it: that of the newest is the resource's own.
     *
     * @param revision of the resource before this step; empty for a new one
     * @param text what was said with it; empty for nothing
     */
    public static Node add(Graph graph, Node resource, Optional<Long> revision, Node step, Instant time, String text) {
        int number = count(graph, resource);
        revision.ifPresent(its -> graph.add(node(resource, number - 1), MC.revision, NodeFactoryExtra.intToNode(its)));
        Node activity = node(resource, number);
        graph.add(resource, STEP, activity);
        graph.add(activity, RDF.Nodes.type, ACTIVITY);
        graph.add(activity, MC.step, step);
        graph.add(activity, TIME, Resources.time(time));
        if (!text.isEmpty()) {
            graph.add(activity, RDFS.comment.asNode(), NodeFactory.createLiteralString(text));
        }
        return activity;
    }

    /** Says who took a step. */
    public static void setAgent(Graph graph, Node activity, Node agent) {
        graph.add(activity, AGENT, agent);
    }

    /** Says what a step went by, such as conditions that were accepted. */
    public static void setUsed(Graph graph, Node activity, Iterable<Node> used) {
        used.forEach(one -> graph.add(activity, USED, one));
    }

    /** All that the steps of a resource went by. */
    public static Set<Node> used(Graph graph, Node resource) {
        Set<Node> used = new HashSet<>();
        graph.find(resource, STEP, Node.ANY)
                .mapWith(Triple::getObject)
                .toList()
                .forEach(activity -> graph.find(activity, USED, Node.ANY)
                        .mapWith(Triple::getObject)
                        .forEachRemaining(used::add));
        return used;
    }

    /** Takes all steps out of a graph. */
    public static void clear(Graph graph, Node resource) {
        graph.find(resource, STEP, Node.ANY)
                .mapWith(Triple::getObject)
                .toList()
                .forEach(activity -> graph.remove(activity, Node.ANY, Node.ANY));
        graph.remove(resource, STEP, Node.ANY);
    }

    /** Copies all steps. */
    public static void copy(Graph from, Graph to, Node resource) {
        from.find(resource, STEP, Node.ANY).forEachRemaining(triple -> {
            to.add(triple);
            from.find(triple.getObject(), Node.ANY, Node.ANY).forEachRemaining(to::add);
        });
    }

    /** All steps, the oldest first. */
    public static List<Activity> of(Graph graph, Node resource) {
        List<Activity> activities = new ArrayList<>();
        int count = count(graph, resource);
        for (int number = 0; number < count; number++) {
            Node activity = node(resource, number);
            one(graph, activity, MC.step)
                    .ifPresent(step -> activities.add(new Activity(
                            activity,
                            step,
                            one(graph, activity, TIME)
                                    .map(time -> Instant.parse(time.getLiteralLexicalForm()))
                                    .orElse(Instant.EPOCH),
                            one(graph, activity, AGENT),
                            one(graph, activity, RDFS.comment.asNode())
                                    .map(Node::getLiteralLexicalForm)
                                    .orElse(""),
                            Resources.revisionOf(graph, activity))));
        }
        return activities;
    }

    private static int count(Graph graph, Node resource) {
        return graph.find(resource, STEP, Node.ANY).toList().size();
    }

    private static Node node(Node resource, int number) {
        return NodeFactory.createURI(resource + "#/history/" + number);
    }

    private static Optional<Node> one(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY).nextOptional().map(Triple::getObject);
    }
}
