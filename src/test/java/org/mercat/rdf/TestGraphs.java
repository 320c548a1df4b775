// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;

/** Turtle files and texts for tests. */
final class TestGraphs {
    static final Path DATA = Path.of("src/test/resources/shapes");

    private TestGraphs() {}

    static Graph read(Path file) {
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.source(file).parse(graph);
        return graph;
    }

    static Graph turtle(String text) {
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.fromString(text, Lang.TURTLE).parse(graph);
        return graph;
    }

    static Graph union(List<Path> files) {
        Graph graph = GraphFactory.createDefaultGraph();
        files.forEach(file -> RDFParser.source(file).parse(graph));
        return graph;
    }

    /** The Turtle files of a folder; a folder without any fails the test instead of testing nothing. */
    static List<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            List<Path> turtle = files.filter(file -> file.toString().endsWith(".ttl"))
                    .sorted()
                    .toList();
            if (turtle.isEmpty()) {
                throw new AssertionError("No Turtle file in " + folder);
            }
            return turtle;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ".ttl".length());
    }

    static Shapes shapes() {
        return Shapes.parse(union(files(Path.of("shapes"))));
    }

    static Terms terms() {
        return Terms.of(List.of(union(List.of(Path.of("vocabularies/core.ttl"), DATA.resolve("vocabulary.ttl")))));
    }
}
