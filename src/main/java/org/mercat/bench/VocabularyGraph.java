// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;

/** What the generator asks the vocabularies, always answered in the same order. */
record VocabularyGraph(Graph graph) {
    static final String CATEGORIES = "https://w3id.org/mercat/categories#";
    static final String TYPES = "https://w3id.org/mercat/datatypes#";

    static final Node APPLICABLE_UNIT = NodeFactory.createURI("http://qudt.org/schema/qudt/applicableUnit");

    private static final Set<String> EMPTY_WORDS =
            Set.of("and", "of", "the", "in", "on", "a", "to", "for", "or", "by", "with", "data", "smart", "id");

    static Node category(String name) {
        return NodeFactory.createURI(CATEGORIES + name);
    }

    static Node type(String name) {
        return NodeFactory.createURI(TYPES + name);
    }

    /** The local names of all instances of a class in a namespace. */
    List<String> instances(Node type, String namespace) {
        return graph
                .find(Node.ANY, RDF.Nodes.type, type)
                .mapWith(Triple::getSubject)
                .filterKeep(node -> node.isURI() && node.getURI().startsWith(namespace))
                .mapWith(Node::getLocalName)
                .toList()
                .stream()
                .sorted()
                .toList();
    }

    boolean has(Node subject, Node property, Node object) {
        return graph.contains(subject, property, object);
    }

    /** Local names, since those of units may begin with anything, all after the last slash or hash. */
    List<String> names(Node subject, Node property) {
        return graph
                .find(subject, property, Node.ANY)
                .mapWith(triple -> triple.getObject().getURI().replaceFirst(".*[/#]", ""))
                .toList()
                .stream()
                .sorted()
                .toList();
    }

    Map<String, String> labels(Node term, Node property) {
        Map<String, String> labels = new TreeMap<>();
        graph.find(term, property, Node.ANY)
                .forEachRemaining(triple -> labels.put(
                        triple.getObject().getLiteralLanguage(),
                        triple.getObject().getLiteralLexicalForm()));
        return labels;
    }

    /** The category and all broader ones, nearest first. */
    List<String> broader(String category) {
        Set<String> all = new LinkedHashSet<>(List.of(category));
        for (List<String> next = List.of(category); !next.isEmpty(); ) {
            List<String> further = new ArrayList<>();
            next.forEach(name -> further.addAll(names(category(name), SKOS.broader.asNode())));
            further.removeIf(name -> !all.add(name));
            next = further;
        }
        return new ArrayList<>(all);
    }

    /** The English words of a term's labels, in the singular, without those that say nothing. */
    Set<String> words(Node term) {
        Set<String> words = new TreeSet<>();
        for (Node property : List.of(RDFS.label.asNode(), SKOS.prefLabel.asNode(), SKOS.altLabel.asNode())) {
            graph.find(term, property, Node.ANY)
                    .mapWith(Triple::getObject)
                    .filterKeep(label -> label.getLiteralLanguage().equals("en"))
                    .forEachRemaining(label -> words.addAll(split(label.getLiteralLexicalForm())));
        }
        words.removeAll(EMPTY_WORDS);
        return words;
    }

    private static List<String> split(String label) {
        List<String> words = new ArrayList<>();
        for (String word : label.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
            if (!word.isEmpty()) {
                words.add(word.length() > 3 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word);
            }
        }
        return words;
    }
}
