// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.DCAT;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.Fault;
import org.mercat.http.Rules;
import org.mercat.ns.MC;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Command.View;
import org.mercat.rdf.Submission;

/**
 * The rules of a collection, and what follows from proposals: a term that is only proposed is for offerings of the
 * organization that proposes it; one that was accepted is stored as the term it has become; one that was not accepted
 * stays where it is and is taken nowhere else.
 */
final class TermUse implements Rules {
    /** The properties of offerings whose values are terms that can be proposed. */
    static final Set<Node> OF_OFFERINGS = Set.of(DCAT.theme.asNode(), MC.semanticType);

    private static final Set<Node> OF_SEARCHES = Set.of(MC.category, MC.output, MC.input);

    private final Rules rules;
    private final Proposals proposals;
    private final Check check;
    private final Collection collection;
    private final boolean isRestricted;

    /**
     * @param collection that the rules are of
     * @param isRestricted whether a provisional term is for its own organization; searches may ask for any
     */
    TermUse(Rules rules, Proposals proposals, Check check, Collection collection, boolean isRestricted) {
        this.rules = rules;
        this.proposals = proposals;
        this.check = check;
        this.collection = collection;
        this.isRestricted = isRestricted;
    }

    /** Whether a property's values may be terms that can be proposed. */
    static boolean isOfTerms(Node property) {
        return OF_OFFERINGS.contains(property) || OF_SEARCHES.contains(property);
    }

    private Stream<Triple> uses(Graph graph) {
        return graph.stream()
                .filter(triple -> isOfTerms(triple.getPredicate())
                        && proposals.collection().idOf(triple.getObject()).isPresent());
    }

    @Override
    public void mayWrite(Caller caller, String id) {
        rules.mayWrite(caller, id);
    }

    @Override
    public Graph present(View view, Node resource) {
        return rules.present(view, resource);
    }

    @Override
    public Graph shaped(Submission submission) {
        return rules.shaped(submission);
    }

    @Override
    public void check(Submission submission) {
        rules.check(submission);
        String organization = StoredProposal.organizationOf(
                collection.idOf(submission.resource()).orElseThrow());
        List<Fault> faults = new ArrayList<>();
        uses(submission.graph())
                .filter(triple -> isRestricted)
                .forEach(triple -> proposals
                        .find(triple.getObject())
                        .filter(proposal -> proposal.status().isPending()
                                && !proposal.organization().equals(organization))
                        .ifPresent(proposal -> faults.add(fault(
                                submission,
                                triple,
                                "\"" + proposal.label() + "\" is only proposed, by \"" + proposal.organization()
                                        + "\", which alone may use it until <" + proposal.node()
                                        + "> is accepted. Write a term that is broader, or comment on the proposal.",
                                "violation"))));
        if (!faults.isEmpty()) {
            throw new Failure.Invalid("A term is only proposed; see errors for what to mend.", faults).asException();
        }
    }

    @Override
    public List<Fault> advice(Submission submission) {
        List<Fault> advice = new ArrayList<>(rules.advice(submission));
        uses(submission.graph())
                .forEach(triple -> proposals
                        .find(triple.getObject())
                        .flatMap(proposal -> remark(proposal, triple))
                        .ifPresent(message -> advice.add(fault(submission, triple, message, "warning"))));
        return advice;
    }

    /** What is to be said of the use of a proposal that is decided. */
    private Optional<String> remark(StoredProposal proposal, Triple use) {
        return proposal.status() == Status.ACCEPTED
                ? proposal.term()
                        .map(term ->
                                "<" + use.getObject() + "> was accepted and is stored as <" + term + ">: write that.")
                : Optional.of(proposal).filter(its -> !its.status().isPending()).map(this::notAccepted);
    }

    private String notAccepted(StoredProposal proposal) {
        String reason = History.lastText(proposal.graph(), proposal.node());
        String nearest = check.nearestTo(proposal);
        return "\"" + proposal.label() + "\" was proposed and is "
                + proposal.status().words() + (reason.isEmpty() ? "" : ": " + reason)
                + (nearest.isEmpty() ? "" : " Nearest to it are " + nearest + ".");
    }

    private static Fault fault(Submission submission, Triple triple, String message, String severity) {
        var place = submission.locator().fault(triple.getSubject(), triple.getPredicate(), triple.getObject(), message);
        return fault(triple, message, place.pointer(), severity);
    }

    private static Fault fault(Triple triple, String message, String pointer, String severity) {
        return new Fault(
                message,
                pointer,
                0,
                0,
                triple.getSubject().toString(),
                triple.getPredicate().toString(),
                triple.getObject().toString(),
                null,
                severity);
    }

    @Override
    public void complete(Node resource, Graph next, Graph present, Instant now) {
        rules.complete(resource, next, present, now);
    }

    /** Here, on the writer's thread, nothing is accepted or rejected meanwhile. */
    @Override
    public Decision decide(View view, Proposal registration) {
        Graph next = registration.next();
        for (Triple use : uses(next).toList()) {
            StoredProposal proposal = stored(view, use.getObject());
            Optional<Node> term = proposal.addsTerm() ? proposal.term() : Optional.empty();
            if (proposal.status() == Status.ACCEPTED && term.isPresent()) {
                next.delete(use);
                next.add(use.getSubject(), use.getPredicate(), term.get());
            } else if (isRestricted && !proposal.status().isPending() && isNewUse(view, registration, use)) {
                throw refused(proposal, use);
            }
        }
        return rules.decide(view, registration);
    }

    private StoredProposal stored(View view, Node node) {
        String id = proposals.collection().idOf(node).orElseThrow();
        return StoredProposal.of(id, node, view.catalogue(node));
    }

    /** What has the term may keep it; the operator brings back what an export has. */
    private boolean isNewUse(View view, Proposal registration, Triple use) {
        return registration.caller().role() != Caller.Role.OPERATOR
                && !present(view, registration.resource()).contains(Node.ANY, use.getPredicate(), use.getObject());
    }

    private RuntimeException refused(StoredProposal proposal, Triple use) {
        String message = notAccepted(proposal);
        return new Failure.Invalid(message, List.of(fault(use, message, null, "violation"))).asException();
    }

    @Override
    public Change decideWithdrawal(View view, Node resource, Graph tombstone) {
        return rules.decideWithdrawal(view, resource, tombstone);
    }

    @Override
    public void written() {
        rules.written();
    }
}
