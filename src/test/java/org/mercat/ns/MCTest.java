// SPDX-License-Identifier: Apache-2.0
package org.mercat.ns;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.junit.jupiter.api.Test;

class MCTest {
    private static final Node ONTOLOGY = NodeFactory.createURI("https://w3id.org/mercat/core");

    @Test
    void every_constant_is_a_term_of_the_vocabulary_and_every_term_has_a_constant() {
        Set<String> constants = constants().values().stream().map(Node::getURI).collect(Collectors.toSet());
        assertThat(constants).isNotEmpty().isEqualTo(termsOf(core()));
    }

    @Test
    void a_constant_has_the_local_name_of_its_term() {
        constants()
                .forEach((name, term) ->
                        assertThat(term.getURI()).isEqualTo(MC.NS + (name.endsWith("_") ? chop(name) : name)));
    }

    @Test
    void every_term_has_five_labels_one_definition_and_its_ontology() {
        Graph core = core();
        for (Node term : core.find(Node.ANY, RDFS.isDefinedBy.asNode(), ONTOLOGY)
                .mapWith(Triple::getSubject)
                .toSet()) {
            assertThat(core.find(term, RDFS.label.asNode(), Node.ANY)
                            .mapWith(t -> t.getObject().getLiteralLanguage())
                            .toList())
                    .as("languages of %s", term)
                    .containsExactlyInAnyOrder("en", "de", "es", "ca", "it");
            assertThat(core.find(term, SKOS.definition.asNode(), Node.ANY).toList())
                    .as("definition of %s", term)
                    .hasSize(1);
            assertThat(core.contains(term, RDF.type.asNode(), Node.ANY))
                    .as("type of %s", term)
                    .isTrue();
        }
    }

    @Test
    void the_ontology_names_its_version() {
        assertThat(core().contains(ONTOLOGY, OWL.versionIRI.asNode(), Node.ANY)).isTrue();
    }

    private static Map<String, Node> constants() {
        return Arrays.stream(MC.class.getFields())
                .filter(field -> field.getType() == Node.class)
                .collect(Collectors.toMap(Field::getName, MCTest::valueOf, (a, b) -> a, TreeMap::new));
    }

    private static Set<String> termsOf(Graph core) {
        return core.find()
                .mapWith(Triple::getSubject)
                .filterKeep(subject -> subject.isURI() && subject.getURI().startsWith(MC.NS))
                .mapWith(Node::getURI)
                .toSet();
    }

    private static Graph core() {
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.source("vocabularies/core.ttl").parse(graph);
        return graph;
    }

    private static Node valueOf(Field field) {
        try {
            return (Node) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static String chop(String name) {
        return name.substring(0, name.length() - 1);
    }
}
