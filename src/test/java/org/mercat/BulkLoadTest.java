// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.ns.MC;
import org.mercat.rdf.Store;

/** The first offerings of a catalogue come in bulk, and to the same end as one by one. */
class BulkLoadTest {
    private static final String PARTIES = """
            {"id": "acme", "name": "Acme"}
            {"id": "acme/parking", "@type": "Provider", "name": "Parking", "organization": "acme"}
            """;
    private static final String OFFERINGS = TestServer.BASE + "offerings/";
    private static final String FIRST = OFFERINGS + "acme/parking/first";

    @TempDir
    Path folder;

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private Path generated(int offerings) {
        Path file = folder.resolve("generated.ndjson");
        Run run = Run.of("generate", "--offerings", "" + offerings, "--seed", "11", "--out", file.toString());
        assertThat(run.exit()).as(run.err()).isZero();
        return file;
    }

    private Path packed(Path file) throws IOException {
        Path packed = folder.resolve(file.getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(file, out);
        }
        return packed;
    }

    private static ObjectNode offering(String id) {
        return Offerings.small(id).put("activeUntil", "2036-01-01T00:00:00Z");
    }

    private Path data(String name) {
        return folder.resolve(name);
    }

    private static Loader.Outcome load(Catalogue catalogue, Path file) {
        return catalogue.load(file, new Progress(new PrintWriter(Writer.nullWriter()), false, "lines"));
    }

    /** Into an empty catalogue. */
    private Loader.Outcome inBulk(Path file) {
        try (Catalogue catalogue = Catalogue.open(TestServer.config(data("bulk")))) {
            Loader.Outcome outcome = load(catalogue, file);
            assertThat(data("bulk/catalogue/Data-0002")).exists();
            return outcome;
        }
    }

    /** Into a catalogue that has an offering already. */
    private Loader.Outcome oneByOne(Path file) throws IOException {
        Path first = file("first.ndjson", PARTIES + Offerings.small("acme/parking/first"));
        assertThat(Run.on(data("single"), "load", first.toString()).exit()).isZero();
        try (Catalogue catalogue = Catalogue.open(TestServer.config(data("single")))) {
            return load(catalogue, file);
        }
    }

    private static DatasetGraph exported(Path data) {
        Path file = data.resolveSibling(data.getFileName() + ".nq");
        assertThat(Run.on(data, "export", "--format", "nq", file.toString()).exit())
                .isZero();
        return RDFDataMgr.loadDatasetGraph(file.toString());
    }

    /** Resources by address, without times and revisions, which are of the moment. */
    private static Map<String, Graph> resources(DatasetGraph dataset) {
        Map<String, Graph> resources = new TreeMap<>();
        dataset.listGraphNodes().forEachRemaining(name -> {
            if (name.getURI().startsWith(TestServer.BASE) && !name.getURI().equals(FIRST)) {
                Graph graph = GraphFactory.createDefaultGraph();
                dataset.getGraph(name).find().forEachRemaining(graph::add);
                for (Node moment : List.of(MC.revision, DCTerms.created.asNode(), DCTerms.modified.asNode())) {
                    assertThat(graph.find(name, moment, Node.ANY).toList())
                            .as(name + " " + moment)
                            .hasSize(1);
                    graph.remove(name, moment, Node.ANY);
                }
                resources.put(name.getURI(), graph);
            }
        });
        return resources;
    }

