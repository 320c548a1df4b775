// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.rdf.Change;
import org.mercat.rdf.Store;
import org.mercat.usage.UsageEvent;
import org.mercat.usage.UsageLog;

/** After {@code kill -9} at any moment of archiving and of restoring every event is there, and once. */
class ArchiveKillTest {
    private static final int EVENTS = 5_000;
    private static final int PAGE = 10_000;
    private static final YearMonth JANUARY = YearMonth.of(2026, 1);
    private static final String ARCHIVES = "/usage/archives";
    private static final String RESTORATION = ARCHIVES + "/2026-01/restoration";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Random random = new Random(20_261_123);

    @Test
    void archiving_that_is_killed_goes_on_and_neither_doubles_nor_loses_anything(@TempDir Path data) throws Exception {
        report(data);
        killed(data, ARCHIVES, 1_000);
        try (Program program = Program.serve(data)) {
            String token = program.token();
            mustHaveAll(program, token);
            assertThat(post(program, token, ARCHIVES).body()).contains("\"events\":" + EVENTS);
            mustHaveAll(program, token);
            killed(program, token, RESTORATION, 400);
        }
        try (Program program = Program.serve(data)) {
            String token = program.token();
            mustHaveAll(program, token);
            post(program, token, RESTORATION); // which may have been done just before
            mustHaveAll(program, token);
            assertThat(program.send(program.request(ARCHIVES, token, "application/json")
                                    .GET()
                                    .build())
                            .body())
                    .contains("\"count\":0");
        }
    }

    private void killed(Path data, String path, int most) throws Exception {
        try (Program program = Program.serve(data)) {
            String token = program.token();
            mustHaveAll(program, token);
            killed(program, token, path, most);
        }
    }

    private void killed(Program program, String token, String path, int most) throws Exception {
        Thread asking = new Thread(() -> post(program, token, path));
        asking.start();
        program.process().waitFor(random.nextInt(most), TimeUnit.MILLISECONDS);
        program.kill();
        asking.join(30_000);
    }

    private static void report(Path data) throws IOException {
        try (Store store = Store.open(data);
                InputStream in = ArchiveKillTest.class.getResourceAsStream("/generator/contract.ttl")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("NUMBER", "0")
                    .replace("PROVIDER", "p0");
            Graph contract = GraphFactory.createDefaultGraph();
            RDFParser.fromString(text, Lang.TURTLE).parse(contract);
            store.write(view -> Change.ofLedger(NodeFactory.createURI("http://localhost/contracts/c0/x"), contract));
        }
        try (UsageLog log = UsageLog.open(data.resolve("usage"))) {
            List<UsageEvent> events = new ArrayList<>();
            for (int number = 0; number < EVENTS; number++) {
                events.add(new UsageEvent(
                        new UsageEvent.Key("p0/s", "gateway", "e" + number),
                        "c0/x",
                        UsageEvent.Side.PROVIDER,
                        Instant.parse("2026-01-02T00:00:00Z").plusSeconds(number * 400L),
                        Optional.empty(),
                        new TreeMap<>(Map.of("access", BigDecimal.valueOf(number % 10)))));
            }
            log.append(events).join();
            log.close(JANUARY);
        }
    }

    private static void mustHaveAll(Program program, String token) throws IOException {
        TreeSet<String> ids = new TreeSet<>();
        int count = 0;
        for (long after = 0; after >= 0; ) {
            String path = "/usage/events?contract=c0/x&month=2026-01&limit=" + PAGE + "&after=" + after;
            JsonNode page = JSON.readTree(program.send(program.request(path, token, "application/json")
                            .GET()
                            .build())
                    .body());
            for (JsonNode event : page.path("events")) {
                ids.add(event.path("id").asText());
                after = event.path("number").asLong();
                count++;
            }
            after = page.has("next") ? after : -1;
        }
        assertThat(count).isEqualTo(EVENTS);
        assertThat(ids).hasSize(EVENTS);
    }

    /** @return the answer; null if it was killed meanwhile */
    private static HttpResponse<String> post(Program program, String token, String path) {
        try {
            return program.send(program.request(path, token, "application/json")
                    .POST(BodyPublishers.ofString(path.equals(ARCHIVES) ? "{\"month\": \"2026-01\"}" : ""))
                    .build());
        } catch (IOException e) {
            return null;
        }
    }
}
