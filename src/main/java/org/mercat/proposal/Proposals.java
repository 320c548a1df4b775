// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;
import org.mercat.ns.MC;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Commit;
import org.mercat.rdf.Store;

/** All proposals, in memory: a view of the store. For any number of threads. */
public final class Proposals {
    private final Store store;
    private final Collection collection;
    private final ConcurrentNavigableMap<String, StoredProposal> all = new ConcurrentSkipListMap<>();

    /** Reads all from the store, and follows it. @param baseIri of the catalogue */
    public Proposals(Store store, String baseIri) {
        this.store = store;
        this.collection = new Collection("proposals", MC.Proposal, 2, baseIri);
        store.listen(this::receive);
        List<Node> found = store.read(database -> {
            List<Node> proposals = new ArrayList<>();
            database.find(Node.ANY, Node.ANY, RDF.Nodes.type, MC.Proposal)
                    .forEachRemaining(quad -> proposals.add(quad.getGraph()));
            return proposals;
        });
        found.forEach(this::take);
    }

    /** On the writer's thread, before the writer is answered. */
    private void receive(Commit commit) {
        commit.patches().forEach(patch -> take(patch.graph()));
    }

    private void take(Node node) {
        collection.idOf(node).ifPresent(id -> {
            Graph graph = store.graph(node);
            if (graph.contains(node, RDF.Nodes.type, MC.Proposal)) {
                all.put(id, StoredProposal.of(id, node, graph));
            } else {
                all.remove(id);
            }
        });
    }

    /** The newest step of a proposal, as its graph says it. */
    public static ProposalChange change(String id, Node node, Graph graph) {
        return new StoredProposal(id, node, graph).newest();
    }

    /** The step with that one that a revision wrote. */
    public Optional<ProposalChange> change(String id, long revision) {
        return find(id).stream()
                .flatMap(proposal -> proposal.changes().stream())
                .filter(change -> change.revision() == revision)
                .findFirst();
    }

    /** The steps of each that were taken here, and the newest of one that came out of an export. */
    public List<ProposalChange> changes() {
        return all.values().stream()
                .flatMap(proposal -> proposal.changes().stream())
                .toList();
    }

    public Collection collection() {
        return collection;
    }

    List<StoredProposal> all() {
        return List.copyOf(all.values());
    }

    Optional<StoredProposal> find(String id) {
        return Optional.ofNullable(all.get(id));
    }

    /** That whose address a node is. */
    Optional<StoredProposal> find(Node node) {
        return collection.idOf(node).flatMap(this::find);
    }

    /** Those that are wanted, by their ids. @param after an id, or nothing to begin */
    List<StoredProposal> page(Predicate<StoredProposal> wanted, String after, int limit) {
        return all.tailMap(after, false).values().stream()
                .filter(wanted)
                .limit(limit)
                .toList();
    }
}
