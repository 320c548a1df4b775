// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.HashMap;
import java.util.Map;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.mem2.GraphMem2Fast;
import org.apache.jena.sparql.util.NodeFactoryExtra;
import org.apache.jena.vocabulary.VOID;

/** Which IRIs a graph has, in which namespace each is, and how it is used: counted once for all rules. */
final class Iris {
    /** How many statements have an IRI in each of their parts. */
    private static final class Uses {
        private int subject;
        private int property;
        private int object;
    }

    private Iris() {}

    /** As a graph of VoID's counts; a count of 0 is left out. */
    static Graph of(Graph graph) {
        Map<Node, Uses> uses = new HashMap<>();
        graph.find().forEachRemaining(triple -> {
            uses(uses, triple.getSubject()).subject++;
            uses(uses, triple.getPredicate()).property++;
            uses(uses, triple.getObject()).object++;
        });
        Graph iris = new GraphMem2Fast();
        Map<String, Node> spaces = new HashMap<>();
        uses.forEach((iri, its) -> {
            if (StandardTerms.isTerm(iri)) {
                String space = StandardTerms.namespace(iri.getURI());
                Node literal = spaces.computeIfAbsent(space, NodeFactory::createLiteralString);
                iris.add(Triple.create(iri, VOID.uriSpace.asNode(), literal));
                add(iris, iri, VOID.distinctSubjects.asNode(), its.subject);
                add(iris, iri, VOID.properties.asNode(), its.property);
                add(iris, iri, VOID.distinctObjects.asNode(), its.object);
            }
        });
        return iris;
    }

    private static Uses uses(Map<Node, Uses> uses, Node node) {
        return node.isURI() ? uses.computeIfAbsent(node, key -> new Uses()) : new Uses();
    }

    private static void add(Graph iris, Node iri, Node property, int count) {
        if (count > 0) {
            iris.add(Triple.create(iri, property, NodeFactoryExtra.intToNode(count)));
        }
    }
}
