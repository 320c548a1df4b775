// SPDX-License-Identifier: Apache-2.0
package org.mercat.ns;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.function.FunctionRegistry;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDFS;
import org.junit.jupiter.api.Test;
import org.mercat.rdf.Queries;

class FNTest {
    @Test
    void every_constant_is_a_function_of_the_vocabulary_and_every_function_is_there() throws IllegalAccessException {
        Set<String> constants = new TreeSet<>();
        for (Field field : FN.class.getFields()) {
            if (field.getType() == Node.class) {
                Node function = (Node) field.get(null);
                assertThat(function.getURI()).isEqualTo(FN.NS + field.getName());
                constants.add(function.getURI());
            }
        }
        Graph functions = GraphFactory.createDefaultGraph();
        RDFParser.source("vocabularies/functions.ttl").parse(functions);
        assertThat(functions
                        .find(Node.ANY, RDFS.isDefinedBy.asNode(), Node.ANY)
                        .mapWith(Triple::getSubject)
                        .mapWith(Node::getURI)
                        .toSet())
                .isNotEmpty()
                .isEqualTo(constants);
        Queries.parse(java.util.Map.of());
        assertThat(constants).allMatch(FunctionRegistry.get()::isRegistered);
    }
}
