// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.mercat.rdf.Home;
import org.mercat.vocabulary.Finding;
import org.mercat.vocabulary.Severity;
import org.mercat.vocabulary.Source;
import org.mercat.vocabulary.VocabularyCheck;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = {
            "Checks vocabularies: syntax, shapes and hygiene, with the place of each fault.",
            "Files in Turtle, or folders of .ttl files; by default the vocabularies of",
            "--home, or those packed with the program. They are checked together: what one",
            "uses may stand in another. Nothing is stored, and nothing is fetched.",
            "",
            "  syntax     what is no Turtle, relative IRIs, what is said twice",
            "  shapes     SHACL, in shapes/vocabulary/*.ttl",
            "  hygiene    a rule a file, in queries/hygiene/*.rq: each row is a finding.",
            "             To add a rule, add a file there, and give --home",
            "",
            "In a pull request:   mercat check vocabularies --against origin/main",
            "For code review:     mercat check vocabularies --format sarif > check.sarif",
            "",
            "Exit code 0: nothing found that fails. 1: something found that does. 2: the",
            "check could not be made, such as for a file that is not there.",
            ""
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private static final int SHOWN = 20;
    private static final Set<String> FORMATS = Set.of("text", "json", "sarif");
    private static final List<String> RULES = List.of("vocabularies", "shapes/vocabulary", "queries/hygiene");

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE|DIR",
            description = "What to check. Default: the vocabularies of --home, or the packed ones.")
    private List<Path> paths;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            defaultValue = "${env:MERCAT_HOME}",
            description = "Folder with vocabularies, shapes and queries. Default: the packed ones."
                    + " Environment: MERCAT_HOME.")
    private Path home;

    @Option(
            names = "--against",
            paramLabel = "DIR|REVISION",
            description = "An earlier state of the same files, a folder or a revision of git: a definition that was"
                    + " rewritten needs a new version.")
    private String against;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "warning",
            description = "From which severity on a finding makes the exit code 1: error, warning or note."
                    + " Default: ${DEFAULT-VALUE}.")
    private String failOn;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json, or sarif for code review tools, which show findings beside the lines."
                    + " Default: ${DEFAULT-VALUE}.")
    private String format;

    @Option(
            names = "--watch",
            description = "Check again whenever a file changes, the rules of --home included, until Ctrl-C.")
    private boolean watch;

    @Option(names = "--all", description = "Show all findings, not only the first " + SHOWN + " of a rule and file.")
    private boolean all;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Severity failing = failing();
        if (!FORMATS.contains(format)) {
            throw new IllegalArgumentException("--format is text, json or sarif, not \"" + format + "\".");
        }
        Optional<CheckTargets> targets = targets();
        return watch ? watch(targets, failing) : checkOnce(targets, failing);
    }

    /** Reads everything anew, the rules too. */
    private int checkOnce(Optional<CheckTargets> targets, Severity failing) {
        VocabularyCheck check = new VocabularyCheck(new Home(Optional.ofNullable(home)));
        List<Source> sources = targets.map(CheckTargets::sources).orElseGet(check::ownSources);
        List<Finding> findings = check(check, targets, sources);
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case "json" -> out.println(FindingsDocument.json(findings, sources.size()));
            case "sarif" -> out.println(FindingsDocument.sarif(findings, check.rules()));
            default -> print(findings, sources);
        }
        out.flush();
        return findings.stream().anyMatch(finding -> finding.severity().compareTo(failing) <= 0)
                ? CommandLine.ExitCode.SOFTWARE
                : CommandLine.ExitCode.OK;
    }

    /** Checks at each change until it is stopped; a fault of use is told, and may be mended while this goes on. */
    private int watch(Optional<CheckTargets> targets, Severity failing) {
        CheckTargets watched = targets.orElseThrow(() -> new IllegalArgumentException(
                "--watch needs files, a folder or --home: the packed ones do not change."));
        List<Path> folders = new ArrayList<>(watched.folders());
        if (home != null) {
            RULES.stream().map(home::resolve).filter(Files::isDirectory).forEach(folders::add);
        }
        try (FolderWatch changes = new FolderWatch(folders, watched.singleFiles())) {
            int exit;
            do {
                exit = checkAndTell(watched, failing);
                spec.commandLine().getErr().println("Waiting for changes; Ctrl-C ends this.");
                spec.commandLine().getErr().flush();
            } while (changes.awaitChange());
            return exit;
        } catch (IOException e) {
            throw new IllegalStateException("Cannot watch " + folders + ": " + e.getMessage(), e);
        }
    }

    private int checkAndTell(CheckTargets targets, Severity failing) {
        try {
            return checkOnce(Optional.of(targets), failing);
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(spec.commandLine().getColorScheme().errorText(e.getMessage()));
            return CommandLine.ExitCode.USAGE;
        }
    }

    private Severity failing() {
        try {
            return Severity.of(failOn);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--fail-on: " + e.getMessage() + ".", e);
        }
    }

    /** Empty for the packed vocabularies. */
    private Optional<CheckTargets> targets() {
        if (paths != null) {
            return Optional.of(new CheckTargets(paths));
        }
        return Optional.ofNullable(home).map(folder -> new CheckTargets(List.of(folder.resolve("vocabularies"))));
    }

    private List<Finding> check(VocabularyCheck check, Optional<CheckTargets> targets, List<Source> sources) {
        List<Source> before = against == null
                ? List.of()
                : targets.orElseThrow(
                                () -> new IllegalArgumentException(
                                        "--against needs files, a folder or --home: the packed vocabularies have no other state."))
                        .earlier(against);
        Progress progress = LoadCommand.progress(spec, "steps");
        List<Finding> findings = check.check(sources, before, progress::step);
        progress.end();
        return findings;
    }

    private void print(List<Finding> findings, List<Source> sources) {
        new FindingsText(
                        spec.commandLine().getOut(),
                        spec.commandLine().getColorScheme().ansi(),
                        all ? Integer.MAX_VALUE : SHOWN)
                .print(
                        findings,
                        sources.size(),
                        name -> sources.stream()
                                .filter(source -> source.name().equals(name))
                                .map(source -> new String(source.bytes(), StandardCharsets.UTF_8))
                                .findFirst()
                                .orElse(""));
    }
}
