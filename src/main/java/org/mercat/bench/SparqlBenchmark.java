// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.apache.jena.graph.Graph;
import org.mercat.bench.ChildServer.Program;
import org.mercat.bench.Workload.Request;
import org.mercat.bench.Workload.Result;
import org.mercat.bench.Workload.Task;
import org.mercat.rdf.Home;
import org.mercat.rdf.Queries;
import org.mercat.rdf.QueryFile;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "sparql",
        description = {
            "What the guards of SPARQL cost and what they are good for. The queries of the",
            "library over /sparql, and in turns over a plain Jena Fuseki on a copy of the",
            "same database, those that use mc:search left out; and what REST requests take",
            "with and without queries beside them that have no end. Prints Markdown",
            "tables. Generates and loads the offerings first, as the benchmark of",
            "searches does.",
            ""
        },
        mixinStandardHelpOptions = true)
final class SparqlBenchmark implements Runnable {
    private static final String BASE_IRI = "http://localhost:8080/";
    private static final double SECONDS = 10;
    private static final List<String> CATEGORIES = List.of("Parking", "Weather", "Energy", "Mobility", "Buildings");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([a-z0-9-]+/[a-z0-9-]+/[a-z0-9-]+)\"");
    private static final String ROWS = "application/sparql-results+json";

    @Option(
            names = "--offerings",
            defaultValue = "10000",
            paramLabel = "N",
            description = "How many. Default: ${DEFAULT-VALUE}.")
    private long offerings;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "S",
            description = "Of the offerings. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--rounds",
            defaultValue = "30",
            description = "How often each query is sent; the first third only warms up. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--heavy",
            defaultValue = "20",
            description = "Queries without end at once, beside REST; 0 leaves that out. Default: ${DEFAULT-VALUE}.")
    private int heavy;

    @Option(
            names = "--turns",
            defaultValue = "5",
            description = "REST is measured so often with and without them. Default: ${DEFAULT-VALUE}.")
    private int turns;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where the databases stay, to be used again for the same offerings.")
    private Path folder;

    @Option(names = "--no-fuseki", description = "Leaves the comparison out.")
    private boolean alone;

    @Spec
    private CommandSpec spec;

    private PrintWriter out;
    private Path work;

    @Override
    public void run() {
        if (offerings < 1 || rounds < 3 || turns < 1 || heavy < 0) {
            throw new IllegalArgumentException(
                    "--offerings and --turns are 1 or more, --rounds 3 or more, --heavy is not negative.");
        }
        out = spec.commandLine().getOut();
        WorkFolder.kept(folder, its -> {
            work = its;
            measure();
        });
    }

    private void measure() throws IOException {
        Home home = new Home(Optional.empty());
        Graph vocabularies = Terms.of(Vocabularies.read(home).byName().values()).graph();
        Path catalogue = new SearchData(work, BASE_IRI, out).catalogue(vocabularies, offerings, seed);
        out.printf(
                "%d processors, load %.1f before, Java %s.%n%n",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.version());
        if (!alone) {
            Path copy = work.resolve("copy");
            copy(catalogue.resolve("catalogue"), copy);
            try (ChildServer ours = ours(catalogue);
                    ChildServer theirs = ChildServer.start(
                            work.resolve("fuseki.log"),
                            "/$/ping",
                            new Program(
                                    SearchData.HEAP,
                                    PlainFuseki.class.getName(),
                                    List.of("{port}", copy.toString())))) {
                library(home, ours, theirs);
            } finally {
                WorkFolder.delete(copy);
            }
        }
        if (heavy > 0) {
            try (ChildServer ours = ours(catalogue, "--sparql-time-limit", "10")) {
                beside(ours);
            }
        }
    }

    private ChildServer ours(Path catalogue, String... options) {
        List<String> all = new ArrayList<>(List.of("--base-iri", BASE_IRI, "--sparql-quota", "0"));
        all.addAll(List.of(options));
        return ChildServer.catalogue(work, catalogue, SearchData.HEAP, all.toArray(String[]::new));
    }

    private void library(Home home, ChildServer ours, ChildServer theirs) {
        List<QueryFile> files = Queries.read(home.files("queries", ".rq")).published().stream()
                .filter(file -> !file.query().serialize().matches("(?s).*\\b(mc:|core#)search\\b.*"))
                .toList();
        Map<String, Histogram[]> times = new TreeMap<>();
        Map<String, Integer> lengths = new TreeMap<>();
        for (int round = 0; round < rounds; round++) {
            for (QueryFile file : files) {
                byte[] query = file.bind(Map.of()).serialize().getBytes(StandardCharsets.UTF_8);
                Histogram[] both =
                        times.computeIfAbsent(file.name(), n -> new Histogram[] {new Histogram(3), new Histogram(3)});
                boolean warm = round >= rounds / 3;
                for (int turn = 0; turn < 2; turn++) {
                    int who = (turn + round) % 2;
                    Request request = query(who == 0 ? ours.base() + "/sparql" : theirs.base() + "/ds", query);
                    long start = System.nanoTime();
                    int length = Workload.send(request).length;
                    if (warm) {
                        both[who].recordValue((System.nanoTime() - start) / 1000);
                    }
                    lengths.merge(file.name(), length, (first, other) -> first.equals(other) ? first : -1);
                }
            }
        }
        print(times, lengths);
    }

    private static Request query(String url, byte[] query) {
        return new Request("POST", url, Map.of("Content-Type", "application/sparql-query", "Accept", ROWS), query);
    }

    private void print(Map<String, Histogram[]> times, Map<String, Integer> lengths) {
        out.println("| query | Mercat p50 ms | Fuseki p50 ms | ratio | bytes |");
        out.println("|---|---|---|---|---|");
        List<Double> ratios = new ArrayList<>();
        times.forEach((name, both) -> {
            double ours = both[0].getValueAtPercentile(50) / 1000.0;
            double theirs = both[1].getValueAtPercentile(50) / 1000.0;
            ratios.add(ours / theirs);
            String bytes = lengths.get(name) < 0 ? "differ" : String.format("%,d", lengths.get(name));
            out.printf("| %s | %.1f | %.1f | %.2f | %s |%n", name, ours, theirs, ours / theirs, bytes);
        });
        ratios.sort(null);
        out.printf(
                "%nMedian of the %d ratios: **%.2f** (from %.2f to %.2f).%n%n",
                ratios.size(), ratios.get(ratios.size() / 2), ratios.get(0), ratios.get(ratios.size() - 1));
        out.flush();
    }

    private void beside(ChildServer server) {
        List<String> ids = ids(server.base());
        Random random = new Random(seed);
        LongFunction<Task> rest = number -> number % 2 == 0
                ? task("GET /offerings/{id}", server.base() + "/offerings/" + ids.get(random.nextInt(ids.size())))
                : task(
                        "search",
                        server.base() + "/offerings?category=" + CATEGORIES.get(random.nextInt(CATEGORIES.size())));
        AtomicLong numbers = new AtomicLong();
        Workload.runTasks(1, 2 * SECONDS, numbers, rest);
        List<Map<String, Result>> alone = new ArrayList<>();
        List<Map<String, Result>> together = new ArrayList<>();
        int sent = 0;
        for (int turn = 0; turn < turns; turn++) {
            alone.add(Workload.runTasks(1, SECONDS, numbers, rest));
            try (HeavyQueries queries = HeavyQueries.ask(server.base(), heavy)) {
                together.add(Workload.runTasks(1, SECONDS, numbers, rest));
                sent += queries.end();
            }
        }
        Map<String, Result> quiet = Result.median(alone);
        Map<String, Result> busy = Result.median(together);
        out.printf(
                "| one client, median of %d | p50 ms | p99 ms | p50 beside %d queries without end | p99 | ratio of p99 |%n",
                turns, heavy);
        out.println("|---|---|---|---|---|---|");
        quiet.forEach((kind, before) -> {
            Result now = busy.get(kind);
            out.printf(
                    "| %s | %.2f | %.2f | %.2f | %.2f | **%.2f** |%n",
                    kind, before.p50(), before.p99(), now.p50(), now.p99(), now.p99() / before.p99());
        });
        out.printf(
                "%n%d queries without end were sent, all stopped. Peak memory %,d MiB, mapped files included (heap of at most %d GiB).%n",
                sent, server.peakMemory(), SearchData.HEAP);
        out.flush();
    }

    private static Task task(String kind, String url) {
        Request request = new Request("GET", url, Map.of("Accept", "application/json"), null);
        return new Task(kind, 1, () -> Workload.send(request));
    }

    private static List<String> ids(String base) {
        byte[] page = Workload.send(
                new Request("GET", base + "/offerings?limit=100", Map.of("Accept", "application/json"), null));
        return ID.matcher(new String(page, StandardCharsets.UTF_8))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().endsWith(".lock")) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                }
            }
        }
    }
}
