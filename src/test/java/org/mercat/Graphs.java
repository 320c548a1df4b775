// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RDFWriter;
import org.apache.jena.riot.system.StreamRDFLib;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.JsonLdReader;

/** Answers as graphs. JSON goes through JSON-LD processing with the published context. */
final class Graphs {
    private static final JsonLdReader JSON_LD = new JsonLdReader(context());

    private Graphs() {}

    private static JsonContext context() {
        try {
            return JsonContext.load(Files.readString(Path.of("vocabularies/context.jsonld")), TestServer.BASE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Graph of(Answer answer) {
        answer.mustBe(200);
        String type = answer.header("Content-Type").split(";")[0];
        byte[] body = answer.response().body();
        return switch (type) {
            case "application/json", "application/ld+json" -> ofJsonLd(body);
            case "text/turtle" -> parsed(body, Lang.TURTLE);
            case "application/rdf+xml" -> parsed(body, Lang.RDFXML);
            case "application/n-triples" -> parsed(body, Lang.NTRIPLES);
            case "application/trig" -> onlyGraph(body);
            default -> throw new AssertionError(type);
        };
    }

    private static Graph ofJsonLd(byte[] body) {
        Graph graph = GraphFactory.createDefaultGraph();
        JSON_LD.read(body, TestServer.BASE, StreamRDFLib.graph(graph));
        return graph;
    }

    private static Graph parsed(byte[] body, Lang lang) {
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.source(new ByteArrayInputStream(body)).lang(lang).parse(graph);
        return graph;
    }

    private static Graph onlyGraph(byte[] body) {
        DatasetGraph dataset = DatasetGraphFactory.create();
        RDFParser.source(new ByteArrayInputStream(body)).lang(Lang.TRIG).parse(dataset);
        assertThat(dataset.getDefaultGraph().isEmpty()).isTrue();
        Node name = dataset.listGraphNodes().next();
        assertThat(dataset.size()).isEqualTo(1);
        return dataset.getGraph(name);
    }

    /** The same in another syntax. */
    static String written(Graph graph, Lang lang) {
        return RDFWriter.source(graph).lang(lang).asString();
    }

    /** Asserts that two graphs differ in the names of child nodes at most. */
    static void mustBeIsomorphic(Graph actual, Graph expected) {
        Graph a = withoutNames(actual);
        Graph b = withoutNames(expected);
        assertThat(a.isIsomorphicWith(b))
                .as("%s%n--- is to be%n%s", written(a, Lang.TURTLE), written(b, Lang.TURTLE))
                .isTrue();
    }

    private static Graph withoutNames(Graph graph) {
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
        boolean child = node.isURI() && node.getURI().contains("#/");
        return child ? blanks.computeIfAbsent(node, n -> NodeFactory.createBlankNode()) : node;
    }

    /** What a client says of a resource: without what the server keeps of it. */
    static Graph withoutServerManaged(Graph graph) {
        Graph own = GraphFactory.createDefaultGraph();
        graph.find()
                .filterDrop(triple -> triple.getPredicate()
                        .getURI()
                        .matches(".*(/created|/modified|#revision|#activeUntil|/identifier)"))
                .forEachRemaining(own::add);
        return own;
    }
}
