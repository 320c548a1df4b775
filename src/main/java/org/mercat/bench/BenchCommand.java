// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** All benchmarks. */
@Command(
        name = "bench",
        description = "Measures this catalogue on this machine, beside the server that one would otherwise take.",
        subcommands = {
            RegisterBenchmark.class,
            SearchBenchmark.class,
            DemandsBenchmark.class,
            UsageBenchmark.class,
            BillingBenchmark.class,
            SparqlBenchmark.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "Say which benchmark: mercat bench register, mercat bench search, mercat bench demands, mercat bench usage,"
                        + " mercat bench billing, mercat bench sparql");
    }
}