    private static void mustBeTheSame(Map<String, Graph> actual, Map<String, Graph> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, graph) ->
                assertThat(actual.get(name).isIsomorphicWith(graph)).as(name).isTrue());
    }

    private static long revision(Graph graph, String subject) {
        return graph.stream(Node.ANY, MC.revision, Node.ANY)
                .filter(triple -> triple.getSubject().hasURI(subject))
                .mapToLong(triple -> Long.parseLong(triple.getObject().getLiteralLexicalForm()))
                .max()
                .orElseThrow();
    }

    @Test
    void it_stores_what_one_by_one_stores() throws IOException {
        Path file = generated(600);
        Loader.Outcome bulk = inBulk(packed(file));
        assertThat(bulk.refusals()).isEmpty();
        assertThat(bulk).isEqualTo(oneByOne(file));
        DatasetGraph made = exported(data("bulk"));
        Map<String, Graph> resources = resources(made);
        assertThat(resources.keySet().stream().filter(name -> name.startsWith(OFFERINGS)))
                .hasSize(600);
        Map<String, Graph> expected = resources(exported(data("single")));
        expected.keySet().removeIf(name -> !resources.containsKey(name)); // the parties of the first offering
        mustBeTheSame(resources, expected);
        long newest = revision(made.getGraph(Store.NAME), Store.NAME.getURI());
        assertThat(resources.keySet().stream().mapToLong(name -> revision(made.getUnionGraph(), name)))
                .allMatch(revision -> revision > 0 && revision <= newest);
    }

    @Test
    void it_is_found_at_once_and_by_a_server_that_starts_later() throws Exception {
        Path file = generated(60);
        Path bulk = data("bulk");
        assertThat(Run.on(bulk, "load", file.toString()).exit()).isZero();
        oneByOne(file);
        assertThat(found(bulk)).hasSize(60);
        assertThat(found(data("single"))).containsAll(found(bulk)).hasSize(61);
        Run reindex = Run.on(bulk, "reindex");
        assertThat(reindex.exit()).as(reindex.err()).isZero();
        assertThat(reindex.out()).contains("The search index is made anew.");
        assertThat(found(bulk)).hasSize(60);
    }

    private static TreeSet<String> found(Path data) throws Exception {
        try (Catalogue catalogue = Catalogue.open(TestServer.config(data))) {
            String url = "http://127.0.0.1:" + catalogue.start() + "/offerings?limit=100";
            HttpRequest all = HttpRequest.newBuilder(URI.create(url))
                    .header("Accept", "application/json")
                    .build();
            String answer = HttpClient.newHttpClient()
                    .send(all, BodyHandlers.ofString())
                    .body();
            return new TreeSet<>(Answer.json(answer).path("offerings").findValuesAsText("id"));
        }
    }

    @Test
    void it_refuses_what_one_by_one_refuses() throws IOException {
        String late = "{\"id\": \"late\", \"name\": \"Late\"}\n"
                + "{\"id\": \"late/shop\", \"@type\": \"Provider\", \"name\": \"Shop\", \"organization\": \"late\"}";
        Path file = file(
                "mixed.ndjson",
                PARTIES,
                offering("acme/parking/good") + "",
                "{\"id\":",
                "",
                "{\"id\": \"acme/parking/bare\"}",
                offering("late/shop/too-early") + "",
                offering("acme/parking/good").put("segment", "Retail") + "",
                offering("acme/parking/foreign").put("provider", "acme/other") + "",
                late,
                offering("late/shop/in-time") + "",
                offering("Not/An/Id") + "",
                offering("acme/parking/odd").put("category", "Parkin") + "",
                "{\"id\": \"what\", \"@type\": \"Thing\"}",
                "\"" + "x".repeat(1 << 20) + "\"",
                offering("late/shop/too-early").put("segment", "Retail") + "");
        Loader.Outcome bulk = inBulk(file);
        Loader.Outcome single = oneByOne(file);
        assertThat(bulk.refusals()).containsExactlyInAnyOrderElementsOf(single.refusals());
        assertThat(bulk.refusals()).hasSize(8).anyMatch(refusal -> refusal.startsWith("line 8: There is no provider"));
        assertThat(bulk.stored()).isEqualTo(single.stored());
        Map<String, Graph> stored = resources(exported(data("bulk")));
        assertThat(stored.keySet())
                .contains(OFFERINGS + "late/shop/too-early", OFFERINGS + "late/shop/in-time")
                .filteredOn(name -> name.startsWith(OFFERINGS))
                .hasSize(3);
        assertThat(stored.get(OFFERINGS + "acme/parking/good")
                        .find(Node.ANY, MC.segment, Node.ANY)
                        .toList())
                .as("the second line of the same id counts")
                .singleElement()
                .asString()
                .contains("Retail");
        mustBeTheSame(stored, resources(exported(data("single"))));
    }

    @Test
    void a_load_that_is_cut_short_leaves_no_part_of_it() throws IOException {
        Path whole = packed(generated(1_200));
        byte[] bytes = Files.readAllBytes(whole);
        Path half = folder.resolve("half.ndjson.gz");
        Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
        try (Catalogue catalogue = Catalogue.open(TestServer.config(data("bulk")))) {
            assertThatThrownBy(() -> load(catalogue, half))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("half.ndjson.gz");
        }
        assertThat(resources(exported(data("bulk"))).keySet())
                .isNotEmpty()
                .noneMatch(name -> name.startsWith(OFFERINGS));
        assertThat(Run.on(data("bulk"), "load", whole.toString()).out()).contains(" 0 refused");
        assertThat(resources(exported(data("bulk"))).keySet().stream().filter(name -> name.startsWith(OFFERINGS)))
                .hasSize(1_200);
    }

    @Test
    void after_a_kill_it_says_what_to_do_and_then_loads_all() throws Exception {
        Path file = generated(600);
        Path data = data("bulk");
        String[] command = {"load", "--data", data.toString(), "--base-iri", TestServer.BASE, file.toString()};
        Path unfinished = data.resolve("catalogue/Data-0002-tmp");
        try (Program load = Program.run(command)) {
            while (!Files.exists(unfinished) && load.process().isAlive()) {
                Thread.onSpinWait();
            }
            load.kill();
        }
        assertThat(unfinished).exists();
        try (Program again = Program.run(command)) {
            assertThat(again.exit()).as(again.output()).isZero();
            assertThat(again.output()).contains("was cut short", "run it again", " 0 refused");
        }
        assertThat(resources(exported(data)).keySet().stream().filter(name -> name.startsWith(OFFERINGS)))
                .hasSize(600);
    }
}
