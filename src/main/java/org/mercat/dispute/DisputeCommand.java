// SPDX-License-Identifier: Apache-2.0
package org.mercat.dispute;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.util.NodeFactoryExtra;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.mercat.contract.Contract;
import org.mercat.dispute.Redress.Given;
import org.mercat.http.Caller;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Preconditions;
import org.mercat.ns.MC;
import org.mercat.rdf.Activities;
import org.mercat.rdf.Change;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Command;
import org.mercat.rdf.Resources;

/** The command that opens a dispute, or takes one step with it. */
final class DisputeCommand implements Command {
    private final Disputes disputes;
    private final Node node;
    private final Step step;
    private final Caller caller;
    private final Said said;
    private final Optional<Opening> opening;
    private final Instant now;

    /**
     * What is said with a step.
     *
     * @param evidence addresses of what shows it
     * @param amount that is given back; empty but for an award
     * @param redress that gives it back; empty but for an award
     * @param preconditions on the dispute as it was read
     */
    record Said(
            Node agent,
            String text,
            List<Node> evidence,
            Optional<BigDecimal> amount,
            Optional<Function<View, Given>> redress,
            Preconditions preconditions) {}

    /** What is disputed. @param isConsumers whether the consumer does, not the provider */
    record Opening(Contract contract, Node about, boolean isConsumers) {}

    DisputeCommand(
            Disputes disputes, String id, Step step, Caller caller, Said said, Optional<Opening> opening, Instant now) {
        this.disputes = disputes;
        this.node = disputes.collection().resource(id);
        this.step = step;
        this.caller = caller;
        this.said = said;
        this.opening = opening;
        this.now = now;
    }

    @Override
    public Change decide(View view) {
        Graph stored = view.ledger(node);
        Graph next = GraphFactory.createDefaultGraph();
        List<Replacement> changes = new ArrayList<>();
        Optional<Long> revision = Optional.empty();
        if (opening.isPresent()) {
            if (!stored.isEmpty()) {
                throw Kind.CONFLICT.because("Another dispute was opened at the same moment: send it again.");
            }
            open(next, opening.get());
        } else {
            stored.find().forEachRemaining(next::add);
            revision = Optional.of(take(stored, next));
            said.redress.map(redress -> redress.apply(view)).ifPresent(given -> {
                given.creditNote().ifPresent(note -> next.add(node, MC.creditNote, note));
                changes.addAll(given.changes());
            });
        }
        replace(next, DCTerms.modified.asNode(), Resources.time(now));
        replace(next, MC.revision, NodeFactoryExtra.intToNode(revision.orElse(0L) + 1));
        Node activity = Activities.add(next, node, revision, step.node(), now, said.text);
        Activities.setAgent(next, activity, said.agent);
        said.evidence.forEach(one -> next.add(activity, MC.evidence, one));
        changes.add(new Replacement(node, next));
        return new Change(List.of(), changes);
    }

    private void open(Graph next, Opening opening) {
        next.add(node, RDF.Nodes.type, MC.Dispute);
        next.add(
                node,
                DCTerms.identifier.asNode(),
                NodeFactory.createLiteralString(disputes.collection().idOf(node).orElseThrow()));
        next.add(node, MC.contract, opening.contract.node());
        next.add(node, MC.disputed, opening.about);
        next.add(
                node,
                MC.openedBy,
                NodeFactory.createLiteralString(opening.isConsumers ? Dispute.CONSUMER : Dispute.PROVIDER));
        next.add(node, MC.answerUntil, Resources.time(now.plus(Dispute.DEADLINE)));
        next.add(node, MC.status, Status.OPEN.node());
        next.add(node, DCTerms.created.asNode(), Resources.time(now));
    }

    /** @return the revision before */
    private long take(Graph stored, Graph next) {
        String id = disputes.collection().idOf(node).orElseThrow();
        Dispute dispute = Dispute.of(id, node, stored, disputes.contracts())
                .orElseThrow(() -> Kind.NOT_FOUND.because("There is no dispute \"" + id + "\"."));
        said.preconditions.check(Optional.of(dispute.revision()));
        dispute.mustBePossible(caller, step, now);
        replace(next, MC.status, dispute.after(caller, step).node());
        said.amount.ifPresent(amount -> {
            next.add(
                    node,
                    MC.awardedAmount,
                    NodeFactory.createLiteralDT(amount.toPlainString(), XSDDatatype.XSDdecimal));
            next.add(node, MC.awardedCurrency, NodeFactory.createLiteralString(dispute.currency()));
        });
        return dispute.revision();
    }

    private void replace(Graph graph, Node property, Node value) {
        graph.remove(node, property, Node.ANY);
        graph.add(node, property, value);
    }
}
