// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.mercat.bench.Workload.Request;
import org.mercat.bench.Workload.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "usage",
        description = {
            "Usage events a second over HTTP: batches of 100 CloudEvents from 8 clients, for",
            "10,000 contracts, each event checked, counted once and on disk before it is",
            "answered. Prints a Markdown table with a row for each part of the run, so that",
            "one sees whether speed and memory stay. Writes below the temporary folder of",
            "the system and cleans up.",
            ""
        },
        mixinStandardHelpOptions = true)
final class UsageBenchmark implements Runnable {
    private static final int HEAP = 1;
    private static final int BATCH = 100;
    private static final int CLIENTS = 8;
    private static final int PARTS = 5;
    private static final String OFFERING = SampleOffering.id(0);

    @Option(names = "--events", defaultValue = "1000000", description = "How many are sent. Default: ${DEFAULT-VALUE}.")
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

    private PrintWriter out;

    @Override
    public void run() {
        out = spec.commandLine().getOut();
        WorkFolder.temporary(folder, this::measure);
    }

    private void measure(Path work) throws IOException {
        Path data = work.resolve("mercat");
        try (ChildServer mercat = ChildServer.catalogue(work, data, HEAP)) {
            Map<String, String> json = prepare(mercat);
            conclude(mercat, json);
            Map<String, String> headers = Map.of(
                    "Authorization", json.get("Authorization"), "Content-Type", "application/cloudevents-batch+json");
            AtomicLong numbers = new AtomicLong();
            Workload.run(CLIENTS, 20, numbers, number -> batch(mercat, headers, number)); // Java compiles meanwhile
            long warm = numbers.get() * BATCH;
            out.printf("%d contracts, %,d events to warm up.%n%n", contracts, warm);
            out.println(
                    "| events on record | events/s | batch p50 ms | p99 ms | max ms | memory MiB | bytes/event on disk |");
            out.println("|---|---|---|---|---|---|---|");
            for (int part = 0; part < PARTS; part++) {
                row(mercat, data.resolve("usage"), numbers, part(mercat, headers, numbers));
            }
            out.printf(
                    "%nMost memory at any time: %,d MiB, with a heap of at most %d GiB. %d processors, Java %s; clients included.%n",
                    mercat.peakMemory(), HEAP, Runtime.getRuntime().availableProcessors(), Runtime.version());
            out.flush();
        }
    }

    /** As long as the part takes; each client looks at the clock every so often, so it is sent in slices. */
    private Result part(ChildServer mercat, Map<String, String> headers, AtomicLong numbers) {
        long batches = Math.max(1, events / PARTS / BATCH);
        long end = numbers.get() + batches;
        return Workload.runUntil(CLIENTS, end, numbers, number -> batch(mercat, headers, number));
    }

    private void row(ChildServer mercat, Path usage, AtomicLong numbers, Result result) throws IOException {
        long recorded = numbers.get() * BATCH;
        out.printf(
                "| %,d | **%,.0f** | %.1f | %.1f | %.1f | %,d | %.0f |%n",
                recorded,
                result.perSecond(),
                result.p50(),
                result.p99(),
                result.max(),
                mercat.memory(),
                (double) size(usage) / recorded);
        out.flush();
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    /** @return the headers of the organization, which is provider and consumer */
    private static Map<String, String> prepare(ChildServer mercat) {
        String base = mercat.base() + "/";
        Map<String, String> operator =
                Map.of("Authorization", "Bearer " + mercat.token(), "Content-Type", "application/json");
        byte[] shown = send("PUT", base + "organizations/bench", "{\"name\":\"Benchmark\"}", operator);
        send("PUT", base + "providers/bench/city", "{\"name\":\"City\",\"organization\":\"bench\"}", operator);
        send("PUT", base + "consumers/bench/app", "{\"name\":\"App\",\"organization\":\"bench\"}", operator);
        String offering = new String(SampleOffering.json(0), StandardCharsets.UTF_8);
        send("PUT", base + "offerings/" + OFFERING, offering, operator);
        return Map.of(
                "Authorization", "Bearer " + mercat.token("bench", secret(shown)), "Content-Type", "application/json");
    }

    private static String secret(byte[] shown) {
        try {
            return new ObjectMapper().readTree(shown).path("clientSecret").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] send(String method, String url, String body, Map<String, String> headers) {
        return Workload.send(new Request(method, url, headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    private void conclude(ChildServer mercat, Map<String, String> headers) {
        Workload.runUntil(CLIENTS, contracts, new AtomicLong(), number -> {
            String body =
                    "{\"id\":\"bench/c%d\",\"offering\":\"%s\",\"consumer\":\"bench/app\"}".formatted(number, OFFERING);
            return new Request("POST", mercat.base() + "/contracts", headers, body.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** One gateway's report: of some contracts each several accesses, with ids that never come again. */
    private Request batch(ChildServer mercat, Map<String, String> headers, long number) {
        StringBuilder body = new StringBuilder("[");
        String time = Instant.now().toString();
        for (int i = 0; i < BATCH; i++) {
            long event = number * BATCH + i;
            body.append(i == 0 ? "" : ",")
                    .append(
                            "{\"specversion\":\"1.0\",\"type\":\"org.mercat.usage\",\"source\":\"https://gateway.example/")
                    .append(number % 16)
                    .append("\",\"id\":\"")
                    .append(Long.toHexString(event * 0x9E3779B97F4A7C15L))
                    .append("\",\"subject\":\"bench/c")
                    .append(event * 7919 % contracts)
                    .append("\",\"time\":\"")
                    .append(time)
                    .append("\",\"data\":{\"quantities\":{\"access\":")
                    .append(1 + event % 9)
                    .append("}}}");
        }
        byte[] bytes = body.append(']').toString().getBytes(StandardCharsets.UTF_8);
        return new Request("POST", mercat.base() + "/usage", headers, bytes, BATCH, "\"result\":\"accepted\"");
    }
}
