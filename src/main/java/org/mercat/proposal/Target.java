// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.ns.MC;
import org.mercat.rdf.Vocabularies;

/**
 * A vocabulary that takes new terms: a concept scheme takes categories, one that has semantic types takes those.
 *
 * @param name of its file
 * @param namespace that its terms' IRIs begin with
 * @param scheme of categories
 */
record Target(String name, Graph graph, Node ontology, String namespace, TermKind kind, Optional<Node> scheme) {
    static final Node NAMESPACE = NodeFactory.createURI("http://purl.org/vocab/vann/preferredNamespaceUri");

    /** Empty for a vocabulary that takes none. */
    static Optional<Target> of(String name, Graph graph) {
        Node ontology = Vocabularies.ontologyOf(graph);
        Optional<String> namespace = graph.find(ontology, NAMESPACE, Node.ANY)
                .nextOptional()
                .map(triple -> triple.getObject().isURI()
                        ? triple.getObject().getURI()
                        : triple.getObject().getLiteralLexicalForm());
        Optional<Node> scheme = graph.find(Node.ANY, RDF.Nodes.type, SKOS.ConceptScheme.asNode())
                .nextOptional()
                .map(Triple::getSubject);
        boolean hasTypes = graph.contains(Node.ANY, RDF.Nodes.type, MC.SemanticType);
        if (namespace.isEmpty() || scheme.isEmpty() && !hasTypes) {
            return Optional.empty();
        }
        TermKind kind = scheme.isPresent() ? TermKind.CATEGORY : TermKind.SEMANTIC_TYPE;
        return Optional.of(new Target(name, graph, ontology, namespace.get(), kind, scheme));
    }

    /** The languages that it is written in: those of its title. */
    Set<String> languages() {
        Set<String> languages = new TreeSet<>();
        graph.find(ontology, DCTerms.title.asNode(), Node.ANY)
                .mapWith(title -> title.getObject().getLiteralLanguage())
                .filterDrop(String::isEmpty)
                .forEachRemaining(languages::add);
        return languages;
    }
}
