// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mercat.rdf.PackedFile;

/** A closed month's events leave the log for a file, are read out of it, and come back as they were. */
@TestMethodOrder(OrderAnnotation.class)
class UsageArchivesTest {
    private static final String ARCHIVES = "/usage/archives";
    private static final String TRACE = "/invoices/acme/1/lines/1/trace";
    private static final String MONTH = "{\"month\": \"" + Market.FIRST + "\"}";
    private static final String USAGE = "/usage/events?contract=bob/lots&month=" + Market.FIRST;
    private static final String SUMS = "/usage?contract=bob/lots&month=" + Market.FIRST;

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Market MARKET = new Market(SERVER);
    private static JsonNode trace;
    private static JsonNode events;
    private static JsonNode sums;

    @BeforeAll
    static void prepare() {
        MARKET.prepare();
        MARKET.report("a", "bob", Market.FIRST, 1_000).mustBe(201);
        MARKET.report("b", "bob", Market.FIRST, 235).mustBe(201);
        MARKET.report("c", "dan", Market.FIRST, 10).mustBe(201);
        String minute = """
                {"specversion": "1.0", "id": "m", "source": "/gateway", "type": "org.mercat.usage", "subject": "bob/lots",
                 "time": "%1$sT10:01:00Z", "data": {"start": "%1$sT10:00:00Z", "end": "%1$sT10:00:00Z", "quantities": {"access": 1.5}}}""".formatted(Market.FIRST.atDay(10));
        SERVER.as("bob/app")
                .send("POST", "/usage", "application/cloudevents+json", minute)
                .mustBe(201);
    }

    private static Path file(String ending) {
        return SERVER.folder().resolve("archives").resolve(Market.FIRST + ending);
    }

    private static void mustReadTheSame() {
        assertThat(MARKET.get("bob", TRACE)).isEqualTo(trace);
        assertThat(MARKET.get("bob", USAGE)).isEqualTo(events);
        assertThat(MARKET.get("bob", SUMS)).isEqualTo(sums);
    }

    @Test
    @Order(1)
    void a_month_that_is_open_is_not_archived() {
        assertThat(MARKET.post(TestServer.OPERATOR, ARCHIVES, MONTH)
                        .mustBeProblem(409)
                        .detail())
                .contains("is not closed");
        MARKET.post(TestServer.OPERATOR, ARCHIVES, "{\"month\": \"soon\"}").mustBeProblem(400);
        MARKET.post(TestServer.OPERATOR, ARCHIVES, "month").mustBeProblem(400);
        MARKET.post(TestServer.OPERATOR, ARCHIVES + "/" + Market.FIRST + "/restoration", "")
                .mustBeProblem(404);
        MARKET.issue(Market.FIRST).mustBe(200);
        trace = MARKET.get("bob", TRACE);
        events = MARKET.get("bob", USAGE);
        sums = MARKET.get("bob", SUMS);
        assertThat(trace.path("events")).hasSize(2);
        assertThat(events.path("events")).hasSize(3);
    }

    @Test
    @Order(2)
    void an_archived_month_is_a_file_with_its_checksum_that_is_read_as_the_log_was() throws IOException {
        JsonNode archive =
                MARKET.post(TestServer.OPERATOR, ARCHIVES, MONTH).mustBe(200).json();
        assertThat(archive.path("events").asInt()).isEqualTo(4);
        assertThat(archive.path("contracts").asInt()).isEqualTo(2);
        assertThat(archive.path("sha256").asText()).isEqualTo(PackedFile.sha256(file(".trig.gz")));
        assertThat(Files.readString(file(".trig.gz.sha256")))
                .isEqualTo(archive.path("sha256").asText() + "  " + Market.FIRST + ".trig.gz\n");
        mustReadTheSame();
        SERVER.restart();
        mustReadTheSame();
        assertThat(MARKET.get(TestServer.OPERATOR, ARCHIVES).at("/archives/0")).isEqualTo(archive);
        assertThat(MARKET.post(TestServer.OPERATOR, ARCHIVES, MONTH).mustBe(200).json())
                .isEqualTo(archive);
    }

    @Test
    @Order(3)
    void the_file_is_one_graph_a_contract_beside_who_made_it() throws IOException {
        DatasetGraph data = DatasetGraphFactory.create();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file(".trig.gz")))) {
            RDFParser.source(in).lang(Lang.TRIG).parse(data);
        }
        assertThat(data.listGraphNodes())
                .toIterable()
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        TestServer.BASE + "usage/archives/" + Market.FIRST,
                        TestServer.BASE + "contracts/bob/lots/usage/" + Market.FIRST,
                        TestServer.BASE + "contracts/dan/lots/usage/" + Market.FIRST);
        assertThat(Files.readString(SERVER.folder().resolve("archives").resolve(Market.FIRST + ".json")))
                .contains("\"by\" : \"" + TestServer.BASE + "\"");
    }

    @Test
    @Order(4)
    void an_archived_event_counts_once_and_contradicts_as_before() {
        assertThat(MARKET.report("a", "bob", Market.FIRST, 1_000).mustBe(200).text())
                .contains("repeated");
        assertThat(MARKET.report("a", "bob", Market.FIRST, 1_001)
                        .mustBeProblem(409)
                        .detail())
                .contains("archived with " + Market.FIRST);
        assertThat(MARKET.get("bob", SUMS)).isEqualTo(sums);
    }

    @Test
    @Order(5)
    void an_archived_event_is_found_in_sparql() {
        String query = "SELECT (COUNT(*) AS ?n) { GRAPH <%scontracts/bob/lots/usage/%s> { ?s ?p ?o } }"
                .formatted(TestServer.BASE, Market.FIRST);
        assertThat(SERVER.as("bob")
                        .get("/ledger/sparql?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8), "text/csv")
                        .mustBe(200)
                        .text()
                        .lines()
                        .skip(1))
                .containsExactly(String.valueOf(3 * 11));
    }

    @Test
    @Order(6)
    void a_file_that_is_missing_or_was_changed_is_told_and_nothing_is_lost() throws IOException {
        Path file = file(".trig.gz");
        byte[] written = Files.readAllBytes(file);
        byte[] changed = written.clone();
        changed[changed.length / 2] ^= 1;
        Files.write(file, changed);
        assertThat(MARKET.post(TestServer.OPERATOR, ARCHIVES + "/" + Market.FIRST + "/restoration", "")
                        .mustBeProblem(409)
                        .detail())
                .contains("is not what was archived");
        Files.delete(file);
        SERVER.restart();
        assertThat(SERVER.as("bob").get(TRACE).mustBeProblem(503).detail())
                .contains(file.getFileName().toString());
        Files.write(file, written);
        mustReadTheSame();
    }

    @Test
    @Order(7)
    void what_is_restored_is_in_the_log_again_as_it_was() throws IOException {
        MARKET.post(TestServer.OPERATOR, ARCHIVES + "/" + Market.FIRST + "/restoration", "")
                .mustBe(200);
        Files.delete(file(".trig.gz"));
        SERVER.restart();
        mustReadTheSame();
        assertThat(MARKET.report("a", "bob", Market.FIRST, 1_001)
                        .mustBeProblem(409)
                        .detail())
                .contains("\"access\" is 1000 there and 1001 here");
        assertThat(MARKET.get(TestServer.OPERATOR, ARCHIVES).path("count").asInt())
                .isZero();
        SERVER.as(TestServer.OPERATOR).get(ARCHIVES + "/" + Market.FIRST).mustBeProblem(404);
    }
}
