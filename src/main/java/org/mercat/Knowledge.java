// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.rdf.Acceptance;
import org.mercat.rdf.Home;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Queries;
import org.mercat.rdf.Shapes;
import org.mercat.rdf.Terms;
import org.mercat.rdf.TurtleReader;
import org.mercat.rdf.Unreadable;
import org.mercat.rdf.Vocabularies;

/**
 * The language of a catalogue's offerings and the rules for them.
 *
 * @param files the vocabularies as the files say them
 * @param vocabularies what the files say, and what was decided since
 * @param version changes whenever the vocabularies do
 */
record Knowledge(
        Home home,
        Vocabularies files,
        Vocabularies vocabularies,
        String version,
        Terms terms,
        JsonContext context,
        Shapes shapes,
        Acceptance acceptance,
        Queries queries) {

    /**
     * Reads what the files of a home say.
     *
     * @param baseIri that the JSON context is made for
     * @throws IllegalStateException naming the file and the place of the first error
     */
    static Knowledge read(Home home, String baseIri) {
        CompletableFuture<Shapes> shapes = CompletableFuture.supplyAsync(() -> shapes(home));
        CompletableFuture<Queries> queries = CompletableFuture.supplyAsync(() -> Queries.read(queries(home)));
        Vocabularies vocabularies = Vocabularies.read(home);
        Terms terms = Terms.of(vocabularies.byName().values());
        JsonContext context = context(home, baseIri);
        return new Knowledge(
                home,
                vocabularies,
                vocabularies,
                home.version("vocabularies"),
                terms,
                context,
                shapes.join(),
                new Acceptance(shapes.join(), terms),
                queries.join());
    }

    /** The same with the context that JSON was read and written by so far: it is one thing as long as a catalogue runs. */
    Knowledge with(JsonContext other) {
        return new Knowledge(home, files, vocabularies, version, terms, other, shapes, acceptance, queries);
    }

    /** The same with what was decided since the files were written. @param decided makes of these all vocabularies */
    Knowledge with(UnaryOperator<Vocabularies> decided) {
        Vocabularies all = decided.apply(files);
        String decisions = all.equals(files) ? "" : "+" + Long.toHexString(sum(all)); // equal: of the same graphs
        String newest = home.version("vocabularies") + decisions;
        if (newest.equals(version)) {
            return this;
        }
        Terms its = Terms.of(all.byName().values());
        return new Knowledge(home, files, all, newest, its, context, shapes, new Acceptance(shapes, its), queries);
    }

    /** Changes with what the vocabularies say that the files do not, whatever the order of the statements. */
    private long sum(Vocabularies all) {
        long[] sum = {0};
        all.byName().forEach((name, graph) -> {
            if (graph != files.byName().get(name)) {
                graph.find().filterDrop(triple -> triple.getSubject().isBlank()).forEachRemaining(triple -> {
                    Node object = triple.getObject();
                    String text = triple.getSubject() + " " + triple.getPredicate() + " "
                            + (object.isBlank() ? "[]" : object.toString());
                    sum[0] += 0x9e3779b97f4a7c15L * text.hashCode();
                });
            }
        });
        return sum[0];
    }

    /** Those that a catalogue is asked; the rules for vocabularies are for {@code mercat check}. */
    private static Map<String, String> queries(Home home) {
        Map<String, String> queries = new TreeMap<>(home.files("queries", ".rq"));
        queries.keySet().removeIf(path -> path.startsWith("hygiene/"));
        return queries;
    }

    private static JsonContext context(Home home, String baseIri) {
        try {
            return JsonContext.load(home.file("vocabularies", "context.jsonld"), baseIri);
        } catch (Unreadable e) {
            throw new IllegalStateException(
                    "vocabularies/context.jsonld: " + e.faults().get(0), e);
        }
    }

    /** Those for offerings and parties; the ones in folders below are for other data. */
    private static Shapes shapes(Home home) {
        Graph shapes = GraphFactory.createDefaultGraph();
        Map<String, Graph> files = new TreeMap<>();
        home.files("shapes", ".ttl").forEach((file, text) -> {
            if (!file.contains("/")) {
                Graph graph = GraphFactory.createDefaultGraph();
                TurtleReader.readFile("shapes/" + file, text, graph);
                graph.find().forEachRemaining(shapes::add);
                files.put("shapes/" + file, graph);
            }
        });
        try {
            return Shapes.parse(shapes);
        } catch (RuntimeException e) { // the parser does not say where
            String culprit = files.keySet().stream()
                    .filter(file -> isWholeWithout(file, files))
                    .findFirst()
                    .orElse("One of the files in shapes/");
            throw new IllegalStateException(
                    culprit + " has a shape that cannot be understood, such as a count that is no number: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Whether the other files are shapes together, which name parts of each other. */
    private static boolean isWholeWithout(String file, Map<String, Graph> files) {
        Graph others = GraphFactory.createDefaultGraph();
        files.forEach((name, graph) -> {
            if (!name.equals(file)) {
                graph.find().forEachRemaining(others::add);
            }
        });
        try {
            Shapes.parse(others);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
