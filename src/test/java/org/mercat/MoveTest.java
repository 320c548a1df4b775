// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Year;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sparql.util.IsoMatcher;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.ns.MC;
import org.mercat.rdf.Store;

/** A catalogue moves: exported here, loaded there, it is the same. */
class MoveTest {
    private static final String ADDRESS = Offerings.iriOf("acme/parking/full");

    private static final String TIME = "\"2020-01-01T00:00:00Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime>";
    private static final String PARTIES = """
            {"id": "acme", "name": "Acme"}
            {"id": "acme/parking", "@type": "Provider", "name": "Parking", "organization": "acme"}
            """;

    @TempDir
    static Path folder;

    private static String exported;

    @BeforeAll
    static void export() throws IOException {
        TestServer server = new TestServer();
        server.beforeAll(null);
        TestServer.Client parking = server.as(TestServer.PARKING);
        for (String name : new String[] {"full", "paused", "gone", "back"}) {
            parking.json("PUT", "/offerings/acme/parking/" + name, Offerings.full("acme/parking/" + name) + "")
                    .mustBe(201);
        }
        String classy =
                Offerings.turtle(TestServer.PARKING + "/classy") + "<> a <http://www.w3.org/2002/07/owl#Ontology> .";
        parking.send("PUT", "/offerings/acme/parking/classy", "text/turtle", classy)
                .mustBe(201);
        parking.delete("/offerings/acme/parking/paused/activation").mustBe(204);
        TestServer.Client operator = server.as(TestServer.OPERATOR);
        for (String path : new String[] {
            "/offerings/acme/parking/gone",
            "/offerings/acme/parking/back",
            "/providers/other/parking",
            "/organizations/other"
        }) {
            operator.with("If-Match", "*").delete(path).mustBe(204);
        }
        operator.json("PUT", "/offerings/acme/parking/back", Offerings.small("acme/parking/back") + "")
                .mustBe(201);
        server.stop();
        Path file = folder.resolve("export.trig");
        assertThat(Run.on(server.folder(), "export", file.toString()).exit()).isZero();
        server.delete();
        exported = longAgo(Files.readString(file));
    }

    /** What happened this minute happened years ago, so that times of today can be told from those that were kept. */
    private static String longAgo(String trig) {
        return trig.replaceAll("\"" + Year.now() + "(-[^\"]*Z\")", "\"2019$1");
    }

    private static Path file(String name, String trig) throws IOException {
        return Files.writeString(folder.resolve(name), trig);
    }

    private static DatasetGraph exportOf(Path data) {
        Path file = folder.resolve(data.getFileName() + "-again.nq");
        Run run = Run.on(data, "export", file.toString());
        assertThat(run.exit()).as("%s", run).isZero();
        return RDFDataMgr.loadDatasetGraph(file.toString());
    }

    private static Set<Node> names(DatasetGraph dataset) {
        Set<Node> names = new HashSet<>();
        dataset.listGraphNodes().forEachRemaining(names::add);
        return names;
    }

    private static Graph withoutRevision(Graph graph) {
        Graph rest = GraphFactory.createDefaultGraph();
        graph.find()
                .filterDrop(triple -> triple.getPredicate().equals(MC.revision))
                .forEachRemaining(rest::add);
        return rest;
    }

    private static void mustMove(Path file, String resources) {
        Path data = folder.resolve(file.getFileName() + "-moved");
        Run load = Run.on(data, "load", file.toString());
        assertThat(load.exit()).as("%s", load).isZero();
        assertThat(load.out()).contains(resources + " stored, 0 refused");
        DatasetGraph before = RDFDataMgr.loadDatasetGraph(file.toString());
        DatasetGraph after = exportOf(data);
        assertThat(names(after)).isEqualTo(names(before));
        for (Node name : names(before)) {
            Graph was = withoutRevision(before.getGraph(name));
            Graph is = withoutRevision(after.getGraph(name));
            assertThat(is.isIsomorphicWith(was))
                    .as("%s%n%s%n--- was%n%s", name, is, was)
                    .isTrue();
        }
    }

    @Test
    void everything_is_as_it_was_but_for_the_revisions() throws IOException {
        Path trig = file("whole.trig", exported);
        DatasetGraph before = RDFDataMgr.loadDatasetGraph(trig.toString());
        assertThat(before.find(Node.ANY, Node.ANY, RDF.Nodes.type, MC.Withdrawn))
                .toIterable()
                .hasSize(3);
        assertThat(before.find(Node.ANY, NodeFactory.createURI(ADDRESS), DCTerms.created.asNode(), Node.ANY)
                        .next()
                        .getObject()
                        .getLiteralLexicalForm())
                .startsWith("2019-");
        mustMove(trig, "11");
    }

    @Test
    void the_demonstration_moves_as_quads_too() {
        Path data = folder.resolve("demonstration");
        Path quads = folder.resolve("demonstration.nq");
        Stream.of("organizations", "providers", "offerings")
                .map(name -> Run.on(data, "load", "src/main/resources/demo/" + name + ".ndjson"))
                .forEach(load -> assertThat(load.exit()).as("%s", load).isZero());
        Run.on(data, "export", "--format", "nq", quads.toString());
        mustMove(quads, "44");
    }

