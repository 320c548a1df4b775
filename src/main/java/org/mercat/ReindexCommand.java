// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.PrintWriter;
import org.mercat.rdf.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "reindex",
        description = "Compacts the databases, which grow with each commit, while no server has the data folder open.",
        mixinStandardHelpOptions = true)
final class ReindexCommand implements Runnable {
    @Mixin
    private Settings settings;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        try (Store store = Store.open(settings.config().data())) {
            Store.Compacted compacted = store.compact();
            out.printf("Compacted %,d MB to %,d MB.%n", compacted.before() >> 20, compacted.after() >> 20);
        }
    }
}
