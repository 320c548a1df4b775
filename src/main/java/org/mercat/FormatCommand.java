// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.mercat.rdf.Fault;
import org.mercat.rdf.Unreadable;
import org.mercat.vocabulary.TurtleFiles;
import org.mercat.vocabulary.TurtleFormat;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "format",
        description = {
            "Formats Turtle files, so that differences are in what they say.",
            "Prefixes are sorted, and only those that are used stay; the properties of a",
            "term and the languages of a text get a fixed order; blank nodes and lists are",
            "written where they are used. The ontology comes first; the order of sections",
            "(comments with blank lines around them), of the terms in them and of values",
            "stays, and so do all comments, with what they stand at.",
            "",
            "What a file says is the same before and after: this is checked before it is",
            "written. If one file has an error, none is written.",
            ""
        },
        footer = {
            "",
            "Ends with 0 if all is well, with 1 if --check finds a file that differs, with",
            "2 if a file has an error or cannot be read or written.",
            "",
            "Before a commit:   mercat format vocabularies shapes",
            "In a pipeline:     mercat format --check vocabularies shapes"
        },
        mixinStandardHelpOptions = true)
final class FormatCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "FILES|DIR",
            defaultValue = "vocabularies",
            description = "Turtle files, or folders with all .ttl files below. Default: ${DEFAULT-VALUE}.")
    private List<Path> places;

    @Option(
            names = "--check",
            description = "Writes nothing, names the files that are not formatted, and ends with 1 if there are any.")
    private boolean check;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<Path> files = TurtleFiles.below(places);
        Map<Path, String> changed = new TreeMap<>();
        boolean faulty = false;
        for (Path file : files) {
            try {
                String text = TurtleFiles.read(file);
                String formatted = TurtleFormat.format(text);
                if (!formatted.equals(text)) {
                    changed.put(file, formatted);
                }
            } catch (Unreadable e) {
                faulty = true;
                Fault fault = e.faults().get(0);
                String place = fault.line() > 0 ? ":" + fault.line() + ":" + fault.column() : "";
                error(file + place + ": " + fault.message());
            } catch (IllegalStateException e) {
                faulty = true;
                error(file + ": not written: " + e.getMessage());
            }
        }
        if (faulty) {
            error("Nothing was written.");
            return CommandLine.ExitCode.USAGE;
        }
        return check ? report(files, changed) : write(files, changed);
    }

    private void error(String message) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(spec.commandLine().getColorScheme().errorText(message));
    }

    private int report(List<Path> files, Map<Path, String> changed) {
        PrintWriter out = spec.commandLine().getOut();
        changed.keySet().forEach(out::println);
        if (changed.isEmpty()) {
            out.println(counted(files.size()) + " formatted already.");
            return CommandLine.ExitCode.OK;
        }
        out.println(changed.size() + " of " + counted(files.size()) + " not formatted: run \"mercat format\" on them.");
        return CommandLine.ExitCode.SOFTWARE;
    }

    private int write(List<Path> files, Map<Path, String> changed) {
        PrintWriter out = spec.commandLine().getOut();
        changed.forEach((file, text) -> {
            try {
                TurtleFiles.write(file, text);
            } catch (IOException e) {
                throw new IllegalStateException("Cannot write " + file + ": " + e.getMessage(), e);
            }
            out.println(file);
        });
        out.println(counted(files.size()) + ", " + changed.size() + " changed.");
        return CommandLine.ExitCode.OK;
    }

    private static String counted(int files) {
        return files == 1 ? "1 file" : files + " files";
    }
}
