// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import java.util.List;
import java.util.Optional;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Command;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;
import org.mercat.rdf.Submission;

/**
 * The command that puts one resource back as an export has it: with its times, active or paused, or withdrawn. What is
 * there already and says the same is left alone, so that a second time changes nothing.
 */
final class Restoration implements Command {
    private final Caller operator;
    private final String id;
    private final Node resource;
    private final Graph exported;
    private final Rules rules;

    Restoration(Caller operator, String id, Submission exported, Rules rules) {
        this.operator = operator;
        this.id = id;
        this.resource = exported.resource();
        this.exported = stated(exported.graph());
        this.rules = rules;
    }

    /** Whether it is out of an export: only the catalogue says when something was created or withdrawn. */
    static boolean isExported(Submission submission) {
        return Resources.isWithdrawn(submission.graph(), submission.resource())
                || submission.graph().contains(submission.resource(), DCTerms.created.asNode(), Node.ANY);
    }

    @Override
    public Change decide(View view) {
        Graph stored = stated(rules.present(view, resource));
        if (stored.isIsomorphicWith(exported)) {
            return Change.NONE;
        }
        if (Resources.isWithdrawn(exported, resource)) {
            mustBeTombstone();
            return rules.decideWithdrawal(view, resource, exported);
        }
        timeOf(DCTerms.created.asNode()).orElseThrow(this::badTimes);
        timeOf(DCTerms.modified.asNode()).orElseThrow(this::badTimes);
        boolean created = stored.isEmpty() || Resources.isWithdrawn(stored, resource);
        return rules.decide(view, new Rules.Proposal(operator, resource, exported, created))
                .change();
    }

    /** All but revisions, which are of the store that it is in. */
    private Graph stated(Graph graph) {
        Graph stated = GraphFactory.createDefaultGraph();
        graph.find()
                .filterDrop(triple -> triple.predicateMatches(MC.revision))
                .forEachRemaining(triple ->
                        stated.add(triple.getSubject(), triple.getPredicate(), Store.asStored(triple.getObject())));
        return stated;
    }

    private void mustBeTombstone() {
        boolean good = timeOf(Registrar.INVALIDATED)
                .map(time -> Registrar.tombstone(resource, id, time).isIsomorphicWith(exported))
                .orElse(false);
        if (!good) {
            throw new Failure.Malformed("A withdrawn resource has its identifier, prov:invalidatedAtTime once as an"
                            + " xsd:dateTime, and nothing else.")
                    .asException();
        }
    }

    /** The one well-formed time that the property has. */
    private Optional<Node> timeOf(Node property) {
        List<Node> values = exported.find(resource, property, Node.ANY)
                .mapWith(Triple::getObject)
                .toList();
        return values.size() == 1 && isTime(values.get(0)) ? Optional.of(values.get(0)) : Optional.empty();
    }

    private static boolean isTime(Node node) {
        return node.isLiteral()
                && XSDDatatype.XSDdateTime.equals(node.getLiteralDatatype())
                && node.getLiteral().isWellFormed();
    }

    private FailureException badTimes() {
        return new Failure.Malformed("What says when it was created is out of an export, and has dcterms:created and"
                        + " dcterms:modified once each, as xsd:dateTime. Mend that, or leave both out to register it as"
                        + " of now.")
                .asException();
    }
}
