// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Command;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;
import org.mercat.rdf.Submission;

/** The command that registers one resource: creates it, or replaces what is there. */
final class Registration implements Command {
    private final Caller caller;
    private final Node resource;
    private final Graph sent;
    private final Rules rules;
    private final Preconditions preconditions;
    private final boolean mustBeNew;
    private final Instant now;
    private Graph next;
    private boolean created;
    private Map<String, String> shownOnce = Map.of();

    Registration(
            Caller caller,
            Submission checked,
            Rules rules,
            Preconditions preconditions,
            boolean mustBeNew,
            Instant now) {
        this.caller = caller;
        this.resource = checked.resource();
        this.sent = checked.graph();
        this.rules = rules;
        this.preconditions = preconditions;
        this.mustBeNew = mustBeNew;
        this.now = now;
    }

    /** What is stored now, but for the revision. Valid after the command has run. */
    Graph next() {
        return next;
    }

    /** Whether it was not there before. Valid after the command has run. */
    boolean created() {
        return created;
    }

    /** What the answer tells once. Valid after the command has run. */
    Map<String, String> shownOnce() {
        return shownOnce;
    }

    Node resource() {
        return resource;
    }

    @Override
    public Change decide(View view) {
        Graph stored = rules.present(view, resource);
        boolean live = !stored.isEmpty() && !Resources.isWithdrawn(stored, resource);
        preconditions.check(live ? Resources.revisionOf(stored, resource) : Optional.empty());
        if (mustBeNew && live) {
            throw Failure.Kind.CONFLICT.because(
                    "<" + resource.getURI()
                            + "> exists already. PUT to that address replaces it, PATCH changes parts of it; or choose another \"id\".");
        }
        created = !live;
        next = complete(live ? stored : Graph.emptyGraph);
        Rules.Decision decision = rules.decide(view, new Rules.Proposal(caller, resource, next, created));
        shownOnce = decision.shownOnce();
        return decision.change();
    }

    private Graph complete(Graph present) {
        Graph complete = GraphFactory.createDefaultGraph();
        sent.find()
                .forEachRemaining(triple ->
                        complete.add(triple.getSubject(), triple.getPredicate(), Store.asStored(triple.getObject())));
        for (Node kept : List.of(DCTerms.created.asNode(), DCTerms.modified.asNode(), MC.revision)) {
            complete.remove(resource, kept, Node.ANY);
        }
        Node time = Resources.time(now);
        Node since = present.find(resource, DCTerms.created.asNode(), Node.ANY)
                .nextOptional()
                .map(triple -> triple.getObject())
                .orElse(time);
        complete.add(resource, DCTerms.created.asNode(), since);
        complete.add(resource, DCTerms.modified.asNode(), time);
        rules.complete(resource, complete, present, now);
        return complete;
    }
}
