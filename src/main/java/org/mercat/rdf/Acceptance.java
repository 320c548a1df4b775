// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.vocabulary.DCAT;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.ns.MC;

/** Decides whether data are accepted: the shapes, and for a term that no vocabulary knows the nearest that one does. */
public final class Acceptance {
    private static final int SUGGESTIONS = 3;
    private static final Node UNIT = NodeFactory.createURI("http://qudt.org/schema/qudt/Unit");

    /** The properties whose values are terms, and of which class. */
    private static final Map<String, Node> TERMS = Map.of(
            DCAT.theme.getURI(),
            SKOS.Concept.asNode(),
            DCTerms.license.getURI(),
            MC.Licence,
            MC.semanticType.getURI(),
            MC.SemanticType,
            MC.unit.getURI(),
            UNIT,
            "http://qudt.org/schema/qudt/applicableUnit",
            UNIT,
            MC.segment.getURI(),
            MC.Segment);

    private final Shapes shapes;
    private final Terms terms;

    public Acceptance(Shapes shapes, Terms terms) {
        this.shapes = shapes;
        this.terms = terms;
    }

    /** Everything that is wrong or could be better; refused is what has a violation. */
    public List<Violation> check(Graph graph) {
        return shapes.validate(graph, terms.graph()).stream()
                .map(this::withSuggestions)
                .toList();
    }

    /** The same as a {@code sh:ValidationReport}. */
    public Graph report(Graph graph) {
        return shapes.report(
                graph, terms.graph(), violation -> withSuggestions(violation).message());
    }

    private Violation withSuggestions(Violation violation) {
        Node kind = TERMS.get(violation.path());
        Node value = violation.value();
        if (kind == null
                || value == null
                || !violation.refuses()
                || terms.graph().contains(value, RDF_TYPE, kind)) {
            return violation;
        }
        String word = value.isURI() ? value.getURI() : value.getLiteralLexicalForm();
        List<Suggestion> nearest = terms.nearest(word, kind, 2 * SUGGESTIONS).stream()
                .filter(suggestion -> !terms.isProvisional(suggestion.term())) // it may be for others only
                .limit(SUGGESTIONS)
                .toList();
        if (nearest.isEmpty()) {
            return violation;
        }
        String names = nearest.stream()
                .map(s -> s.term().getLocalName() + " (" + s.label() + ", <" + s.term() + ">)")
                .collect(Collectors.joining(", "));
        return new Violation(
                violation.severity(),
                violation.focus(),
                violation.path(),
                value,
                violation.shape(),
                violation.component(),
                violation.message() + " <" + word + "> is not known; did you mean " + names + "?");
    }

    private static final Node RDF_TYPE = org.apache.jena.vocabulary.RDF.Nodes.type;
}
