// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import org.mercat.rdf.Store;

/** Takes steps with proposals, one at a time where the vocabularies change. */
final class Decisions {
    private final Store store;
    private final Proposals proposals;
    private final Check check;
    private final Stewards stewards;
    private final Moves moves;
    private final Runnable adopt;

    Decisions(Store store, Proposals proposals, Check check, Stewards stewards, Moves moves, Runnable adopt) {
        this.store = store;
        this.proposals = proposals;
        this.check = check;
        this.stewards = stewards;
        this.moves = moves;
        this.adopt = adopt;
    }

    Stewards stewards() {
        return stewards;
    }

    /** Takes a step; when this returns, the vocabularies and all that uses them are as it makes them. */
    void take(StepCommand.Request request) {
        stewards.mustBeAllowed(request.caller(), request.step(), request.id());
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
