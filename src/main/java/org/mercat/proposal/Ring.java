// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.rdf.Command;

/** Terms that would be above each other: what is in such a ring is below nothing, and no search would find it. */
final class Ring {
    private Ring() {}

    /** What is wrong with a broader term. @param parents the terms right above one */
    static Optional<Problem> problem(Node term, Node broader, Function<Node, List<Node>> parents) {
        return isBelow(broader, term, parents)
                ? Optional.of(
                        new Problem(
                                SKOS.broader.asNode(),
                                broader,
                                "<" + broader + "> is below <" + term
                                        + "> itself, and cannot be above it, too: write another broader term, or revise that one first."))
                : Optional.empty();
    }

    /** The same of all that a proposal has, as proposals are stored. For the writer's thread, where nothing changes meanwhile. */
    static List<Problem> problems(StoredProposal proposal, Command.View view) {
        Node property = SKOS.broader.asNode();
        return proposal.values(property).stream()
                .flatMap(broader -> problem(
                        proposal.node(),
                        broader,
                        term -> view.catalogue(term)
                                .find(term, property, Node.ANY)
                                .mapWith(Triple::getObject)
                                .toList())
                        .stream())
                .toList();
    }

    private static boolean isBelow(Node term, Node other, Function<Node, List<Node>> parents) {
        Set<Node> passed = new HashSet<>();
        Deque<Node> next = new ArrayDeque<>(List.of(term));
        while (!next.isEmpty()) {
            Node one = next.pop();
            if (one.equals(other)) {
                return true;
            }
            if (passed.add(one)) {
                next.addAll(parents.apply(one));
            }
        }
        return false;
    }
}
