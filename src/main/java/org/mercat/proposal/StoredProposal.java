// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.ns.MC;
import org.mercat.rdf.Resources;

/**
 * A proposal as it is stored. It adds a term or deprecates one; the address of one that adds a term is the term until it
 * is decided.
 *
 * @param id {@code acme/cargo-bikes}
 * @param node its address
 * @param graph all that is said of it
 */
record StoredProposal(String id, Node node, Graph graph) {
    /** Keeps a copy of the graph, for the store's is valid for a moment only. */
    static StoredProposal of(String id, Node node, Graph stored) {
        Graph copy = GraphFactory.createDefaultGraph();
        stored.find().forEachRemaining(copy::add);
        return new StoredProposal(id, node, copy);
    }

    /** A copy that is accepted. @param term that it has become; empty if it deprecates one */
    StoredProposal accepted(Optional<Node> term) {
        StoredProposal copy = of(id, node, graph);
        copy.graph.remove(node, MC.status, Node.ANY);
        copy.graph.add(node, MC.status, Status.ACCEPTED.node());
        term.ifPresent(its -> copy.graph.add(node, DCTerms.isReplacedBy.asNode(), its));
        return copy;
    }

    String organization() {
        return organizationOf(id);
    }

    /** The organization that an id of it, of a proposal, of an offering or of a client begins with. */
    static String organizationOf(String id) {
        return id.contains("/") ? id.substring(0, id.indexOf('/')) : id;
    }

    Status status() {
        return value(MC.status).flatMap(Status::of).orElse(Status.OPEN);
    }

    /** Whether it adds a term; else it deprecates one. */
    boolean addsTerm() {
        return value(MC.deprecates).isEmpty();
    }

    /** The name of the vocabulary, which is the last part of its address here. */
    String vocabulary() {
        return value(MC.vocabulary).map(StoredProposal::lastPart).orElse("");
    }

    static String lastPart(Node address) {
        String iri = address.toString();
        return iri.substring(iri.lastIndexOf('/') + 1);
    }

    /** The term in the vocabulary, once it is accepted; of one that deprecates the term that is deprecated. */
    Optional<Node> term() {
        return addsTerm() ? value(DCTerms.isReplacedBy.asNode()) : value(MC.deprecates);
    }

    Optional<Node> value(Node property) {
        return values(property).stream().findFirst();
    }

    List<Node> values(Node property) {
        return graph.find(node, property, Node.ANY).mapWith(Triple::getObject).toList();
    }

    Optional<Instant> time(Node property) {
        return value(property)
                .map(time -> OffsetDateTime.parse(time.getLiteralLexicalForm()).toInstant());
    }

    /** The label in English, or any. */
    String label() {
        return values(SKOS.prefLabel.asNode()).stream()
                .min(java.util.Comparator.comparing(
                        label -> label.getLiteralLanguage().equals("en") ? "" : label.getLiteralLanguage()))
                .map(Node::getLiteralLexicalForm)
                .orElse(id);
    }

    /** Its steps as the feed of changes tells them, the oldest first; of those in one revision the newest. */
    List<ProposalChange> changes() {
        NavigableMap<Long, ProposalChange> changes = new TreeMap<>();
        Status after = Status.OPEN;
        for (History.Taken taken : History.steps(graph, node)) {
            after = taken.step().after(after);
            String status = after.word();
            taken.revision()
                    .ifPresent(its -> changes.put(
                            its,
                            new ProposalChange(
                                    id, its, taken.time(), taken.step().word(), status)));
        }
        changes.put(revision(), newest());
        return List.copyOf(changes.values());
    }

    /** Its newest step. */
    ProposalChange newest() {
        Instant time = time(DCTerms.modified.asNode()).orElse(Instant.EPOCH);
        return new ProposalChange(
                id, revision(), time, History.last(graph, node).word(), status().word());
    }

    long revision() {
        return Resources.revisionOf(graph, node).orElse(0L);
    }
}
