// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.system.StreamRDFBase;
import org.apache.jena.sparql.core.Quad;
import org.mercat.rdf.Store;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "impact",
        description = {
            "Tells what a change of vocabularies, shapes or queries does to a catalogue.",
            "Its offerings and demands are loaded twice into temporary catalogues, once with",
            "the files of --home and once with those of NEW: which offerings would be",
            "refused and why, which are found under other categories and types, which",
            "demands and query files would find something else.",
            "",
            "The data are those of --data, while no server has that folder open; those of a",
            "running catalogue with --url; or an export with --from.",
            ""
        },
        footer = {
            "",
            "Ends with 0, with --exit-code with 1 if something changes, with 2 if something",
            "cannot be read.",
            "",
            "A pull request:  mercat impact --format markdown --url https://catalogue.example ."
        },
        mixinStandardHelpOptions = true)
final class ImpactCommand implements Callable<Integer> {
    enum Format {
        markdown,
        json
    }

    @Mixin
    private Settings settings;

    @Parameters(paramLabel = "NEW", description = "Folder with the new vocabularies, shapes and queries, as --home is.")
    private Path next;

    @Option(names = "--url", paramLabel = "URL", description = "A running catalogue.")
    private String url;

    @Option(names = "--from", paramLabel = "FILE", description = "What \"mercat export\" wrote, or else can be loaded.")
    private Path from;

    @Option(
            names = "--collection",
            paramLabel = "DIR",
            description = "Tell the figures of \"mercat evaluate DIR\" before and after, too.")
    private Path collection;

    @Option(
            names = "--format",
            defaultValue = "markdown",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(names = "--exit-code", description = "Ends with 1 if something changes.")
    private boolean exitCode;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(next.resolve("vocabularies"))) {
            throw new IllegalArgumentException(next + " has no folder vocabularies: give a folder that has"
                    + " vocabularies, shapes and queries, such as a checkout.");
        }
        if (url != null && from != null) {
            throw new IllegalArgumentException("Give --url or --from, not both.");
        }
        Path work = Files.createTempDirectory("mercat-impact-");
        try {
            Progress progress = LoadCommand.progress(spec, "lines");
            Config config = settings.config();
            Path data = from == null ? work.resolve("data.nq") : from;
            Config based = config.at(data(config, data).orElse(config.baseIri()));
            Impact impact = Impact.of(based, next, data, Optional.ofNullable(collection), work, progress);
            progress.end();
            PrintWriter out = spec.commandLine().getOut();
            ImpactReport report = new ImpactReport(impact);
            out.print(format == Format.json ? report.json() : report.markdown());
            out.flush();
            return exitCode && !impact.isEmpty() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
        } finally {
            Evaluation.delete(work);
        }
    }

    /** Writes the data to a file, if they are not in one. @return their base IRI, if they say it */
    private Optional<String> data(Config config, Path file) throws IOException {
        if (from != null) {
            return LoadFile.isOne(from) ? Optional.empty() : baseIriIn(from);
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            if (url != null) {
                return new RunningCatalogue(url).export(out);
            }
            if (!Files.isDirectory(config.data())) {
                throw new IllegalArgumentException("There are no data in " + config.data()
                        + ": give the folder of a catalogue with --data, a running one with --url, or --from.");
            }
            try (Store store = Store.open(config.data())) {
                ExportCommand.write(store, out, Lang.NQUADS);
                return Optional.of(store.baseIri(config.baseIri()));
            }
        }
    }

    private static Optional<String> baseIriIn(Path file) {
        List<String> found = new ArrayList<>();
        RDFParser.source(file).parse(new StreamRDFBase() {
            @Override
            public void quad(Quad quad) {
                Store.baseIriIn(quad).ifPresent(found::add);
            }
        });
        return found.stream().findFirst();
    }
}
