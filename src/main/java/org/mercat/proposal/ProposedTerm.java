// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.ns.MC;

/** What a proposal says of its term, as the vocabulary says it of its other terms. */
final class ProposedTerm {
    static final Pattern LOCAL_NAME = Pattern.compile("[A-Z][A-Za-z0-9]{1,63}");
    static final Node DERIVED = NodeFactory.createURI("http://www.w3.org/ns/prov#wasDerivedFrom");
    static final Node UNITS = NodeFactory.createURI("http://qudt.org/schema/qudt/applicableUnit");
    private static final List<Node> COPIED =
            List.of(SKOS.altLabel.asNode(), SKOS.definition.asNode(), SKOS.example.asNode(), MC.valueType, UNITS);
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private ProposedTerm() {}

    /** The last part of its IRI: what is wanted, else made of the English label; empty if that makes none. */
    static Optional<String> localName(StoredProposal proposal) {
        return proposal.value(MC.localName)
                .map(Node::getLiteralLexicalForm)
                .or(() -> Optional.of(camelCase(proposal.label())))
                .filter(name -> LOCAL_NAME.matcher(name).matches());
    }

    private static String camelCase(String label) {
        String bare = MARKS.matcher(Normalizer.normalize(label.replace("ß", "ss"), Normalizer.Form.NFKD))
                .replaceAll("");
        StringBuilder name = new StringBuilder();
        for (String word : bare.split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty()) {
                name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
            }
        }
        return name.toString();
    }

    /** The term's IRI in the vocabulary. */
    static Optional<Node> iri(StoredProposal proposal, Target target) {
        return localName(proposal).map(name -> NodeFactory.createURI(target.namespace() + name));
    }

    /**
     * All that is said of the term.
     *
     * @param term its IRI, of the vocabulary or for the time being
     * @param ontology that defines it
     * @param parents what an IRI of a broader term stands for
     */
    static Graph graph(StoredProposal proposal, Target target, Node term, Node ontology, UnaryOperator<Node> parents) {
        Graph graph = GraphFactory.createDefaultGraph();
        TermKind kind = target.kind();
        graph.add(term, RDF.Nodes.type, kind.type());
        if (kind == TermKind.SEMANTIC_TYPE) {
            graph.add(term, RDF.Nodes.type, OWL.Class.asNode());
        }
        target.scheme().ifPresent(scheme -> graph.add(term, SKOS.inScheme.asNode(), scheme));
        proposal.values(SKOS.broader.asNode()).forEach(parent -> graph.add(term, kind.parent(), parents.apply(parent)));
        proposal.values(SKOS.prefLabel.asNode()).forEach(label -> graph.add(term, kind.label(), label));
        for (Node property : COPIED) {
            proposal.values(property).forEach(value -> graph.add(term, property, value));
        }
        graph.add(term, RDFS.isDefinedBy.asNode(), ontology);
        return graph;
    }

    /** The same of one that was accepted: since when it is there, and where it comes from. */
    static Graph accepted(StoredProposal proposal, Target target, UnaryOperator<Node> parents) {
        Node term = proposal.term().orElseThrow();
        Graph graph = graph(proposal, target, term, target.ontology(), parents);
        graph.add(term, DERIVED, proposal.node());
        proposal.value(DCTerms.modified.asNode())
                .map(time -> time.getLiteralLexicalForm().substring(0, "2026-01-31".length()))
                .ifPresent(day -> graph.add(
                        term, DCTerms.created.asNode(), NodeFactory.createLiteralDT(day, XSDDatatype.XSDdate)));
        return graph;
    }
}
