// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mercat.vocabulary.DiffJson;
import org.mercat.vocabulary.DiffReport;
import org.mercat.vocabulary.VocabularyDiff;
import org.mercat.vocabulary.VocabularyPlace;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "diff",
        description = {
            "Tells what a change of vocabularies means, not which lines changed.",
            "Terms that were added, removed, renamed, moved, relabelled, redefined,",
            "narrowed or deprecated; whether that is a major, minor or patch change and",
            "why; and whether owl:versionInfo and owl:versionIRI were raised as much.",
            "",
            "OLD and NEW are files, folders, or revisions of git, with a path as in",
            "main:vocabularies or without one as in HEAD~1.",
            ""
        },
        footer = {
            "",
            "Ends with 0, with --exit-code with 1 if there is a difference, with 2 if",
            "something cannot be read.",
            "",
            "What is not committed yet:  mercat diff HEAD",
            "A pull request:             mercat diff --format markdown origin/main HEAD"
        },
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
    enum Format {
        text,
        markdown,
        json
    }

    @Parameters(index = "0", paramLabel = "OLD", description = "The state before.")
    private String before;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NEW",
            defaultValue = "vocabularies",
            description = "The state after. Default: ${DEFAULT-VALUE}.")
    private String after;

    @Option(
            names = "--format",
            defaultValue = "text",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(names = "--exit-code", description = "Ends with 1 if there is a difference.")
    private boolean exitCode;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var place = new VocabularyPlace(Path.of(""));
        VocabularyDiff diff = VocabularyDiff.between(place.read(before, after), place.read(after, before));
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case text -> out.print(new DiffReport(diff).text());
            case markdown -> out.print(new DiffReport(diff).markdown());
            case json -> out.println(DiffJson.of(diff).toPrettyString());
        }
        out.flush();
        return exitCode && !diff.isEmpty() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }
}
