// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Fault;
import org.mercat.http.Rules;
import org.mercat.ns.MC;
import org.mercat.party.Parties;
import org.mercat.rdf.Activities;
import org.mercat.rdf.Change;
import org.mercat.rdf.Command.View;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Submission;

/** Who may propose and revise, what is kept of a proposal's course, and that it can be meant. */
final class ProposalRules implements Rules {
    private static final List<Node> KEPT = List.of(MC.status, MC.commentsUntil, DCTerms.isReplacedBy.asNode());

    private final Proposals proposals;
    private final Parties parties;
    private final Stewards stewards;
    private final Check check;
    private final Duration commentPeriod;
    private final Runnable adopt;

    /** @param adopt makes the catalogue know what has changed */
    ProposalRules(
            Proposals proposals,
            Parties parties,
            Stewards stewards,
            Check check,
            Duration commentPeriod,
            Runnable adopt) {
        this.proposals = proposals;
        this.parties = parties;
        this.stewards = stewards;
        this.check = check;
        this.commentPeriod = commentPeriod;
        this.adopt = adopt;
    }

    @Override
    public void mayWrite(Caller caller, String id) {
        if (!Stewards.isOwn(caller, id) && !stewards.isSteward(caller)) {
            throw Kind.FORBIDDEN.because("The proposal \"" + id + "\" is of the organization \""
                    + StoredProposal.organizationOf(id) + "\"; you are signed in as \"" + caller.id()
                    + "\" and may comment on it. Proposals of your own begin with \""
                    + StoredProposal.organizationOf(caller.id()) + "/\".");
        }
    }

    /** What has a course comes back out of an export; if it is sent by somebody else, it is checked when it is decided. */
    @Override
    public void check(Submission submission) {
        if (submission.graph().contains(submission.resource(), Activities.STEP, Node.ANY)) {
            return;
        }
        StoredProposal proposed = proposed(submission);
        proposals.find(proposed.id()).ifPresent(present -> StepCommand.mustBePossible(present, Step.REVISE));
        mustBeRight(check.problems(proposed).stream()
                .map(problem -> fault(submission, problem, "violation"))
                .toList());
    }

    private static void mustBeRight(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw new Failure.Invalid("The proposal cannot be taken; see errors for what to mend.", faults)
                    .asException();
        }
    }

    @Override
    public List<Fault> advice(Submission submission) {
        return check.advice(proposed(submission)).stream()
                .map(problem -> fault(submission, problem, "warning"))
                .toList();
    }

    private StoredProposal proposed(Submission submission) {
        Node resource = submission.resource();
        return new StoredProposal(proposals.collection().idOf(resource).orElseThrow(), resource, submission.graph());
    }

    private static Fault fault(Submission submission, Problem problem, String severity) {
        var place = submission
                .locator()
                .fault(submission.resource(), problem.property(), problem.value(), problem.message());
        return new Fault(
                problem.message(),
                place.pointer(),
                place.line(),
                place.column(),
                submission.resource().toString(),
                problem.property().toString(),
                problem.value() == null ? null : problem.value().toString(),
                null,
                severity);
    }

    /** The course of a proposal is what the catalogue says, whatever was sent. Who takes this step, decide adds. */
    @Override
    public void complete(Node resource, Graph next, Graph present, Instant now) {
        Activities.clear(next, resource);
        Activities.copy(present, next, resource);
        for (Node property : KEPT) {
            next.remove(resource, property, Node.ANY);
            present.find(resource, property, Node.ANY).forEachRemaining(next::add);
        }
        next.remove(resource, MC.status, Node.ANY);
        next.add(resource, MC.status, MC.open);
        if (present.isEmpty()) {
            next.add(resource, MC.commentsUntil, Resources.time(now.plus(commentPeriod)));
        }
        Step step = present.isEmpty() ? Step.PROPOSE : Step.REVISE;
        History.add(next, resource, Resources.revisionOf(present, resource), step, now, "");
        next.find(resource, MC.deprecates, Node.ANY)
                .nextOptional()
                .map(Triple::getObject)
                .flatMap(check::vocabularyOf)
                .ifPresent(vocabulary -> next.add(resource, MC.vocabulary, vocabulary));
    }

    @Override
    public Decision decide(View view, Proposal proposal) {
        Node resource = proposal.resource();
        String id = proposals.collection().idOf(resource).orElseThrow();
        mustBeOfItsOrganization(view, proposal, id);
        Optional<Node> step = History.withoutAgent(proposal.next(), resource);
        if (step.isPresent()) { // else it comes back out of an export
            mustBePossible(view, proposal, id);
            StoredProposal proposed = new StoredProposal(id, resource, proposal.next());
            mustBeRight(Stream.concat(check.problems(proposed).stream(), Ring.problems(proposed, view).stream())
                    .map(problem -> problem.fault(resource))
                    .toList());
            Activities.setAgent(proposal.next(), step.get(), stewards.agent(proposal.caller()));
            if (Stewards.isOfProposer(proposal.caller(), id)) {
                awaitComments(proposal.next(), resource);
            }
        }
        return Decision.of(Change.of(resource, proposal.next()));
    }

    /** From now on: who revises what he proposes has something new to be commented on. */
    private void awaitComments(Graph next, Node resource) {
        next.remove(resource, MC.commentsUntil, Node.ANY);
        next.add(
                resource,
                MC.commentsUntil,
                Resources.time(Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(commentPeriod)));
    }

    private void mustBeOfItsOrganization(View view, Proposal proposal, String id) {
        Node organization = parties.organizations().resource(StoredProposal.organizationOf(id));
        if (!proposal.next().contains(proposal.resource(), MC.organization, organization)) {
            throw Kind.CONFLICT.because("The proposal \"" + id + "\" is of the organization that its id begins with:"
                    + " write \"organization\": \"" + StoredProposal.organizationOf(id) + "\".");
        }
        Graph stored = view.catalogue(organization);
        if (stored.isEmpty()) {
            throw Kind.CONFLICT.because("There is no organization \"" + StoredProposal.organizationOf(id)
                    + "\". The operator registers it first: PUT <" + organization + ">.");
        }
    }

    private static void mustBePossible(View view, Proposal proposal, String id) {
        if (proposal.created()) {
            if (!Stewards.isOwn(proposal.caller(), id)) {
                throw Kind.FORBIDDEN.because("There is no proposal \"" + id
                        + "\" to revise, and a steward makes proposals for its own organization only.");
            }
            return;
        }
        StoredProposal stored = new StoredProposal(id, proposal.resource(), view.catalogue(proposal.resource()));
        StepCommand.mustBePossible(stored, Step.REVISE);
        if (stored.addsTerm() == proposal.next().contains(proposal.resource(), MC.deprecates, Node.ANY)) {
            throw Kind.CONFLICT.because("The proposal \"" + id + "\" " + (stored.addsTerm() ? "adds" : "deprecates")
                    + " a term, and is not another one suddenly: withdraw it and make a new one.");
        }
    }

    @Override
    public void written() {
        adopt.run();
    }
}
