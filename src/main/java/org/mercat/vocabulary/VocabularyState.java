// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDF;

/**
 * What vocabulary files say together, term by term.
 *
 * @param terms by IRI; what is no term of its own (an ontology, a term of others) is there too
 * @param ontologies the IRIs of the vocabularies
 */
record VocabularyState(SortedMap<String, Term> terms, Set<String> ontologies) {
    /** In place of a property: what a node without a name says that is nobody's value. */
    static final String UNNAMED = "";

    /**
     * A value, comparable by what it is.
     *
     * @param text as in Turtle, IRIs in full; a blank node is what is said of it
     * @param language in small letters; empty if it has none
     */
    record Value(String text, String language) implements Comparable<Value> {
        boolean isIri() {
            return text.startsWith("<");
        }

        @Override
        public int compareTo(Value other) {
            int byLanguage = language.compareTo(other.language);
            return byLanguage != 0 ? byLanguage : text.compareTo(other.text);
        }
    }

    /** @param properties IRI of the property, value, and the vocabulary that says it */
    record Term(String iri, SortedMap<String, SortedMap<Value, String>> properties) {
        Set<Value> values(String property) {
            return properties.getOrDefault(property, new TreeMap<>()).keySet();
        }

        boolean isDeclared() {
            return properties.containsKey(RDF.type.getURI());
        }

        /** The vocabulary that declares it, else one that says something of it. */
        String vocabulary() {
            return properties
                    .getOrDefault(RDF.type.getURI(), properties.get(properties.firstKey()))
                    .values()
                    .iterator()
                    .next();
        }
    }

    /** @param names another name for an IRI, or the same */
    static VocabularyState of(SortedMap<String, Graph> files, UnaryOperator<String> names) {
        SortedMap<String, Term> terms = new TreeMap<>();
        Set<String> ontologies = new HashSet<>();
        files.forEach((file, graph) -> {
            String vocabulary = ontologyOf(graph).orElse(file);
            ontologies.add(vocabulary);
            var texts = new NodeTexts(graph, names);
            graph.stream().forEach(triple -> {
                Node subject = triple.getSubject();
                if (subject.isURI()) {
                    put(terms, names.apply(subject.getURI()), texts, triple, vocabulary);
                }
            });
            texts.withoutPlace()
                    .forEach(value -> term(terms, vocabulary)
                            .properties()
                            .computeIfAbsent(UNNAMED, any -> new TreeMap<>())
                            .put(value, vocabulary));
        });
        return new VocabularyState(terms, ontologies);
    }

    private static void put(
            SortedMap<String, Term> terms, String iri, NodeTexts texts, Triple triple, String vocabulary) {
        term(terms, iri)
                .properties()
                .computeIfAbsent(triple.getPredicate().getURI(), any -> new TreeMap<>())
                .put(texts.value(triple.getObject()), vocabulary);
    }

    private static Term term(SortedMap<String, Term> terms, String iri) {
        return terms.computeIfAbsent(iri, any -> new Term(iri, new TreeMap<>()));
    }

    static Optional<String> ontologyOf(Graph graph) {
        return graph.stream(Node.ANY, RDF.Nodes.type, OWL.Ontology.asNode())
                .map(Triple::getSubject)
                .filter(Node::isURI)
                .map(Node::getURI)
                .sorted()
                .findFirst();
    }

    Optional<Term> term(String iri) {
        return Optional.ofNullable(terms.get(iri));
    }

    /** Those that a vocabulary says a class of, by IRI. */
    Map<String, Term> declared() {
        Map<String, Term> declared = new TreeMap<>(terms);
        declared.values().removeIf(term -> !term.isDeclared());
        return declared;
    }
}
