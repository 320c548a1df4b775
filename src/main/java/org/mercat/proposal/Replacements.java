// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.graph.NodeConst;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.OWL2;
import org.mercat.ns.MC;
import org.mercat.rdf.Vocabularies;

/** Which terms stand for others by now: accepted ones for proposals, and those that replace deprecated ones. */
final class Replacements {
    private final Map<Node, Node> accepted = new HashMap<>();
    private final Map<Node, Node> replaced = new HashMap<>();

    /** @param files what these say of a deprecated term holds, whatever a proposal says */
    Replacements(List<StoredProposal> proposals, Vocabularies files) {
        for (StoredProposal proposal : proposals) {
            if (proposal.status() == Status.ACCEPTED) {
                Map<Node, Node> known = proposal.addsTerm() ? accepted : replaced;
                Node from =
                        proposal.addsTerm() ? proposal.node() : proposal.term().orElseThrow();
                (proposal.addsTerm() ? proposal.term() : proposal.value(MC.replacement))
                        .ifPresent(to -> known.put(from, to));
            }
        }
        files.byName()
                .values()
                .forEach(file -> file.find(Node.ANY, DCTerms.isReplacedBy.asNode(), Node.ANY)
                        .filterKeep(triple ->
                                file.contains(triple.getSubject(), OWL2.deprecated.asNode(), NodeConst.nodeTrue))
                        .forEachRemaining(triple -> replaced.put(triple.getSubject(), triple.getObject())));
    }

    /** The term that a proposal's address stands for; every other node is its own. */
    Node accepted(Node term) {
        return accepted.getOrDefault(term, term);
    }

    /** What is to be used in place of a term: the end of its replacements; itself if it has none, or they go in a ring. */
    Node usedToday(Node term) {
        Node first = accepted(term);
        Node last = first;
        Set<Node> passed = new HashSet<>();
        while (replaced.containsKey(last)) {
            if (!passed.add(last)) {
                return first;
            }
            last = accepted(replaced.get(last));
        }
        return last;
    }
}
