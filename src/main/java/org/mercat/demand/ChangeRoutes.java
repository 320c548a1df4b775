// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.mercat.http.Access;
import org.mercat.http.EventStreams;
import org.mercat.http.Route;
import org.mercat.http.ServerEvent;
import org.mercat.proposal.ProposalChange;
import org.mercat.proposal.Proposals;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Store;
import org.mercat.search.OfferingChange;
import org.mercat.search.OfferingChange.Type;
import org.mercat.search.OfferingChanges;
import org.mercat.search.OfferingChanges.Page;
import org.mercat.search.OfferingChanges.Step;
import org.mercat.search.Position;

/** {@code GET /changes}: what happens to offerings and proposals, for everybody. */
final class ChangeRoutes implements Reader.Source<Optional<ProposalChange>> {
    private static final String ALL = "";
    private static final int KEPT = 10_000;

    private final ChangeLog log;
    private final Collection offerings;
    private final Proposals proposals;
    private final Listeners listeners = new Listeners();
    private final Recent<Optional<ProposalChange>> recent;
    private final Feed<Optional<ProposalChange>> feed;

    /** @param proposals whose steps are told beside the changes of offerings */
    ChangeRoutes(Store store, OfferingChanges index, Collection offerings, Proposals proposals, EventStreams streams) {
        this.log = new ChangeLog(index, proposals);
        this.offerings = offerings;
        this.proposals = proposals;
        this.recent = new Recent<>(KEPT);
        this.feed = new Feed<>(store, index, streams, recent, listeners);
    }

    Route route() {
        return Route.get(
                "/changes",
                Access.PUBLIC,
                ctx -> feed.answer(ctx, ALL, "changes", offerings.baseIri() + "changes", this));
    }

    void begin(Position position) {
        recent.begin(position);
    }

    /** Takes what has happened. */
    void tell(List<Changes.Told> told) {
        told.forEach(one -> recent.add(ALL, one.change(), step(one)));
        if (!told.isEmpty()) {
            listeners.wake(ALL);
        }
    }

    /** What is said of a proposal beside the change itself. */
    private Optional<ProposalChange> step(Changes.Told told) {
        String id = told.change().offering();
        return told.change().type() == Type.PROPOSAL
                ? Optional.of(Proposals.change(id, proposals.collection().resource(id), told.after()))
                : Optional.empty();
    }

    @Override
    public Page missed(Position from, int limit) {
        return log.after(from, Long.MAX_VALUE, limit);
    }

    @Override
    public Optional<ProposalChange> event(Step step) {
        return step.change().type() == Type.PROPOSAL
                ? proposals.change(step.change().offering(), step.change().revision())
                : Optional.empty();
    }

    @Override
    public ServerEvent send(OfferingChange change, Optional<ProposalChange> step, Position position) {
        ObjectNode data = Feed.JSON.createObjectNode();
        data.put("id", position.toString());
        data.put("type", change.type().word());
        data.put(step.isPresent() ? "proposal" : "offering", change.offering());
        step.ifPresent(its -> data.put("step", its.step()).put("status", its.status()));
        data.put("revision", change.revision());
        data.put("time", change.time().toString());
        Collection collection = step.isPresent() ? proposals.collection() : offerings;
        data.put("url", collection.resource(change.offering()).getURI());
        return new ServerEvent(position.toString(), change.type().word(), data.toString());
    }
}