    @Test
    void a_second_load_changes_nothing_and_only_the_first_tells_the_new_operators_secret() throws IOException {
        Path trig = file("twice.trig", exported);
        Path data = folder.resolve("twice");
        assertThat(Run.on(data, "load", trig.toString()).out()).containsPattern("\"operator\", secret \"mcs_[^\"]+\"");
        DatasetGraph once = exportOf(data);
        assertThat(once.contains(Store.NAME, Store.NAME, MC.revision, Node.ANY)).isTrue();
        assertThat(Run.on(data, "load", trig.toString()).out())
                .contains("11 stored, 0 refused")
                .doesNotContain("mcs_");
        assertThat(IsoMatcher.isomorphic(once, exportOf(data))).isTrue();
    }

    @Test
    void what_is_there_and_was_withdrawn_in_the_export_is_withdrawn() throws IOException {
        Path data = folder.resolve("withdrawn");
        Path parties = file("withdrawn.ndjson", PARTIES + """
                {"id": "other", "name": "Other"}
                {"id": "other/parking", "@type": "Provider", "name": "Parking", "organization": "other"}
                """ + Offerings.small("acme/parking/gone") + "\n");
        Path trig = file("withdrawn.trig", exported);
        assertThat(Run.on(data, "load", parties.toString(), trig.toString()).out())
                .contains("5 stored, 0 refused", "11 stored, 0 refused");
        assertThat(exportOf(data).find(Node.ANY, Node.ANY, RDF.Nodes.type, MC.Withdrawn))
                .toIterable()
                .hasSize(3);
    }

    @TestFactory
    Stream<DynamicTest> what_no_export_says_is_refused() throws IOException {
        String created = offering() + "<IRI> dcterms:created TIME";
        String withdrawn = "<IRI> a mc:Withdrawn ; dcterms:identifier \"acme/parking/ID\"";
        String until = "; <http://www.w3.org/ns/prov#invalidatedAtTime> TIME";
        Map<String, String> times = Map.of(
                "created-without-modified", created,
                "created-twice", created + ", " + TIME.replace("2020", "2021") + "; dcterms:modified TIME",
                "created-at-no-time", created.replace("TIME", "\"yesterday\"") + "; dcterms:modified TIME",
                "modified-in-month-13", created + "; dcterms:modified " + TIME.replace("-01-", "-13-"));
        Map<String, String> tombstones = Map.of(
                "withdrawn-at-no-time", withdrawn,
                "withdrawn-twice", withdrawn + until + ", " + TIME.replace("2020", "2021"),
                "withdrawn-under-another-id", withdrawn.replace("ID", "other") + until,
                "withdrawn-with-a-title", withdrawn + until + "; dcterms:title \"x\"@en",
                "withdrawn-with-something-else", withdrawn + until + ". <https://x.example/> a <https://x.example/X>",
                "withdrawn-and-there", offering() + withdrawn + until);
        StringBuilder trig =
                new StringBuilder(Offerings.turtle("acme/parking/x").split("<> a")[0]);
        times.forEach((id, body) -> trig.append(filled("<IRI> {" + body + "}\n", id)));
        tombstones.forEach((id, body) -> trig.append(filled("<IRI> {" + body + "}\n", id)));
        Path data = folder.resolve("refused");
        String out = Run.on(data, "load", file("p.ndjson", PARTIES) + "", file("refused.trig", trig + "") + "")
                .out();
        Set<Node> there = names(exportOf(data));
        return Stream.concat(
                refusals(times.keySet(), out, there, "dcterms:modified once each"),
                refusals(tombstones.keySet(), out, there, "prov:invalidatedAtTime once"));
    }

    private static String offering() {
        String body = Offerings.turtle("acme/parking/x");
        return body.substring(body.indexOf("<> a")).replace("<> a", "<IRI> a");
    }

    private static String filled(String body, String id) {
        return body.replace("IRI", Offerings.iriOf("acme/parking/" + id))
                .replace("ID", id)
                .replace("TIME", TIME);
    }

    private static Stream<DynamicTest> refusals(Set<String> ids, String out, Set<Node> there, String reason) {
        return ids.stream()
                .map(id -> dynamicTest(id, () -> {
                    String iri = Offerings.iriOf("acme/parking/" + id);
                    assertThat(out.lines().filter(line -> line.contains("<" + iri + ">: ")))
                            .singleElement()
                            .asString()
                            .contains(reason);
                    assertThat(there).doesNotContain(NodeFactory.createURI(iri));
                }));
    }

    @Test
    void an_export_with_another_base_is_a_message_that_names_it() throws IOException {
        Path trig = file("elsewhere.trig", exported.replace(TestServer.BASE, "https://elsewhere.example/"));
        Run load = Run.on(folder.resolve("elsewhere"), "load", trig.toString());
        assertThat(load.exit()).isEqualTo(2);
        assertThat(load.err())
                .contains("--base-iri https://elsewhere.example/", TestServer.BASE)
                .doesNotContain("\tat ");
    }
}
