// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import org.apache.jena.graph.Node;
import org.mercat.rdf.Collection;

/** What a decision on a proposal changes among what is registered. */
final class Impact {
    private final Proposals proposals;
    private final Moves moves;
    private final Collection offerings;
    private final Collection demands;

    Impact(Proposals proposals, Moves moves, Collection offerings, Collection demands) {
        this.proposals = proposals;
        this.moves = moves;
        this.offerings = offerings;
        this.demands = demands;
    }

    /**
     * Who uses the term of a proposal.
     *
     * @param term the proposed one, the one it has become, or the one to be deprecated
     * @param offerings how many use it themselves, those that use a narrower term not counted
     * @param demands how many ask for it
     * @param proposals how many that are not decided have it as a broader term
     */
    record Answer(String term, long offerings, long demands, long proposals) {}

    Answer of(StoredProposal proposal) {
        Node term = proposal.term().orElse(proposal.node());
        long below = proposals.all().stream()
                .filter(other -> other.status().isPending()
                        && other.values(org.apache.jena.vocabulary.SKOS.broader.asNode())
                                .contains(term))
                .count();
        return new Answer(term.getURI(), moves.uses(term, offerings), moves.uses(term, demands), below);
    }
}
