// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.mercat.party.AccessLists;
import org.mercat.rdf.Change;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Command;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;

/**
 * Moves what uses a proposed term to the term that it has become: offerings, and the searches of demands. It may be cut
 * short at any time and done again: what is moved has nothing left to move.
 */
final class Moves {
    private static final int BATCH = 500;

    private final Store store;
    private final List<Collection> collections;
    private final AccessLists lists;

    /** Of both kinds of resource that are moved. */
    Moves(Store store, Collection offerings, Collection demands) {
        this.store = store;
        this.collections = List.of(offerings, demands);
        this.lists = new AccessLists(store::ledgerGraph, offerings);
    }

    /** The public resources of a collection that use a term. */
    long uses(Node term, Collection collection) {
        return using(term).stream()
                .filter(graph -> collection.idOf(NodeFactory.createURI(graph)).isPresent())
                .count();
    }

    private Set<String> using(Node term) {
        return store.read(data -> using(data, term));
    }

    private Set<String> using(DatasetGraph data, Node term) {
        Set<String> graphs = new TreeSet<>();
        data.find(Node.ANY, Node.ANY, Node.ANY, term).forEachRemaining(quad -> {
            if (TermUse.isOfTerms(quad.getPredicate()) && isMoved(quad.getGraph())) {
                graphs.add(quad.getGraph().getURI());
            }
        });
        return graphs;
    }

    private boolean isMoved(Node graph) {
        return collections.stream()
                .anyMatch(collection -> collection.idOf(graph).isPresent());
    }

    /** Moves all, and returns when they are. @return how many there were */
    int run(Node from, Node to) {
        Set<String> all = new TreeSet<>(using(from));
        all.addAll(store.readLedger(data -> using(data, from)));
        List<String> resources = List.copyOf(all);
        for (int start = 0; start < resources.size(); start += BATCH) {
            List<Command> commands = resources.subList(start, Math.min(resources.size(), start + BATCH)).stream()
                    .<Command>map(resource -> view -> moved(view, NodeFactory.createURI(resource), from, to))
                    .toList();
            store.submit(commands).forEach(CompletableFuture::join);
        }
        return resources.size();
    }

    private Change moved(Command.View view, Node resource, Node from, Node to) {
        Graph next = GraphFactory.createDefaultGraph();
        boolean[] isMoved = {false};
        AccessLists.present(view, resource).find().forEachRemaining(triple -> {
            boolean isUse = triple.getObject().equals(from) && TermUse.isOfTerms(triple.getPredicate());
            next.add(isUse ? Triple.create(triple.getSubject(), triple.getPredicate(), to) : triple);
            isMoved[0] |= isUse;
        });
        if (!isMoved[0]) {
            return Change.NONE;
        }
        next.remove(resource, DCTerms.modified.asNode(), Node.ANY);
        next.add(
                resource,
                DCTerms.modified.asNode(),
                Resources.time(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        return AccessLists.isRestricted(next, resource)
                ? lists.change(view, resource, next)
                : Change.of(resource, next);
    }
}
