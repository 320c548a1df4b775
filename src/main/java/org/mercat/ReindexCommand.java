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
        description = {
            "Compacts the databases and makes the search index anew.",
            "Databases grow with each commit. The index follows them by itself; it is made",
            "anew for who doubts it. While no server has the data folder open.",
            ""
        },
        mixinStandardHelpOptions = true)
final class ReindexCommand implements Runnable {
    @Mixin
    private Settings settings;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Config config = settings.config();
        try (Store store = Store.open(config.data())) {
            Store.Compacted compacted = store.compact();
            out.printf("Compacted %,d MB to %,d MB.%n", compacted.before() >> 20, compacted.after() >> 20);
            out.flush();
            Progress progress = LoadCommand.progress(spec, "offerings");
            Catalogue.reindex(config, store, progress);
            progress.end();
            out.println("The search index is made anew.");
        }
    }
}
