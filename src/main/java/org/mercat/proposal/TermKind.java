// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.ns.MC;

/** The kinds of term that can be proposed. Which one it is, its vocabulary says. */
enum TermKind {
    CATEGORY("category", SKOS.Concept.asNode(), SKOS.prefLabel.asNode(), SKOS.broader.asNode()),
    SEMANTIC_TYPE("semantic type", MC.SemanticType, RDFS.label.asNode(), RDFS.subClassOf.asNode());

    private final String words;
    private final Node type;
    private final Node label;
    private final Node parent;

    TermKind(String words, Node type, Node label, Node parent) {
        this.words = words;
        this.type = type;
        this.label = label;
        this.parent = parent;
    }

    /** For sentences. */
    String words() {
        return words;
    }

    /** The class of such terms. */
    Node type() {
        return type;
    }

    /** The property that names them. */
    Node label() {
        return label;
    }

    /** The property that leads to what is broader. */
    Node parent() {
        return parent;
    }
}
