// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mercat.bench.EvaluationCollection;
import org.mercat.bench.EvaluationResult;
import org.mercat.bench.EvaluationResult.Quality;
import org.mercat.bench.TrecRun;
import org.mercat.rdf.Home;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "evaluate",
        description = {
            "Measures how well search finds what people judged right.",
            "The collection's offerings are registered in a temporary catalogue, each of",
            "its requests is run there by mc:search, and all offerings are ranked. DIR has",
            "",
            "  offerings.jsonl    an offering a line: a registration body; or id, title,",
            "                     description, inputs, outputs (lists of the types' IRIs)",
            "  requests.jsonl     a request a line: id, title, description, inputs,",
            "                     outputs, category",
            "  qrels.txt          judgments, \"request 0 offering grade\" a line, the grade",
            "                     from 0 on; what is not there counts as 0",
            "  qrels-binary.txt   the same with grades 0 and 1, if there is such a file:",
            "                     relevant is 1 there, else a grade of 1 or more",
            "  parties.ndjson     organizations and providers, if offerings name theirs",
            "  vocabulary.nt      the types' hierarchy, if they are not the catalogue's own;",
            "                     or vocabulary.nt.gz",
            "",
            "AP is the average precision, MAP its mean; nDCG is over all ranks, with 2^g-1",
            "as gain of a grade g; P@10 is the share of relevant ones among the first ten.",
            "ms is the time of the second run of each query.",
            ""
        },
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "Folder of the collection.")
    private Path folder;

    @Option(
            names = "--run",
            paramLabel = "FILE",
            description = "Write the rankings there as a TREC run: \"request Q0 offering rank score mercat\" a line.")
    private Path run;

    @Option(
            names = "--least-map",
            paramLabel = "X",
            description = "End with exit code 1 if MAP is below X, for scripts.")
    private Double leastMap;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder whose vocabularies, shapes and queries are used. Default: the packed ones.")
    private Path home;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + " is no folder: give that of a collection, which has"
                    + " offerings.jsonl and requests.jsonl.");
        }
        EvaluationCollection collection = EvaluationCollection.read(folder);
        if (leastMap != null
                && collection.requests().stream()
                        .allMatch(request -> collection.relevant(request.id()).isEmpty())) {
            throw new IllegalArgumentException(
                    "Without judgments there is no MAP: leave --least-map out, or add " + folder.resolve("qrels.txt"));
        }
        EvaluationResult result = run == null ? evaluate(collection) : evaluateAndWrite(collection);
        print(collection, result);
        return leastMap != null && result.mean().orElseThrow().averagePrecision() < leastMap
                ? CommandLine.ExitCode.SOFTWARE
                : CommandLine.ExitCode.OK;
    }

    private EvaluationResult evaluate(EvaluationCollection collection) throws IOException {
        return Evaluation.run(
                collection, new Home(Optional.ofNullable(home)), Path.of(System.getProperty("java.io.tmpdir")));
    }

    private EvaluationResult evaluateAndWrite(EvaluationCollection collection) throws IOException {
        Path unfinished = run.resolveSibling(run.getFileName() + ".part");
        EvaluationResult result;
        try (Writer out = writer(unfinished)) {
            result = evaluate(collection);
            TrecRun lines = new TrecRun(out, "mercat");
            result.answers().forEach(answer -> lines.write(answer.request(), answer.ranking()));
        }
        Files.move(unfinished, run, StandardCopyOption.REPLACE_EXISTING);
        return result;
    }

    private static Writer writer(Path file) {
        try {
            return Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("--run cannot be written: " + e.getMessage(), e);
        }
    }

    private void print(EvaluationCollection collection, EvaluationResult result) {
        PrintWriter out = spec.commandLine().getOut();
        int width = result.answers().stream()
                .mapToInt(answer -> answer.request().length())
                .max()
                .orElse(0);
        String line = "%-" + Math.max(width, "request".length()) + "s  %6s  %6s  %6s  %8s%n";
        out.printf(line, "request", "AP", "nDCG", "P@10", "ms");
        result.answers()
                .forEach(answer -> out.printf(
                        line,
                        answer.request(),
                        number(answer.quality().map(Quality::averagePrecision)),
                        number(answer.quality().map(Quality::ndcg)),
                        number(answer.quality().map(Quality::precision)),
                        milliseconds(answer.milliseconds())));
        out.println();
        out.printf(
                "%d requests, %d offerings%n",
                result.answers().size(), collection.offerings().size());
        result.mean()
                .ifPresentOrElse(
                        mean -> {
                            out.println("MAP   " + number(Optional.of(mean.averagePrecision())));
                            out.println("nDCG  " + number(Optional.of(mean.ndcg())) + " with gain 2^g-1, "
                                    + number(Optional.of(mean.ndcgOfGrades())) + " with gain g");
                            out.println("P@10  " + number(Optional.of(mean.precision())));
                        },
                        () -> out.println("There are no judgments, so there is nothing to measure but time."));
        out.println("ms    " + milliseconds(result.milliseconds(0.5)) + " median, "
                + milliseconds(result.milliseconds(0.99)) + " p99");
        out.flush();
    }

    private static String number(Optional<Double> value) {
        return value.map(it -> String.format(Locale.ROOT, "%.4f", it)).orElse("-");
    }

    private static String milliseconds(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
