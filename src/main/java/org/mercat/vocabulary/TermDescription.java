// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;

/**
 * What is said of a term, for those who follow its IRI: its own statements with the nameless nodes in them, the terms
 * below it, what is said of it elsewhere, and the names of all that these lead to.
 *
 * @see <a href="https://www.w3.org/submissions/CBD/">Concise bounded description</a>
 */
final class TermDescription {
    private static final List<Node> FROM_ELSEWHERE = List.of(
            SKOS.broader.asNode(),
            RDFS.subClassOf.asNode(),
            RDFS.subPropertyOf.asNode(),
            SKOS.exactMatch.asNode(),
            SKOS.closeMatch.asNode(),
            SKOS.broadMatch.asNode(),
            SKOS.narrowMatch.asNode(),
            SKOS.relatedMatch.asNode(),
            OWL.equivalentClass.asNode(),
            OWL.equivalentProperty.asNode(),
            DCTerms.isReplacedBy.asNode());

    private static final List<Node> NAMES =
            List.of(SKOS.prefLabel.asNode(), RDFS.label.asNode(), DCTerms.title.asNode());

    private final Graph all;
    private final Graph description = GraphFactory.createDefaultGraph();

    private TermDescription(Graph all) {
        this.all = all;
    }

    /** @param all the vocabularies */
    static Graph of(Graph all, Node term) {
        TermDescription made = new TermDescription(all);
        made.add(term);
        return made.description;
    }

    private void add(Node term) {
        said(term, new HashSet<>());
        for (Node property : FROM_ELSEWHERE) {
            all.find(Node.ANY, property, term).toList().stream()
                    .filter(triple -> triple.getSubject().isURI())
                    .forEach(description::add);
        }
        all.find(Node.ANY, SKOS.broader.asNode(), term)
                .toList()
                .forEach(below -> description.add(term, SKOS.narrower.asNode(), below.getSubject()));
        Set<Node> neighbours = new LinkedHashSet<>();
        description.find().forEachRemaining(triple -> {
            neighbours.add(triple.getSubject());
            neighbours.add(triple.getObject());
        });
        neighbours.remove(term);
        neighbours.stream().filter(Node::isURI).forEach(this::name);
    }

    private void said(Node subject, Set<Node> seen) {
        if (!seen.add(subject)) {
            return;
        }
        for (Triple triple : all.find(subject, Node.ANY, Node.ANY).toList()) {
            description.add(triple);
            if (triple.getObject().isBlank()) {
                said(triple.getObject(), seen);
            }
        }
    }

    private void name(Node neighbour) {
        NAMES.forEach(
                property -> all.find(neighbour, property, Node.ANY).toList().forEach(description::add));
    }
}
