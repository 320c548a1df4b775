// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.rdf.Acceptance;
import org.mercat.rdf.Home;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Queries;
import org.mercat.rdf.Shapes;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;

/** What the files of a catalogue's home say, before any data: the language of its offerings and the rules for them. */
record Knowledge(
        Home home,
        Vocabularies vocabularies,
        Terms terms,
        JsonContext context,
        Acceptance acceptance,
        Queries queries) {

    /**
     * Reads them all.
     *
     * @param baseIri that the JSON context is made for
     * @throws RuntimeException naming the file and the place of the first error
     */
    static Knowledge read(Home home, String baseIri) {
        CompletableFuture<Shapes> shapes = CompletableFuture.supplyAsync(() -> Shapes.parse(shapes(home)));
        CompletableFuture<Queries> queries = CompletableFuture.supplyAsync(() -> Queries.parse(queries(home)));
        Vocabularies vocabularies = Vocabularies.read(home);
        Terms terms = Terms.of(vocabularies.byName().values());
        return new Knowledge(
                home,
                vocabularies,
                terms,
                JsonContext.load(home.file("vocabularies", "context.jsonld"), baseIri),
                new Acceptance(shapes.join(), terms),
                queries.join());
    }

    /** Those that a catalogue is asked; the rules for vocabularies are for {@code mercat check}. */
    private static Map<String, String> queries(Home home) {
        Map<String, String> queries = new TreeMap<>(home.files("queries", ".rq"));
        queries.keySet().removeIf(path -> path.startsWith("hygiene/"));
        return queries;
    }

    /** Those for offerings and parties; the ones in folders below are for other data. */
    private static Graph shapes(Home home) {
        Graph shapes = GraphFactory.createDefaultGraph();
        home.files("shapes", ".ttl").forEach((file, text) -> {
            if (!file.contains("/")) {
                RDFParser.fromString(text, Lang.TURTLE).parse(shapes);
            }
        });
        return shapes;
    }
}
