// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Fault;
import org.mercat.http.Preconditions;
import org.mercat.ns.MC;
import org.mercat.rdf.Activities;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Command;
import org.mercat.rdf.Resources;

/** The command that takes one step with a proposal. */
final class StepCommand implements Command {
    private static final int MOST_COMMENTS = 200;

    private final Collection proposals;
    private final Check check;
    private final Request request;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    /**
     * What is asked for.
     *
     * @param caller who may do it
     * @param agent his address
     * @param text what he says; empty for nothing
     * @param early whether he accepts before the time for comments is over
     */
    record Request(
            String id, Step step, Caller caller, Node agent, String text, boolean early, Preconditions preconditions) {}

    StepCommand(Collection proposals, Check check, Request request) {
        this.proposals = proposals;
        this.check = check;
        this.request = request;
    }

    /** Refuses what makes no sense with a proposal that has come so far. */
    static void mustBePossible(StoredProposal proposal, Step step) {
        Status status = proposal.status();
        if (!step.isPossible(status)) {
            throw Kind.CONFLICT.because("The proposal \"" + proposal.id() + "\" is " + status.words() + "; \""
                    + step.word() + "\" is not possible. " + Step.possible(status) + ".");
        }
    }

    @Override
    public Change decide(View view) {
        Node node = proposals.resource(request.id);
        Graph stored = view.catalogue(node);
        if (stored.isEmpty()) {
            throw Kind.NOT_FOUND.because(
                    "There is no proposal \"" + request.id + "\". GET /proposals finds those that are there.");
        }
        request.preconditions.check(Resources.revisionOf(stored, node));
        StoredProposal proposal = StoredProposal.of(request.id, node, stored);
        mustBePossible(proposal, request.step);
        mustNotBeEndless(stored, node);
        Graph next = proposal.graph();
        if (request.step == Step.ACCEPT) {
            accept(view, proposal);
        }
        Status status = request.step.after(proposal.status());
        next.remove(node, MC.status, Node.ANY);
        next.add(node, MC.status, status.node());
        next.remove(node, DCTerms.modified.asNode(), Node.ANY);
        next.add(node, DCTerms.modified.asNode(), Resources.time(now));
        Node activity = History.add(next, node, Resources.revisionOf(stored, node), request.step, now, request.text);
        Activities.setAgent(next, activity, request.agent);
        return Change.of(node, next);
    }

    private void mustNotBeEndless(Graph stored, Node node) {
        long comments = History.steps(stored, node).stream()
                .filter(taken -> taken.step() == Step.COMMENT)
                .count();
        if (request.step == Step.COMMENT && comments >= MOST_COMMENTS) {
            throw Kind.CONFLICT.because("The proposal \"" + request.id + "\" has " + comments
                    + " comments, and takes no more than " + MOST_COMMENTS
                    + ": a steward decides on it, or asks for changes.");
        }
    }

    private void accept(View view, StoredProposal proposal) {
        mustNotBeEarly(proposal, request, now);
        mustBeRight(proposal.node(), check.problems(proposal));
        if (proposal.addsTerm()) {
            addTerm(view, proposal);
        }
        for (Node other : proposal.values(MC.replacement)) {
            proposal.graph().remove(proposal.node(), MC.replacement, other);
            proposal.graph().add(proposal.node(), MC.replacement, check.canonical(other));
        }
    }

    /** Refuses to accept before the time for comments is over, but for who says why. */
    static void mustNotBeEarly(StoredProposal proposal, Request request, Instant now) {
        proposal.time(MC.commentsUntil)
                .filter(until -> until.isAfter(now) && !request.early)
                .ifPresent(until -> {
                    throw Kind.CONFLICT.because("Comments on the proposal \"" + request.id + "\" are taken until "
                            + until + ". Accept it after that, or say why not to wait: {\"early\": true, \"text\":"
                            + " \"...\"}.");
                });
    }

    private static void mustBeRight(Node resource, List<Problem> problems) {
        if (!problems.isEmpty()) {
            List<Fault> faults =
                    problems.stream().map(problem -> problem.fault(resource)).toList();
            throw new Failure.Invalid("The proposal cannot be accepted as it is; it has to be revised.", faults)
                    .asException();
        }
    }

    private void addTerm(View view, StoredProposal proposal) {
        Target target = check.target(proposal).orElseThrow();
        List<Problem> problems = new ArrayList<>();
        Set<String> missing = Check.missingLanguages(proposal, target);
        if (!missing.isEmpty()) {
            problems.add(new Problem(
                    SKOS.prefLabel.asNode(),
                    null,
                    "The terms of \"" + target.name()
                            + "\" have labels in all of its languages, and this one has none in "
                            + String.join(", ", missing) + ": PATCH the proposal with \"label\"."));
        }
        Node term = ProposedTerm.iri(proposal, target).orElseThrow();
        view.having(DCTerms.isReplacedBy.asNode(), term).stream()
                .filter(other -> proposals.idOf(other).isPresent() && !other.equals(proposal.node()))
                .findFirst()
                .ifPresent(other -> problems.add(new Problem(
                        MC.localName,
                        null,
                        "<" + other + "> has become <" + term + "> already: write another \"localName\".")));
        Graph graph = proposal.graph();
        for (Node parent : proposal.values(SKOS.broader.asNode())) {
            Node current = check.canonical(parent);
            if (proposals.idOf(current).isPresent()) {
                problems.add(new Problem(
                        SKOS.broader.asNode(),
                        parent,
                        "<" + parent + "> is itself only proposed: decide on that first."));
            }
            graph.remove(proposal.node(), SKOS.broader.asNode(), parent);
            graph.add(proposal.node(), SKOS.broader.asNode(), current);
        }
        mustBeRight(proposal.node(), problems);
        graph.add(proposal.node(), DCTerms.isReplacedBy.asNode(), term);
    }
}
