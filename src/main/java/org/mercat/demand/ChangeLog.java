// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mercat.proposal.ProposalChange;
import org.mercat.proposal.Proposals;
import org.mercat.search.OfferingChange;
import org.mercat.search.OfferingChange.Type;
import org.mercat.search.OfferingChanges;
import org.mercat.search.OfferingChanges.Page;
import org.mercat.search.OfferingChanges.Step;
import org.mercat.search.Position;

/**
 * What has changed since somebody looked: of offerings as the index tells it, of proposals by their history, in one order, by
 * revision and id. For any number of threads.
 */
final class ChangeLog {
    private static final Comparator<Step> ORDER = Comparator.<Step>comparingLong(
                    step -> step.change().revision())
            .thenComparing(step -> step.change().offering());

    private final OfferingChanges index;
    private final Proposals proposals;

    ChangeLog(OfferingChanges index, Proposals proposals) {
        this.index = index;
        this.proposals = proposals;
    }

    /** A step of a proposal as a change among those of offerings. */
    static OfferingChange change(ProposalChange step) {
        return new OfferingChange(step.proposal(), Type.PROPOSAL, step.revision(), step.time(), false);
    }

    /** Changes up to a revision that one who has come so far has not been told, in order. @param limit from 1 */
    Page after(Position from, long revision, int limit) {
        Page page = index.after(from, revision, limit, Optional.empty());
        List<Step> steps = new ArrayList<>();
        Position position = from;
        for (Step step : inOrder(page, from)) {
            position = position.told(step.change());
            steps.add(new Step(step.change(), step.degree(), position));
        }
        page.steps().stream().filter(step -> step.change().ranOut()).forEach(steps::add);
        if (steps.size() <= limit) {
            return new Page(steps, page.position(), page.more());
        }
        return new Page(steps.subList(0, limit), steps.get(limit - 1).position(), true);
    }

    /** All that somebody did, as far as the index has told. */
    private List<Step> inOrder(Page page, Position from) {
        Stream<Step> steps = proposals.changes().stream()
                .map(ChangeLog::change)
                .filter(change -> !from.covers(change) && page.position().covers(change))
                .map(change -> new Step(change, Optional.empty(), from));
        return Stream.concat(page.steps().stream().filter(step -> !step.change().ranOut()), steps)
                .sorted(ORDER)
                .toList();
    }
}
