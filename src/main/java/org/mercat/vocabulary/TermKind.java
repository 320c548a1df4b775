// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.system.G;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.ns.MC;

/** What a term is to those who use it, the most telling first. */
public enum TermKind {
    SEGMENT("segment", MC.Segment),
    CATEGORY("category", SKOS.Concept.asNode()),
    SEMANTIC_TYPE("semanticType", MC.SemanticType),
    UNIT("unit", NodeFactory.createURI("http://qudt.org/schema/qudt/Unit")),
    LICENCE("licence", MC.Licence),
    PROPERTY(
            "property",
            RDF.Nodes.Property,
            OWL.ObjectProperty.asNode(),
            OWL.DatatypeProperty.asNode(),
            OWL.AnnotationProperty.asNode()),
    CLASS("class", OWL.Class.asNode(), RDFS.Nodes.Class),
    VALUE("value");

    private final String word;
    private final List<Node> types;

    TermKind(String word, Node... types) {
        this.word = word;
        this.types = List.of(types);
    }

    /** As it stands in a request. */
    public String word() {
        return word;
    }

    static Optional<TermKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    /** All that a term is; a value if it is nothing else. */
    static Set<TermKind> of(Graph graph, Node term) {
        Set<Node> types = G.allTypesOfNodeRDFS(graph, term);
        Set<TermKind> kinds = EnumSet.noneOf(TermKind.class);
        for (TermKind kind : values()) {
            if (kind.types.stream().anyMatch(types::contains)) {
                kinds.add(kind);
            }
        }
        return kinds.isEmpty() ? EnumSet.of(VALUE) : kinds;
    }
}
