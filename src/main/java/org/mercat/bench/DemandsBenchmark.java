// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.jena.graph.Graph;
import org.mercat.bench.Workload.Request;
import org.mercat.rdf.Home;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How soon who waits is told. All demands are stored before the first offering is. Listened to are the first of them,
 * which are not drawn but made of offerings to come, evenly taken: every second one asks for the category of its
 * offering, the others for its provider besides. So some are met many times a second, and each at least once.
 */
@Command(
        name = "demands",
        description = {
            "How long after the answer to a registration those hear of it who wait for",
            "such an offering, while many other demands wait too. Stores the demands,",
            "registers generated offerings at a fixed rate, and prints a Markdown table.",
            "Writes below the temporary folder of the system and cleans up.",
            ""
        },
        mixinStandardHelpOptions = true)
final class DemandsBenchmark implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int HEAP = 2;
    private static final long WAIT_NS = TimeUnit.SECONDS.toNanos(20);

    @Option(
            names = "--demands",
            defaultValue = "10000",
            paramLabel = "N",
            description = "How many. Default: ${DEFAULT-VALUE}.")
    private int demands;

    @Option(
            names = "--listeners",
            defaultValue = "100",
            paramLabel = "N",
            description = "How many of them are listened to. Default: ${DEFAULT-VALUE}.")
    private int listeners;

    @Option(
            names = "--rate",
            defaultValue = "200",
            paramLabel = "N",
            description = "Registrations a second. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(names = "--clients", defaultValue = "8", description = "Connections at most. Default: ${DEFAULT-VALUE}.")
    private int clients;

    @Option(names = "--seconds", defaultValue = "30", description = "How long is measured. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "60",
            description = "Seconds of the same before that. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "S",
            description = "Of offerings and demands. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Spec
    private CommandSpec spec;

    private final Map<String, Long> answered = new ConcurrentHashMap<>();
    private Map<String, String> headers;
    private String base;
    private PrintWriter out;

    /** A line of the generator, by the id that is in it. */
    private record Line(String id, JsonNode json) {}

    @Override
    public void run() {
        if (rate < 1 || clients < 1 || seconds < 1 || warmUp < 0 || listeners < 1 || demands < listeners) {
            throw new IllegalArgumentException(
                    "--rate, --clients, --seconds and --listeners are 1 or more, --demands at least as many as --listeners.");
        }
        out = spec.commandLine().getOut();
        WorkFolder.temporary(null, work -> {
            try (ChildServer server = ChildServer.catalogue(work, work.resolve("mercat"), HEAP)) {
                measure(server);
            }
        });
    }

    private void measure(ChildServer server) throws IOException {
        base = server.base() + "/";
        headers = Map.of("Authorization", "Bearer " + server.token(), "Content-Type", "application/json");
        Graph vocabularies = Terms.of(
                        Vocabularies.read(new Home(Optional.empty())).byName().values())
                .graph();
        int before = warmUp * rate;
        int all = before + seconds * rate;
        List<Line> offerings = prepare(new OfferingGenerator(vocabularies, seed), all);
        Map<String, DemandListener> listening =
                store(new DemandPool(vocabularies, all, seed), offerings.subList(before, all));
        register(offerings.subList(0, before));
        Duration cpu = cpu(server);
        long start = System.nanoTime();
        SteadyLoad.Result registered = register(offerings.subList(before, all));
        double processors = (cpu(server).toNanos() - cpu.toNanos()) / (double) (System.nanoTime() - start);
        long lost = lost(listening);
        report(registered, times(listening, offerings.subList(before, all)), lost, processors);
    }

    private static Duration cpu(ChildServer server) {
        return server.process().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Registers all parties. @return the offerings */
    private List<Line> prepare(OfferingGenerator generator, int count) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        generator.write(count, bytes);
        put("organizations/bench", "{\"name\":\"Benchmark\"}".getBytes(StandardCharsets.UTF_8));
        put(
                "consumers/" + DemandPool.CONSUMER,
                "{\"name\":\"App\",\"organization\":\"bench\"}".getBytes(StandardCharsets.UTF_8));
        List<Line> offerings = new ArrayList<>();
        for (String text : bytes.toString(StandardCharsets.UTF_8).split("\n")) {
            Line line = new Line(JSON.readTree(text).path("id").asText(), JSON.readTree(text));
            switch (line.json.path("@type").asText()) {
                case "Organization" -> put("organizations/" + line.id, text.getBytes(StandardCharsets.UTF_8));
                case "Provider" -> put("providers/" + line.id, text.getBytes(StandardCharsets.UTF_8));
                default -> offerings.add(line);
            }
        }
        return offerings;
    }

    private void put(String path, byte[] json) {
        Workload.send(new Request("PUT", base + path, headers, json));
    }

    /** Stores the demands, and listens to some. @return the listeners, each by its demand's URL */
    private Map<String, DemandListener> store(DemandPool pool, List<Line> toCome) {
        List<Runnable> requests = new ArrayList<>();
        for (int i = 0; i < demands; i++) {
            byte[] body = DemandPool.body(i < listeners ? of(toCome, i) : pool.search(i));
            String path = path(i);
            requests.add(() -> put(path, body));
        }
        SteadyLoad.Result stored = SteadyLoad.run(clients, 1e9, requests);
        out.printf("%,d demands stored, %,.0f a second.%n", demands, stored.perSecond());
        out.flush();
        Map<String, DemandListener> listening = new LinkedHashMap<>();
        for (int i = 0; i < listeners; i++) {
            listening.put(base + path(i), DemandListener.to(base + path(i), headers));
        }
        return listening;
    }

    private static String path(int number) {
        return "demands/" + DemandPool.CONSUMER + "/d" + number;
    }

    private ObjectNode of(List<Line> toCome, int number) {
        JsonNode offering = toCome.get((int) ((long) number * toCome.size() / listeners)).json;
        ObjectNode search = JSON.createObjectNode();
        search.set("category", offering.get("category"));
        if (number % 2 == 1) {
            search.set("provider", offering.get("provider"));
        }
        return search;
    }

    private SteadyLoad.Result register(List<Line> offerings) {
        return SteadyLoad.run(
                clients, rate, offerings.stream().map(this::registration).toList());
    }

    private Runnable registration(Line offering) {
        byte[] body = offering.json.toString().getBytes(StandardCharsets.UTF_8);
        return () -> {
            put("offerings/" + offering.id, body);
            answered.put(offering.id, System.nanoTime());
        };
    }

    /** Waits for what is to come. @return how many did not, of all that the demands' searches find now */
    private long lost(Map<String, DemandListener> listening) {
        Map<String, Set<String>> missing = new LinkedHashMap<>();
        listening.keySet().forEach(demand -> missing.put(demand, matches(demand)));
        long deadline = System.nanoTime() + WAIT_NS;
        while (true) {
            missing.forEach((demand, its) ->
                    its.removeAll(listening.get(demand).matched().keySet()));
            long lost = missing.values().stream().mapToLong(Set::size).sum();
            if (lost == 0 || System.nanoTime() > deadline) {
                return lost;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private Set<String> matches(String demand) {
        Set<String> found = new HashSet<>();
        for (String page = demand + "/matches?limit=100"; !page.isEmpty(); ) {
            try {
                JsonNode answer = JSON.readTree(Workload.send(new Request("GET", page, headers, null)));
                answer.path("hits")
                        .forEach(hit -> found.add(hit.path("offering").asText()));
                page = answer.path("next").asText();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    /** From the answer to each of the registrations to each of its events, microseconds. */
    private Histogram times(Map<String, DemandListener> listening, List<Line> offerings) {
        Histogram micros = new Histogram(3);
        for (DemandListener listener : listening.values()) {
            for (Line offering : offerings) {
                Long came = listener.matched().get(offering.id);
                if (came != null) {
                    long nanos = Math.max(0, came - answered.get(offering.id));
                    micros.recordValue(TimeUnit.NANOSECONDS.toMicros(nanos));
                }
            }
        }
        return micros;
    }

    private void report(SteadyLoad.Result registered, Histogram events, long lost, double processors) {
        out.printf(
                "%d processors, Java %s. Times in ms.%n%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version());
        String columns = "demands | registrations/s | p50 | p99 | events | p50 | p99 | max | lost | server, processors";
        out.println("| " + columns + " |");
        out.println("|" + columns.replaceAll("[^|]+", "---") + "|");
        out.printf(
                "| %,d | %,.1f | %.1f | %.1f | %,d | %.1f | **%.1f** | %.1f | %d | %.2f |%n",
                demands,
                registered.perSecond(),
                millis(registered.micros(), 50),
                millis(registered.micros(), 99),
                events.getTotalCount(),
                millis(events, 50),
                millis(events, 99),
                events.getMaxValue() / 1000.0,
                lost,
                processors);
        out.flush();
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }
}
