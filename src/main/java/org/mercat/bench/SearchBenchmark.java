// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.apache.jena.graph.Graph;
import org.mercat.bench.ChildServer.Program;
import org.mercat.bench.SearchCase.Kind;
import org.mercat.bench.Workload.Result;
import org.mercat.bench.Workload.Task;
import org.mercat.rdf.Home;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "search",
        description = {
            "Searches a second over HTTP, a quarter each of words, top categories with",
            "counts, two outputs with box and price, and deep pages; then searches that",
            "find little; and in the same run the same searches as SPARQL on a plain Jena",
            "Fuseki with TDB2 and jena-text. Prints Markdown tables. Generates and loads",
            "the offerings first, below the temporary folder of the system unless told",
            "otherwise, and then cleans up.",
            ""
        },
        mixinStandardHelpOptions = true)
final class SearchBenchmark implements Runnable {
    private static final List<Kind> MIX = List.of(Kind.TEXT, Kind.CATEGORY, Kind.OUTPUTS, Kind.DEEP);
    private static final List<Kind> SELECTIVE = List.of(Kind.OUTPUTS, Kind.PROVIDER);

    @Option(
            names = "--offerings",
            defaultValue = "100000",
            paramLabel = "N",
            description = "How many. With --data: how many were generated. Default: ${DEFAULT-VALUE}.")
    private long offerings;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "S",
            description = "Of the offerings and the searches. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--clients", defaultValue = "8", description = "How many at once. Default: ${DEFAULT-VALUE}.")
    private int clients;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            description = "How long a run is; Fuseki has one of three times as long. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--runs",
            defaultValue = "3",
            description = "Of each figure the median of so many runs counts. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--warm-up",
            defaultValue = "30",
            description = "Seconds before anything is measured, for each server. Default: ${DEFAULT-VALUE}.")
    private double warmUp;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where the databases stay, to be used again for the same offerings.")
    private Path folder;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder of a catalogue with generated offerings, instead of a new one.")
    private Path data;

    @Option(
            names = "--base-iri",
            defaultValue = "http://localhost:8080/",
            paramLabel = "IRI",
            description = "That the catalogue has. Default: ${DEFAULT-VALUE}.")
    private String baseIri;

    @Option(names = "--no-fuseki", description = "Leaves the comparison out.")
    private boolean alone;

    @Spec
    private CommandSpec spec;

    private PrintWriter out;
    private Path work;

    @Override
    public void run() {
        if (offerings < 1 || clients < 1 || runs < 1) {
            throw new IllegalArgumentException("--offerings, --clients and --runs are 1 or more.");
        }
        out = spec.commandLine().getOut();
        WorkFolder.kept(folder, its -> {
            work = its;
            measure();
        });
    }

    private void measure() throws IOException {
        Graph vocabularies = Terms.of(
                        Vocabularies.read(new Home(Optional.empty())).byName().values())
                .graph();
        SearchData databases = new SearchData(work, baseIri, out);
        Path catalogue = data != null ? data.toAbsolutePath() : databases.catalogue(vocabularies, offerings, seed);
        Optional<Path> others = alone ? Optional.empty() : Optional.of(databases.fuseki(catalogue));
        SearchPool pool = new SearchPool(vocabularies, offerings, seed);
        out.printf(
                "%d processors, load %.1f before, Java %s.%n%n",
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.version());
        Map<String, Result> ours = mercat(catalogue, pool);
        if (others.isPresent()) {
            fuseki(others.get(), pool, ours);
        }
        out.flush();
    }

    /** A server on what {@link SearchData#fuseki} made. */
    static Program fuseki(Path databases) {
        return new Program(
                SearchData.HEAP,
                PlainFuseki.class.getName(),
                List.of(
                        "{port}",
                        databases.resolve("tdb2").toString(),
                        databases.resolve("text").toString()));
    }

    private Map<String, Result> mercat(Path catalogue, SearchPool pool) {
        try (ChildServer server = ChildServer.catalogue(work, catalogue, SearchData.HEAP, "--base-iri", baseIri)) {
            LongFunction<Task> mix = new SearchTasks(pool, MIX).mercat(server.base(), baseIri);
            LongFunction<Task> selective = new SearchTasks(pool, SELECTIVE).mercat(server.base(), baseIri);
            AtomicLong numbers = new AtomicLong();
            Workload.runTasks(clients, warmUp, numbers, mix);
            Map<String, Result> found = median(numbers, mix);
            head("Mercat, " + clients + " clients | searches/s | p50 ms | p99 ms | max ms");
            MIX.forEach(kind -> row(kind.toString(), found.get(kind.toString()), ""));
            row("all", found.get(Workload.ALL), "");
            Map<String, Result> few = median(numbers, selective);
            SELECTIVE.forEach(kind -> row("selective: " + kind, few.get(kind.toString()), ""));
            row("selective: all", few.get(Workload.ALL), "");
            memory("Mercat", server);
            return found;
        }
    }

    private void fuseki(Path databases, SearchPool pool, Map<String, Result> ours) {
        try (ChildServer server = ChildServer.start(work.resolve("fuseki.log"), "/$/ping", fuseki(databases))) {
            LongFunction<Task> mix = new SearchTasks(pool, MIX).fuseki(server.base(), new EquivalentQueries());
            AtomicLong numbers = new AtomicLong();
            Workload.runTasks(clients, warmUp, numbers, mix);
            Map<String, Result> found = Workload.runTasks(clients, 3 * seconds, numbers, mix);
            head("Fuseki with jena-text, " + clients
                    + " clients | searches/s | p50 ms | p99 ms | max ms | searches | ratio of p50 | ratio of mean");
            List<String> kinds =
                    new ArrayList<>(MIX.stream().map(Kind::toString).toList());
            kinds.add(Workload.ALL);
            for (String kind : kinds) {
                Result theirs = found.get(kind);
                row(
                        kind,
                        theirs,
                        String.format(
                                " %,d | **%.0f** | **%.0f** |",
                                theirs.count(),
                                theirs.p50() / ours.get(kind).p50(),
                                theirs.mean() / ours.get(kind).mean()));
            }
            memory("Fuseki", server);
        }
    }

    private Map<String, Result> median(AtomicLong numbers, LongFunction<Task> tasks) {
        List<Map<String, Result>> all = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            all.add(Workload.runTasks(clients, seconds, numbers, tasks));
        }
        return Result.median(all);
    }

    private void head(String columns) {
        out.println("| " + columns + " |");
        out.println("|" + columns.replaceAll("[^|]+", "---") + "|");
    }

    private void row(String what, Result result, String more) {
        out.printf(
                "| %s | %,.1f | %.1f | %.1f | %.1f |%s%n",
                what, result.perSecond(), result.p50(), result.p99(), result.max(), more);
        if (result.failed() > 0) {
            out.printf("| %s: %d without an answer |%n", what, result.failed());
        }
        out.flush();
    }

    private void memory(String name, ChildServer server) {
        out.printf(
                "%nPeak memory: %s %,d MiB, mapped files included (heap of at most %d GiB).%n%n",
                name, server.peakMemory(), SearchData.HEAP);
        out.flush();
    }
}
