// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.mercat.bench.Workload.Request;
import org.mercat.bench.Workload.Result;
import org.mercat.rdf.Change;
import org.mercat.rdf.Store;
import org.mercat.usage.UsageEvent;
import org.mercat.usage.UsageLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "billing",
        description = {
            "A monthly run, over HTTP: as many contracts as are asked for, each of a consumer of",
            "its own with one of 100 providers, with all events of the month. The events are",
            "put on record before, which takes longer than the run. Then how long an invoice",
            "takes to be read, alone and beside simulations of the same month, and how long the",
            "month takes to be archived. Writes below the temporary folder of the system and cleans up.",
            ""
        },
        mixinStandardHelpOptions = true)
final class BillingBenchmark implements Runnable {
    private static final int HEAP = 1;
    private static final int BATCH = 4_000;
    private static final int GRAPHS = 1_000;
    private static final int PROVIDERS = 100;
    private static final int SECONDS = 10;
    private static final long INTERVAL = 250; // milliseconds between events: ten million fit into a month
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String BASE = "http://localhost/";
    private static final String TRIAL =
            "{\"from\": \"2026-01\", \"feePlans\": [{\"currency\": \"EUR\", \"percentage\": 20}]}";

    @Option(names = "--events", defaultValue = "10000000", description = "How many. Default: ${DEFAULT-VALUE}.")
    private long events;

    @Option(
            names = "--contracts",
            defaultValue = "10000",
            description = "Under how many contracts. Default: ${DEFAULT-VALUE}.")
    private int contracts;

    @Option(
            names = "--folder",
            description = "Where the databases lie meanwhile. Default: the system's temporary folder.")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        WorkFolder.temporary(folder, this::measure);
    }

    private void measure(Path work) {
        PrintWriter out = spec.commandLine().getOut();
        Path data = work.resolve("mercat");
        conclude(data);
        report(data);
        try (ChildServer mercat = ChildServer.catalogue(work, data, HEAP, "--base-iri", BASE)) {
            Map<String, String> headers = Map.of("Authorization", "Bearer " + mercat.token());
            double run = seconds(mercat, headers, "/billing/runs/2026-01/steps/issue", "");
            Result read = read(mercat, headers);
            double simulation = seconds(mercat, headers, "/billing/simulations", TRIAL);
            CompletableFuture<Double> beside = CompletableFuture.supplyAsync(() -> {
                double all = 0;
                while (all < SECONDS) {
                    all += seconds(mercat, headers, "/billing/simulations", TRIAL);
                }
                return all;
            });
            Result readBeside = read(mercat, headers);
            beside.join();
            double archive = seconds(mercat, headers, "/usage/archives", "{\"month\": \"2026-01\"}");
            out.println(
                    "| contracts | events | run s | invoice p50 ms | p99 ms | simulation s | invoice beside it p50 ms | p99 ms"
                            + " | archive s | its bytes an event | memory MiB |");
            out.println("|---|---|---|---|---|---|---|---|---|---|---|");
            out.printf(
                    "| %,d | %,d | **%.1f** | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %,d |%n",
                    contracts,
                    events,
                    run,
                    read.p50(),
                    read.p99(),
                    simulation,
                    readBeside.p50(),
                    readBeside.p99(),
                    archive,
                    (double) data.resolve("archives/2026-01.trig.gz").toFile().length() / events,
                    mercat.peakMemory());
            out.flush();
        }
    }

    private static double seconds(ChildServer mercat, Map<String, String> headers, String path, String body) {
        long begin = System.nanoTime();
        Map<String, String> all = new HashMap<>(headers);
        all.put("Content-Type", "application/json");
        Workload.send(new Request("POST", mercat.base() + path, all, body.getBytes(StandardCharsets.UTF_8)));
        return (System.nanoTime() - begin) / 1e9;
    }

    private Result read(ChildServer mercat, Map<String, String> headers) {
        return Workload.run(
                2,
                SECONDS,
                new AtomicLong(),
                number -> new Request(
                        "GET",
                        mercat.base() + "/invoices/p" + number % PROVIDERS + "/"
                                + (1 + number % (contracts / PROVIDERS)),
                        headers,
                        null));
    }

    private static String contract(long number) {
        return "c" + number + "/x";
    }

    /** Signed on the first of January 2026: a month that is over. */
    private void conclude(Path data) {
        try (Store store = Store.open(data)) {
            store.baseIri(BASE);
            List<Change.Replacement> graphs = new ArrayList<>();
            for (int number = 0; number < contracts; number++) {
                Graph graph = GraphFactory.createDefaultGraph();
                String text = String.join("\n", ResourceLines.of("contract.ttl"))
                        .replace("NUMBER", String.valueOf(number))
                        .replace("PROVIDER", "p" + number % PROVIDERS);
                RDFParser.fromString(text, Lang.TURTLE).parse(graph);
                Node name = NodeFactory.createURI(BASE + "contracts/" + contract(number));
                graphs.add(new Change.Replacement(name, graph));
                if (graphs.size() == GRAPHS || number == contracts - 1) {
                    Change change = new Change(List.of(), graphs);
                    store.write(view -> change);
                    graphs.clear();
                }
            }
        }
    }

    private void report(Path data) {
        try (UsageLog log = UsageLog.open(data.resolve("usage"))) {
            List<UsageEvent> batch = new ArrayList<>();
            for (long number = 0; number < events; number++) {
                batch.add(event(number));
                if (batch.size() == BATCH || number == events - 1) {
                    log.append(batch).join();
                    batch.clear();
                }
            }
        }
    }

    private UsageEvent event(long number) {
        long contract = number * 7919 % contracts;
        return new UsageEvent(
                new UsageEvent.Key(
                        "p" + contract % PROVIDERS + "/s",
                        "https://gateway.example/" + number % 16,
                        Long.toHexString(number * 0x9E3779B97F4A7C15L)),
                contract(contract),
                UsageEvent.Side.PROVIDER,
                BEGIN.plusMillis(number * INTERVAL % 2_600_000_000L),
                Optional.empty(),
                new TreeMap<>(Map.of("access", BigDecimal.valueOf(1 + number % 9))));
    }
}
