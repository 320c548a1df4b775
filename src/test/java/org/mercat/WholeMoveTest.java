// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A catalogue that has contracts, usage, bills and disputes moves with all of it: what is read there is what was read here. */
class WholeMoveTest {
    private static final List<String> BOB = List.of(
            "/contracts/bob/lots",
            "/usage?contract=bob/lots&month=" + Market.FIRST,
            "/usage/events?contract=bob/lots&month=" + Market.FIRST,
            "/usage/events?contract=bob/lots&month=" + Market.SECOND,
            "/invoices",
            "/invoices/acme/1",
            "/invoices/acme/1/lines/1/trace",
            "/invoices/acme/3",
            "/credit-notes",
            "/disputes");
    private static final List<String> OPERATOR = List.of(
            "/contracts",
            "/fee-plans",
            "/shares/" + Market.LOTS + "/" + Market.FIRST,
            "/billing/runs",
            "/billing/runs/" + Market.FIRST,
            "/settlements",
            "/usage/archives",
            "/promotions",
            "/disputes");

    @TempDir
    static Path folder;

    private static Map<String, JsonNode> read(TestServer server) {
        Map<String, JsonNode> read = new LinkedHashMap<>();
        BOB.forEach(path ->
                read.put("bob " + path, server.as("bob").get(path).mustBe(200).json()));
        OPERATOR.forEach(path -> read.put(
                path, server.as(TestServer.OPERATOR).get(path).mustBe(200).json()));
        return read;
    }

    private static void bill(Market market) {
        market.prepare();
        market.put(
                        TestServer.ACME,
                        "/conditions/acme/1",
                        "{\"title\": {\"en\": \"Terms\"}, \"description\": {\"en\": \"x\"}, \"validFrom\": \"2026-01-01T00:00:00Z\"}")
                .mustBe(201);
        market.report("a", "bob", Market.FIRST, 1_000).mustBe(201);
        market.report("b", "dan", Market.FIRST, 10).mustBe(201);
        market.issue(Market.FIRST).mustBe(200);
        market.post(TestServer.ACME, "/invoices/acme/1/steps/pay", "").mustBe(200);
        market.post(TestServer.ACME, "/invoices/acme/2/credit-notes", "{}").mustBe(201);
        market.report("late", "bob", Market.FIRST, 5).mustBe(201);
        market.report("c", "bob", Market.SECOND, 50).mustBe(201);
        market.issue(Market.SECOND).mustBe(200);
        market.post(TestServer.OPERATOR, "/usage/archives", "{\"month\": \"" + Market.FIRST + "\"}")
                .mustBe(200);
        String dispute = "{\"contract\": \"bob/lots\", \"month\": \"%s\", \"metric\": \"access\", \"text\": \"No.\"}";
        market.post("bob", "/disputes", dispute.formatted(Market.SECOND)).mustBe(201);
    }

    @Test
    void what_is_read_there_is_what_was_read_here() throws IOException {
        TestServer here = new TestServer();
        here.beforeAll(null);
        bill(new Market(here));
        Map<String, JsonNode> before = read(here);
        here.stop();
        Path export = folder.resolve("export");
        assertThat(Run.on(here.folder(), "export", "--all", export.toString()).exit())
                .isZero();
        assertThat(Run.on(here.folder(), "export", "--all", export.toString()).err())
                .contains("is not empty");
        here.delete();

        TestServer there = new TestServer();
        there.beforeAllLoaded(export);
        assertThat(read(there)).isEqualTo(before);
        Market market = new Market(there);
        assertThat(market.report("a", "bob", Market.FIRST, 1_000).mustBe(200).text())
                .contains("repeated");
        assertThat(market.issue(Market.SECOND).mustBe(200).header("Mercat-Changed"))
                .isEqualTo("false");
        assertThat(market.post(
                                TestServer.ACME,
                                "/invoices/acme/1/credit-notes",
                                "{\"lines\": [{\"line\": 1, \"amount\": \"1\"}]}")
                        .mustBe(201)
                        .header("Location"))
                .endsWith("credit-notes/acme/2");
        market.report("d", "bob", Market.NOW, 7).mustBe(201);
        assertThat(market.get("bob", "/usage?contract=bob/lots")
                        .at("/totals/0/provider")
                        .asText())
                .isEqualTo("7");
        there.stop();
        Run again = Run.on(there.folder(), "load", export.toString());
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("into a new folder");
        there.delete();
    }

    @Test
    void an_export_that_was_changed_is_refused_as_a_whole() throws IOException {
        Path data = folder.resolve("small");
        Path parties = Files.writeString(folder.resolve("p.ndjson"), "{\"id\": \"acme\", \"name\": \"Acme\"}\n");
        assertThat(Run.on(data, "load", parties.toString()).exit()).isZero();
        Path export = folder.resolve("changed");
        Run.on(data, "export", "--all", export.toString());
        Path catalogue = export.resolve("catalogue.nq");
        Files.writeString(catalogue, Files.readString(catalogue).replace("Acme", "Akme"));
        Path other = folder.resolve("other");
        Run load = Run.on(other, "load", export.toString());
        assertThat(load.exit()).isEqualTo(2);
        assertThat(load.err()).contains("catalogue.nq is missing or is not what was exported");
        Files.delete(export.resolve("SHA256SUMS"));
        assertThat(Run.on(other, "load", export.toString()).err()).contains("has no SHA256SUMS");
        assertThat(Run.on(data, "export", "--all").err()).contains("the name of a new folder");
    }
}
