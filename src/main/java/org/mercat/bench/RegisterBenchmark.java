// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.mercat.bench.ChildServer.Program;
import org.mercat.bench.Workload.Request;
import org.mercat.bench.Workload.Result;
import org.mercat.ns.MC;
import org.mercat.rdf.Collection;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Home;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Submission;
import org.mercat.rdf.Syntax;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "register",
        description = {
            "Registrations and reads a second over HTTP, with 1, 8 and 32 clients, and in",
            "the same run the same graphs PUT, unvalidated, to a plain Jena Fuseki with",
            "TDB2. Prints Markdown tables. Writes below the temporary folder of the system",
            "and cleans up; takes some six minutes.",
            ""
        },
        mixinStandardHelpOptions = true)
final class RegisterBenchmark implements Runnable {
    private static final int HEAP = 2;
    private static final int BULK_LINES = 1_000;
    private static final long WARM_UP = 900_000_000;
    private static final int WARM_UP_OFFERINGS = 1_000;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "How long each row is measured. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "60",
            description = "Seconds before anything is measured, for each server. Default: ${DEFAULT-VALUE}.")
    private double warmUp;

    @Option(
            names = "--clients",
            split = ",",
            defaultValue = "1,8,32",
            description = "How many at once. Default: ${DEFAULT-VALUE}.")
    private List<Integer> clients;

    @Option(
            names = "--folder",
            description = "Where the databases lie meanwhile. Default: the system's temporary folder.")
    private Path folder;

    @Spec
    private CommandSpec spec;

    private final AtomicLong mercatNumbers = new AtomicLong();
    private final AtomicLong fusekiNumbers = new AtomicLong();
    private final List<String> unanswered = new ArrayList<>();
    private PrintWriter out;
    private Documents documents;
    private Collection offerings;

    @Override
    public void run() {
        out = spec.commandLine().getOut();
        WorkFolder.temporary(folder, this::measure);
    }

    private void measure(Path work) throws IOException {
        Files.createDirectories(work.resolve("fuseki"));
        try (ChildServer mercat = ChildServer.catalogue(work, work.resolve("mercat"), HEAP);
                ChildServer fuseki = ChildServer.start(
                        work.resolve("fuseki.log"),
                        "/$/ping",
                        new Program(
                                HEAP,
                                PlainFuseki.class.getName(),
                                List.of("{port}", work.resolve("fuseki").toString())))) {
            prepare(mercat);
            Map<String, String> bearer = Map.of("Authorization", "Bearer " + mercat.token());
            warmUp(mercat, fuseki, bearer);
            writes(mercat, fuseki, bearer);
            reads(mercat);
            out.printf(
                    "%nPeak memory: Mercat %,d MiB, Fuseki %,d MiB (each with a heap of at most 2 GiB). Stored: %,d and %,d offerings.%n",
                    mercat.peakMemory(), fuseki.peakMemory(), mercatNumbers.get(), fusekiNumbers.get());
            unanswered.forEach(out::println);
            out.printf("%d processors, Java %s.%n", Runtime.getRuntime().availableProcessors(), Runtime.version());
            out.flush();
        }
    }

    private void prepare(ChildServer mercat) {
        String base = mercat.base() + "/";
        JsonContext context = JsonContext.load(new Home(Optional.empty()).file("vocabularies", "context.jsonld"), base);
        documents = new Documents(context);
        offerings = new Collection("offerings", MC.Offering, 3, base);
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + mercat.token(), "Content-Type", "application/json");
        put(base + "organizations/bench", "{\"name\":\"Benchmark\"}", headers);
        put(base + "providers/bench/city", "{\"name\":\"City\",\"organization\":\"bench\"}", headers);
    }

    private static void put(String url, String json, Map<String, String> headers) {
        Workload.send(new Request("PUT", url, headers, json.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Java compiles what runs often; a server that has run for a minute is what people meet. A few offerings are written
     * again and again meanwhile, so that both databases are small when the measuring begins.
     */
    private void warmUp(ChildServer mercat, ChildServer fuseki, Map<String, String> bearer) {
        AtomicLong again = new AtomicLong();
        Workload.run(32, warmUp, again, n -> single(mercat, bearer, WARM_UP + n % WARM_UP_OFFERINGS));
        Workload.run(1, warmUp / 4, mercatNumbers, n -> bulk(mercat, bearer, n % 2));
        Workload.run(8, warmUp, again, n -> graph(fuseki, WARM_UP + n % WARM_UP_OFFERINGS));
    }

    private void writes(ChildServer mercat, ChildServer fuseki, Map<String, String> bearer) {
        out.println(
                "| registrations | clients | Mercat, validated | p50 ms | p99 ms | Fuseki PUT, unvalidated | p50 ms | p99 ms | ratio |");
        out.println("|---|---|---|---|---|---|---|---|---|");
        for (int n : clients) {
            Result ours = Workload.run(n, seconds, mercatNumbers, i -> single(mercat, bearer, i));
            Result theirs = Workload.run(n, seconds, fusekiNumbers, i -> graph(fuseki, i));
            row("one a request", n, ours, theirs);
        }
        for (int n : clients) {
            Result ours = Workload.run(n, seconds, mercatNumbers, i -> bulk(mercat, bearer, i));
            Result theirs = Workload.run(n, seconds, fusekiNumbers, i -> graph(fuseki, i));
            row("bulk, " + BULK_LINES + " a request", n, ours, theirs);
        }
    }

    private void row(String what, int clients, Result ours, Result theirs) {
        out.printf(
                "| %s | %d | %,.0f/s | %.1f | %.1f | %,.0f/s | %.1f | %.1f | **%.1f** |%n",
                what,
                clients,
                ours.perSecond(),
                ours.p50(),
                ours.p99(),
                theirs.perSecond(),
                theirs.p50(),
                theirs.p99(),
                ours.perSecond() / theirs.perSecond());
        if (ours.failed() + theirs.failed() > 0) {
            unanswered.add(String.format(
                    Locale.ROOT,
                    "%s, %d clients: Mercat left %d requests without an answer, Fuseki %d.",
                    what,
                    clients,
                    ours.failed(),
                    theirs.failed()));
        }
        out.flush();
    }

    private void reads(ChildServer mercat) {
        out.println();
        out.println(
                "| reads | clients | one offering as JSON | p50 ms | p99 ms | constant answer | p50 ms | p99 ms | ratio of p99 |");
        out.println("|---|---|---|---|---|---|---|---|---|");
        String offering = mercat.base() + "/offerings/" + SampleOffering.id(WARM_UP);
        String constant = mercat.base() + "/health/live";
        for (String url : List.of(offering, constant)) {
            Workload.run(8, seconds / 2, new AtomicLong(), i -> get(url));
        }
        for (int n : clients) {
            Result ours = Workload.run(n, seconds, new AtomicLong(), i -> get(offering));
            Result theirs = Workload.run(n, seconds, new AtomicLong(), i -> get(constant));
            out.printf(
                    "| GET | %d | %,.0f/s | %.2f | %.2f | %,.0f/s | %.2f | %.2f | **%.2f** |%n",
                    n,
                    ours.perSecond(),
                    ours.p50(),
                    ours.p99(),
                    theirs.perSecond(),
                    theirs.p50(),
                    theirs.p99(),
                    ours.p99() / theirs.p99());
            out.flush();
        }
    }

    private static Request get(String url) {
        return new Request("GET", url, Map.of("Accept", "application/json"), null);
    }

    private static Request single(ChildServer mercat, Map<String, String> bearer, long number) {
        Map<String, String> headers =
                Map.of("Authorization", bearer.get("Authorization"), "Content-Type", "application/json");
        return new Request(
                "PUT", mercat.base() + "/offerings/" + SampleOffering.id(number), headers, SampleOffering.json(number));
    }

    /** Its numbers lie far above those of the single ones. */
    private static Request bulk(ChildServer mercat, Map<String, String> bearer, long number) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (int i = 0; i < BULK_LINES; i++) {
            lines.writeBytes(SampleOffering.json(1_000_000_000L + number * BULK_LINES + i));
            lines.write('\n');
        }
        Map<String, String> headers =
                Map.of("Authorization", bearer.get("Authorization"), "Content-Type", "application/x-ndjson");
        return new Request(
                "POST", mercat.base() + "/offerings", headers, lines.toByteArray(), BULK_LINES, "\"status\":20");
    }

    /** The same graph, made ready by the client. */
    private Request graph(ChildServer fuseki, long number) {
        Submission submission = documents.read(SampleOffering.json(number), Syntax.JSON, offerings);
        byte[] turtle = documents.write(submission.graph(), submission.resource(), Syntax.N_TRIPLES);
        return new Request(
                "PUT",
                fuseki.base() + "/ds?graph=" + submission.resource().getURI(),
                Map.of("Content-Type", "application/n-triples"),
                turtle);
    }
}
