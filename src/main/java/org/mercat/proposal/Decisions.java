// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mercat.http.Failure;
import org.mercat.http.Fault;
import org.mercat.rdf.Store;

/** Takes steps with proposals, one at a time where the vocabularies change. */
final class Decisions {
    private final Store store;
    private final Proposals proposals;
    private final Check check;
    private final FileCheck files;
    private final Stewards stewards;
    private final Moves moves;
    private final Runnable adopt;

    Decisions(
            Store store,
            Proposals proposals,
            Check check,
            FileCheck files,
            Stewards stewards,
            Moves moves,
            Runnable adopt) {
        this.store = store;
        this.proposals = proposals;
        this.check = check;
        this.files = files;
        this.stewards = stewards;
        this.moves = moves;
        this.adopt = adopt;
    }

    Stewards stewards() {
        return stewards;
    }

    /** What is accepted has to pass the rules of the vocabularies' files, where it will stand one day. */
    private void mustMakeGoodFile(StoredProposal proposal, StepCommand.Request request) {
        StepCommand.mustBePossible(proposal, Step.ACCEPT);
        StepCommand.mustNotBeEarly(proposal, request, Instant.now());
        if (check.problems(proposal).isEmpty()) { // else the command itself says them
            accepted(proposal).ifPresent(this::mustMakeGoodFile);
        }
    }

    /** As it would be kept; empty if it cannot be accepted. */
    private Optional<StoredProposal> accepted(StoredProposal proposal) {
        if (!proposal.addsTerm()) {
            return Optional.of(proposal.accepted(Optional.empty()));
        }
        return check.target(proposal)
                .filter(target -> Check.missingLanguages(proposal, target).isEmpty())
                .flatMap(target -> ProposedTerm.iri(proposal, target))
                .map(term -> proposal.accepted(Optional.of(term)));
    }

    private void mustMakeGoodFile(StoredProposal accepted) {
        List<String> faults = files.faults(accepted);
        if (!faults.isEmpty()) {
            throw new Failure.Invalid(
                            "\"mercat check\" would find faults in the vocabulary with this; the proposal has to be revised.",
                            faults.stream()
                                    .map(message -> Fault.at(null, 0, 0, message))
                                    .toList())
                    .asException();
        }
    }

    /** Takes a step; when this returns, the vocabularies and all that uses them are as it makes them. */
    void take(StepCommand.Request request) {
        stewards.mustBeAllowed(request.caller(), request.step(), request.id());
        if (request.step() == Step.ACCEPT) {
            proposals.find(request.id()).ifPresent(proposal -> mustMakeGoodFile(proposal, request));
        }
        StepCommand command = new StepCommand(proposals.collection(), check, request);
        if (request.step() == Step.COMMENT) {
            store.write(command);
            return;
        }
        synchronized (this) { // what is accepted next is held against the vocabularies that this one makes
            store.write(command);
            adopt.run();
        }
        if (request.step() == Step.ACCEPT) {
            proposals
                    .find(request.id())
                    .filter(StoredProposal::addsTerm)
                    .ifPresent(proposal ->
                            moves.run(proposal.node(), proposal.term().orElseThrow()));
        }
    }
}
