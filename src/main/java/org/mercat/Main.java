// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import org.mercat.bench.BenchCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program. */
@Command(
        name = "mercat",
        description = {
            "A semantic offering catalogue: providers register offerings, SHACL decides",
            "what is accepted, consumers find them by meaning, over REST and SPARQL on one",
            "port.",
            ""
        },
        footer = {"", "To look around:       mercat serve --demo", "Help for a command:   mercat help serve"},
        subcommands = {
            ServeCommand.class,
            CheckCommand.class,
            QueryCommand.class,
            LoadCommand.class,
            ExportCommand.class,
            ReindexCommand.class,
            GenerateCommand.class,
            FormatCommand.class,
            DiffCommand.class,
            ImpactCommand.class,
            EvaluateCommand.class,
            BenchCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class)
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int exit = commandLine().execute(args);
        if (exit != 0) {
            System.exit(exit);
        }
    }

    /** The commands; faults of use and of the data are a message, not a stack trace. */
    static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new Main());
        commands.setExecutionExceptionHandler((e, command, parsed) -> {
            if (isForUser(e)) {
                command.getErr().println(command.getColorScheme().errorText(e.getMessage()));
                return CommandLine.ExitCode.USAGE;
            }
            throw e;
        });
        return commands;
    }

    private static boolean isForUser(Exception e) {
        return e instanceof IllegalArgumentException || e instanceof IllegalStateException;
    }
}
