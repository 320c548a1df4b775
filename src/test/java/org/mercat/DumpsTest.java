// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.VOID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.ns.MC;

/** {@code /dumps} and {@code /.well-known/void}. */
class DumpsTest {
    private static final String ID = "acme/parking/dumped";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static Answer get(String path) {
        return SERVER.as(TestServer.NOBODY).get(path);
    }

    private static Answer make() {
        return SERVER.as(TestServer.OPERATOR).send("POST", "/dumps", null, (byte[]) null);
    }

    private static void register(String id) {
        SERVER.as(TestServer.PARKING)
                .json("PUT", Offerings.pathOf(id), Offerings.small(id).toString())
                .mustBe(201);
    }

    private static long made() {
        return make().mustBe(201).json().path("revision").asLong();
    }

    private static byte[] unpacked(Answer answer) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(answer.response().body())).readAllBytes();
    }

    private static Graph turtle(Answer answer) {
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.fromString(answer.mustBe(200).text(), Lang.TURTLE).parse(graph);
        return graph;
    }

    @BeforeAll
    static void register() {
        register(ID);
    }

    @Test
    void a_dump_has_every_statement_with_its_graph_200() throws Exception {
        long revision = made();
        assertThat(revision).isEqualTo(SERVER.revision());
        Answer file = get("/dumps/" + revision + ".nq.gz").mustBe(200);
        DatasetGraph dumped = DatasetGraphFactory.create();
        RDFParser.source(new ByteArrayInputStream(unpacked(file)))
                .lang(Lang.NQUADS)
                .parse(dumped);
        Node offering = NodeFactory.createURI(TestServer.BASE + "offerings/" + ID);
        assertThat(dumped.getGraph(offering).contains(offering, MC.revision, Node.ANY))
                .isTrue();
        JsonNode counted =
                get("/sparql?query=SELECT%20(COUNT(*)%20AS%20?n)%20%7B%20GRAPH%20?g%20%7B%20?s%20?p%20?o%20%7D%20%7D")
                        .json();
        assertThat(dumped.stream().count())
                .isEqualTo(counted.at("/results/bindings/0/n/value").asLong())
                .isEqualTo(get("/dumps/" + revision).json().path("quads").asLong());
        Graph all = GraphFactory.createDefaultGraph();
        RDFParser.source(new ByteArrayInputStream(unpacked(get("/dumps/" + revision + ".ttl.gz"))))
                .lang(Lang.TURTLE)
                .parse(all);
        assertThat(all.contains(offering, MC.revision, Node.ANY)).isTrue();
        assertThat((long) all.size())
                .isEqualTo(distinct(dumped))
                .isEqualTo(get("/dumps/" + revision).json().path("triples").asLong());
        assertThat(new String(unpacked(get("/dumps/" + revision + ".ttl.gz")), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.startsWith("<" + offering + ">")))
                .as("each subject stands once")
                .hasSize(1);
    }

    @Test
    void what_is_counted_is_what_queries_count_200() {
        JsonNode json = get("/dumps/" + made()).json();
        assertThat(json.at("/resources/offerings").asLong())
                .isEqualTo(count("DISTINCT ?g", "FILTER(STRSTARTS(STR(?g), \"https://catalogue.example/offerings/\"))"))
                .isPositive();
        Graph graph = turtle(get("/dumps/" + json.path("revision").asText() + ".ttl"));
        Node dump = NodeFactory.createURI(json.path("address").asText());
        assertThat(Long.parseLong(value(graph, dump, VOID.documents.asNode()))).isEqualTo(count("DISTINCT ?g", ""));
        assertThat(Long.parseLong(value(graph, dump, VOID.distinctSubjects.asNode())))
                .isEqualTo(count("DISTINCT ?s", ""));
        assertThat(Long.parseLong(value(graph, dump, VOID.properties.asNode()))).isEqualTo(count("DISTINCT ?p", ""));
    }

    private static long count(String what, String condition) {
        String query = "SELECT (COUNT(" + what + ") AS ?n) { GRAPH ?g { ?s ?p ?o } " + condition + " }";
        return get("/sparql?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .json()
                .at("/results/bindings/0/n/value")
                .asLong();
    }

    private static long distinct(DatasetGraph dumped) {
        return dumped.stream().map(quad -> quad.asTriple()).distinct().count();
    }

    @Test
    void a_dump_as_it_is_brings_a_catalogue_back(@TempDir Path folder) throws IOException {
        Answer dump = get("/dumps/" + made() + ".nq.gz").mustBe(200);
        Path file = Files.write(folder.resolve("taken.nq.gz"), dump.response().body());
        Run load = Run.on(folder.resolve("data"), "load", file.toString());
        assertThat(load.exit()).as(load.err()).isZero();
        try (Catalogue restored = Catalogue.open(TestServer.config(folder.resolve("data")))) {
            assertThat(restored.conceptsOfOfferings()).containsKey(ID);
        }
    }

    @Test
    void nothing_private_is_in_a_dump() throws Exception {
        String text = new String(unpacked(get("/dumps/" + made() + ".nq.gz")), StandardCharsets.UTF_8);
        assertThat(text)
                .contains("<https://catalogue.example/organizations/acme>")
                .doesNotContain("urn:mercat:client:");
        assertThat(text).doesNotContain("urn:mercat:ledger:");
    }

    @Test
    void the_checksum_is_that_of_the_file_everywhere_it_stands() throws Exception {
        long revision = made();
        Answer file = get("/dumps/" + revision + ".nq.gz").mustBe(200);
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(file.response().body());
        String hex = HexFormat.of().formatHex(digest);
        assertThat(get("/dumps/" + revision + ".nq.gz.sha256").text())
                .isEqualTo(hex + "  mercat-" + revision + ".nq.gz\n");
        assertThat(file.header("Repr-Digest"))
                .isEqualTo("sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":");
        JsonNode json = get("/dumps/" + revision).json();
        assertThat(json.at("/files/0/sha256").asText()).isEqualTo(hex);
        assertThat(json.at("/files/0/bytes").asLong()).isEqualTo(file.response().body().length);
        assertThat(json.path("citation").asText())
                .contains(hex, "revision " + revision, TestServer.BASE + "dumps/" + revision);
        assertThat(get("/dumps/" + revision + ".ttl").text()).contains(hex);
        assertThat(file.header("Mercat-Revision")).isEqualTo(Long.toString(revision));
    }

    @Test
    void who_was_cut_off_goes_on_where_he_was_206() throws Exception {
        String path = "/dumps/" + made() + ".nq.gz";
        Answer whole = get(path);
        byte[] all = whole.response().body();
        TestServer.Client client = SERVER.as(TestServer.NOBODY);
        Answer tail = client.with("Range", "bytes=1000-")
                .with("If-Range", whole.tag())
                .get(path)
                .mustBe(206);
        assertThat(tail.header("Content-Range")).isEqualTo("bytes 1000-" + (all.length - 1) + "/" + all.length);
        assertThat(tail.response().body()).isEqualTo(java.util.Arrays.copyOfRange(all, 1000, all.length));
        assertThat(client.with("Range", "bytes=0-0")
                        .get(path)
                        .mustBe(206)
                        .response()
                        .body())
                .hasSize(1);
        assertThat(client.with("Range", "bytes=-10")
                        .get(path)
                        .mustBe(206)
                        .response()
                        .body())
                .isEqualTo(java.util.Arrays.copyOfRange(all, all.length - 10, all.length));
        assertThat(client.with("Range", "bytes=10-20")
                        .with("If-Range", "\"another\"")
                        .get(path)
                        .mustBe(200)
                        .response()
                        .body())
                .hasSize(all.length);
        for (String odd : List.of("bytes=0-1,3-4", "lines=1-2", "bytes=-", "nonsense")) {
            assertThat(client.with("Range", odd)
                            .get(path)
                            .mustBe(200)
                            .response()
                            .body())
                    .hasSize(all.length);
        }
        assertThat(client.with("Range", "bytes=" + all.length + "-")
                        .get(path)
                        .mustBeProblem(416)
                        .header("Content-Range"))
                .isEqualTo("bytes */" + all.length);
        assertThat(client.with("If-None-Match", whole.tag())
                        .get(path)
                        .mustBe(304)
                        .text())
                .isEmpty();
        Answer head = client.send("HEAD", path, null, (byte[]) null).mustBe(200);
        assertThat(head.header("Content-Length")).isEqualTo(Integer.toString(all.length));
        assertThat(head.header("Accept-Ranges")).isEqualTo("bytes");
    }

    @Test
    void what_did_not_change_is_not_dumped_again_201() {
        assertThat(made()).isEqualTo(made());
    }

    @Test
    void latest_leads_to_the_newest_307() {
        long revision = made();
        assertThat(get("/dumps/latest.nq.gz").mustBe(307).header("Location")).endsWith("/dumps/" + revision + ".nq.gz");
        assertThat(get("/dumps/latest").mustBe(307).header("Location")).endsWith("/dumps/" + revision);
    }

    @Test
    void what_there_never_was_is_404_and_says_what_there_is() {
        long revision = made();
        for (String name : List.of("0", "0.nq.gz", "nonsense", revision + ".zip", revision + ".hdt.gz")) {
            assertThat(get("/dumps/" + name).mustBeProblem(404).detail()).contains("/dumps/" + revision + ".nq.gz");
        }
    }

    @Test
    void old_files_are_410_and_what_they_were_is_still_told() {
        long first = made();
        long last = first;
        for (int i = 0; i < 4; i++) {
            register("acme/parking/after-" + first + "-" + i);
            last = made();
        }
        assertThat(get("/dumps/" + first + ".nq.gz").mustBeProblem(410).detail())
                .contains("/dumps/" + last + ".nq.gz");
        JsonNode told = get("/dumps/" + first).mustBe(200).json();
        assertThat(told.path("kept").asBoolean(true)).isFalse();
        assertThat(told.path("citation").asText()).contains("SHA-256");
        assertThat(told.path("files")).isEmpty();
        assertThat(get("/dumps").json().path("dumps")).hasSize(4);
        assertThat(SERVER.folder().resolve("dumps").resolve(first + ".nq.gz")).doesNotExist();
    }

    @Test
    void writers_go_on_while_a_dump_is_made() throws Exception {
        List<CompletableFuture<Answer>> dumps =
                List.of(CompletableFuture.supplyAsync(DumpsTest::make), CompletableFuture.supplyAsync(DumpsTest::make));
        for (int i = 0; i < 20; i++) {
            register("acme/parking/meanwhile-" + i);
        }
        for (CompletableFuture<Answer> dump : dumps) {
            long revision = dump.get(20, TimeUnit.SECONDS)
                    .mustBe(201)
                    .json()
                    .path("revision")
                    .asLong();
            assertThat(new String(unpacked(get("/dumps/" + revision + ".nq.gz")), StandardCharsets.UTF_8))
                    .contains("<urn:mercat:store> <https://w3id.org/mercat/core#revision> \"" + revision + "\"");
        }
    }

    @Test
    void what_a_crash_left_is_cleared_away_and_dumps_outlast_a_restart() throws IOException {
        long revision = made();
        Path folder = SERVER.folder().resolve("dumps");
        Path part = Files.writeString(folder.resolve("7.nq.gz.part"), "half");
        Path orphan = Files.writeString(folder.resolve("8.nq.gz"), "no one knows what this is");
        Path broken = Files.writeString(folder.resolve("9.json"), "{");
        Path foreign = Files.writeString(folder.resolve("note.txt"), "of the operator");
        SERVER.restart();
        assertThat(part).doesNotExist();
        assertThat(orphan).doesNotExist();
        assertThat(foreign).exists();
        assertThat(get("/dumps/9").status()).isEqualTo(404);
        get("/dumps/" + revision + ".nq.gz").mustBe(200);
        Files.delete(broken);
    }

    @Test
    void void_tells_what_there_is_as_of_the_newest_dump_200() {
        long revision = made();
        Graph graph = turtle(get("/.well-known/void"));
        Node dataset = NodeFactory.createURI(TestServer.BASE + ".well-known/void#dataset");
        assertThat(graph.contains(
                        dataset, VOID.sparqlEndpoint.asNode(), NodeFactory.createURI(TestServer.BASE + "sparql")))
                .isTrue();
        assertThat(value(graph, dataset, MC.revision)).isEqualTo(Long.toString(revision));
        assertThat(value(graph, dataset, VOID.triples.asNode()))
                .isEqualTo(get("/dumps/" + revision).json().path("triples").asText());
        assertThat(graph.contains(
                        dataset, VOID.vocabulary.asNode(), NodeFactory.createURI("https://w3id.org/mercat/core")))
                .isTrue();
        Node offerings =
                graph.find(Node.ANY, VOID._class.asNode(), MC.Offering).next().getSubject();
        assertThat(Long.parseLong(value(graph, offerings, VOID.entities.asNode())))
                .isPositive();
        Graph service = turtle(SERVER.as(TestServer.NOBODY).get("/sparql", "text/turtle"));
        assertThat(value(service, dataset, VOID.triples.asNode()))
                .isEqualTo(value(graph, dataset, VOID.triples.asNode()));
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get("/.well-known/void", "text/html")
                        .mustBe(303)
                        .header("Location"))
                .endsWith("/dumps");
    }

    private static String value(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY).next().getObject().getLiteralLexicalForm();
    }

    @Test
    void the_list_and_a_dump_are_pages_too_200() {
        long revision = made();
        TestServer.Client reader = SERVER.as(TestServer.NOBODY).with("Accept-Language", "de");
        assertThat(reader.get("/dumps", "text/html").mustBe(200).text())
                .contains("Daten zum Mitnehmen", revision + ".nq.gz");
        assertThat(reader.get("/dumps/" + revision, "text/html").mustBe(200).text())
                .contains("So wird er zitiert", "SHA-256 of the N-Quads");
        assertThat(turtle(SERVER.as(TestServer.NOBODY).get("/dumps", "text/turtle"))
                        .size())
                .isPositive();
    }
}
