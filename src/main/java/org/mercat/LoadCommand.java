// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "load",
        description = {
            "Registers what files say, while no server has the data folder open.",
            "Everything is checked as over REST; what is refused is listed with its line or",
            "graph, the rest is stored.",
            "",
            "  *.ndjson      a JSON body a line: organizations, providers, consumers and",
            "                offerings, told apart by \"@type\" or by the parts of their ids;",
            "                also packed, as *.ndjson.gz",
            "  *.trig *.nq   a named graph per resource, as \"mercat export\" writes it: times",
            "                are kept, what was withdrawn stays withdrawn, and loading it",
            "                twice changes nothing",
            "",
            "  a folder      that \"mercat export --all\" has written: contracts, disputes,",
            "                billing and usage, too; into a new data folder, checksums first",
            "",
            "The first offerings of a catalogue are loaded in bulk: fast, and all of them",
            "or, if that is cut short, none; then run it again.",
            "",
            "To move a catalogue, load its export into a new folder, with the --base-iri",
            "that it had. Secrets are private and in no export. The new operator's is shown",
            "here, once; with it, get each party a new one:",
            "POST /organizations/{id}/secret, /providers/{id}/secret, /consumers/{id}/secret",
            "Vocabularies are not loaded: they are those of this program, or of --home.",
            ""
        },
        mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
    @Mixin
    private Settings settings;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "What to load, in this order.")
    private List<Path> files;

    @Spec
    private CommandSpec spec;

    /** On the error output, so that what is printed can be kept in a file. */
    static Progress progress(CommandSpec spec, String what) {
        return new Progress(spec.commandLine().getErr(), CommandLine.Help.Ansi.AUTO.enabled(), what);
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        files.stream().filter(file -> !Files.isReadable(file)).findFirst().ifPresent(file -> {
            throw new IllegalArgumentException("Cannot read " + file + ".");
        });
        int refused = 0;
        try (Catalogue catalogue = Catalogue.open(settings.config())) {
            catalogue
                    .newOperatorSecret()
                    .ifPresent(secret -> out.println("Client id \"operator\", secret \"" + secret
                            + "\": shown once. Lost? Set MERCAT_OPERATOR_SECRET and start again."));
            for (Path file : files) {
                Progress progress = progress(spec, "lines");
                Loader.Outcome outcome =
                        WholeExport.isOne(file) ? catalogue.loadAll(file, progress) : catalogue.load(file, progress);
                progress.end();
                outcome.refusals().forEach(refusal -> out.println(file + ": " + refusal));
                out.printf(
                        "%s: %,d stored, %,d refused%n",
                        file, outcome.stored(), outcome.refusals().size());
                refused += outcome.refusals().size();
            }
        }
        out.flush();
        if (refused > 0) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(refused + " refused; mend them and load them again.");
            err.flush();
        }
        return refused > 0 ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }
}
