// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.ns.MC;
import org.mercat.rdf.Acceptance;
import org.mercat.rdf.Home;
import org.mercat.rdf.Shapes;
import org.mercat.rdf.Store;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Violation;
import org.mercat.rdf.Vocabularies;

/** After {@code kill -9} at any moment every answered registration is there, and no half of one is. */
class KillTest {
    private static final int ROUNDS = 5;
    private static final int IDS = 40;
    private static final int LINES = 50;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Per offering: what was answered last, and all that was sent since and may or may not be there. */
    private final Map<String, String> answered = new ConcurrentHashMap<>();

    private final Map<String, Set<String>> unanswered = new ConcurrentHashMap<>();
    private final AtomicLong highest = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();
    private final Random random = new Random(20_260_301);

    @Test
    void every_answered_registration_survives_a_kill_and_none_is_half(@TempDir Path data) throws Exception {
        killDuringTheFirstStart(data);
        Program program = Program.serve(data);
        try {
            program.registerProvider(program.token());
            for (int round = 0; round < ROUNDS; round++) {
                killUnderLoad(program, random.nextInt(600, 2_400));
                program = Program.serve(data);
                check(program);
            }
        } finally {
            program.kill();
        }
        assertThat(answered).hasSizeGreaterThan(LINES);
        checkFiles(data);
    }

    private void killDuringTheFirstStart(Path data) throws Exception {
        Program program = Program.serve(data);
        program.process().waitFor(random.nextInt(600, 1_600), TimeUnit.MILLISECONDS);
        program.kill();
    }

    /** Lets four clients write for that many milliseconds, then kills. */
    private void killUnderLoad(Program program, long millis) throws Exception {
        String token = program.token();
        List<Thread> clients = new ArrayList<>();
        for (int client = 0; client < 4; client++) {
            int number = client;
            clients.add(new Thread(() -> writeUntilKilled(program, token, number)));
        }
        clients.forEach(Thread::start);
        program.process().waitFor(millis, TimeUnit.MILLISECONDS);
        program.kill();
        for (Thread client : clients) {
            client.join(30_000);
            assertThat(client.isAlive()).isFalse();
        }
    }

    private void writeUntilKilled(Program program, String token, int client) {
        try {
            for (int i = 0; ; i++) {
                if (client < 2) {
                    putOne(program, token, "single-" + client + "-" + i % IDS);
                } else {
                    putMany(program, token, "bulk-" + client + "-");
                }
            }
        } catch (IOException e) {
            // killed
        }
    }

    private String send(String id) {
        String description = "write " + count.incrementAndGet() + " of " + id;
        unanswered.computeIfAbsent(id, i -> ConcurrentHashMap.newKeySet()).add(description);
        return description;
    }

    private void answer(String id, String description, long revision) {
        answered.put(id, description);
        unanswered.put(id, ConcurrentHashMap.newKeySet());
        highest.accumulateAndGet(revision, Math::max);
    }

    private void putOne(Program program, String token, String id) throws IOException {
        String description = send(id);
        HttpResponse<String> response =
                program.put("/offerings/acme/parking/" + id, token, Program.offering(id, description));
        assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
        answer(id, description, JSON.readTree(response.body()).path("revision").asLong());
    }

    /** The answer comes line by line: each line that arrives counts, even if the answer is never finished. */
    private void putMany(Program program, String token, String prefix) throws IOException {
        Map<String, String> sent = new HashMap<>();
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            String id = prefix + i;
            sent.put(id, send(id));
            body.append(Program.offering(id, sent.get(id))).append('\n');
        }
        var request = program.request("/offerings", token, "application/x-ndjson")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        try (Stream<String> lines = java.net.http.HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofLines())
                .body()) {
            lines.forEach(line -> take(line, sent));
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void take(String line, Map<String, String> sent) {
        JsonNode result;
        try {
            result = JSON.readTree(line);
        } catch (IOException e) {
            return; // cut off by the kill
        }
        assertThat(result.path("status").asInt()).as(line).isIn(200, 201);
        String id = result.path("id").asText().substring("acme/parking/".length());
        answer(id, sent.get(id), result.path("revision").asLong());
    }

    private void check(Program program) throws IOException {
        Map<String, String> stored = new HashMap<>();
        Set<String> sizes = new HashSet<>();
        for (String row : program.query("""
                SELECT ?id ?description (COUNT(?s) AS ?size) {
                  GRAPH ?g { ?g a <https://w3id.org/mercat/core#Offering> ; <http://purl.org/dc/terms/identifier> ?id ;
                    <http://purl.org/dc/terms/description> ?description . ?s ?p ?o }
                } GROUP BY ?id ?description""")) {
            String[] cells = row.replace("\"", "").split("\t");
            stored.put(cells[0].substring("acme/parking/".length()), cells[1]);
            sizes.add(cells[2]);
        }
        assertThat(sizes).as("triples of an offering").hasSizeLessThanOrEqualTo(1);
        answered.forEach((id, description) -> {
            Set<String> possible = new HashSet<>(unanswered.getOrDefault(id, Set.of()));
            possible.add(description);
            assertThat(stored.get(id)).as("%s, answered as stored", id).isIn(possible);
        });
        long revision = Long.parseLong(
                program.query("SELECT ?r { <urn:mercat:store> <https://w3id.org/mercat/core#revision> ?r }")
                        .get(0));
        assertThat(revision).isGreaterThanOrEqualTo(highest.get());
    }

    /** All that is in the files, read without the server. */
    private static void checkFiles(Path data) {
        Home home = new Home(java.util.Optional.of(Path.of("")));
        Graph shapes = GraphFactory.createDefaultGraph();
        home.files("shapes", ".ttl")
                .keySet()
                .forEach(file -> RDFParser.source(Path.of("shapes", file)).parse(shapes));
        Acceptance acceptance = new Acceptance(
                Shapes.parse(shapes), Terms.of(Vocabularies.read(home).byName().values()));
        try (Store store = Store.open(data)) {
            List<Graph> offerings = store.read(catalogue -> {
                List<Graph> graphs = new ArrayList<>();
                catalogue
                        .find(
                                Node.ANY,
                                Node.ANY,
                                NodeFactory.createURI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
                                MC.Offering)
                        .forEachRemaining(quad -> {
                            Graph copy = GraphFactory.createDefaultGraph();
                            catalogue.getGraph(quad.getGraph()).find().forEachRemaining(copy::add);
                            graphs.add(copy);
                        });
                return graphs;
            });
            assertThat(offerings).hasSizeGreaterThan(LINES);
            assertThat(offerings)
                    .allSatisfy(
                            offering -> assertThat(acceptance.check(offering)).noneMatch(Violation::refuses));
        }
    }
}
