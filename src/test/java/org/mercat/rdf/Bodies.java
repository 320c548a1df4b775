// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.system.StreamRDFLib;
import org.apache.jena.sparql.graph.GraphFactory;

/** JSON bodies for tests, and what one does with them. */
final class Bodies {
    static final String BASE = "https://market.example/";
    static final JsonContext CONTEXT = JsonContext.load(file("vocabularies/context.jsonld"), BASE);
    static final JsonReader READER = new JsonReader(CONTEXT);
    static final JsonWriter WRITER = new JsonWriter(CONTEXT);
    static final JsonLdReader JSON_LD = new JsonLdReader(CONTEXT);
    static final Subject OFFERING =
            subject("offerings/", "acme/parking/free-spaces", "https://w3id.org/mercat/core#Offering");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Bodies() {}

    static Subject subject(String collection, String id, String type) {
        return new Subject(BASE + collection + id, id, NodeFactory.createURI(type));
    }

    static String file(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    static ObjectNode tree(String json) {
        return (ObjectNode) tree(bytes(json));
    }

    static JsonNode tree(byte[] json) {
        try {
            return MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Graph read(String json) {
        return READER.read(bytes(json), OFFERING).graph();
    }

    /** What any JSON-LD processor with our context makes of it. */
    static Graph readJsonLd(byte[] json) {
        Graph graph = GraphFactory.createDefaultGraph();
        JSON_LD.read(json, BASE, StreamRDFLib.graph(graph));
        return graph;
    }

    static Node node(Subject subject) {
        return NodeFactory.createURI(subject.iri());
    }

    /** The same graph with blank nodes in place of the children that are named by their pointer. */
    static Graph withoutNames(Graph graph) {
        Map<Node, Node> blanks = new HashMap<>();
        Graph nameless = GraphFactory.createDefaultGraph();
        graph.find()
                .forEachRemaining(triple -> nameless.add(Triple.create(
                        nameless(triple.getSubject(), blanks),
                        triple.getPredicate(),
                        nameless(triple.getObject(), blanks))));
        return nameless;
    }

    private static Node nameless(Node node, Map<Node, Node> blanks) {
        boolean named = node.isURI() && node.getURI().contains("#/");
        return named ? blanks.computeIfAbsent(node, n -> NodeFactory.createBlankNode()) : node;
    }

    /** The literals that only one of two graphs has: for messages of tests. */
    static String difference(Graph a, Graph b) {
        return only(a, b) + "\n" + only(b, a);
    }

    private static java.util.Set<String> only(Graph a, Graph b) {
        java.util.Set<String> only = new java.util.TreeSet<>();
        a.find().forEachRemaining(t -> {
            if (!b.contains(
                    t.getSubject().isBlank() ? Node.ANY : t.getSubject(),
                    t.getPredicate(),
                    t.getObject().isBlank() ? Node.ANY : t.getObject())) {
                only.add(t.toString());
            }
        });
        return only;
    }
}
