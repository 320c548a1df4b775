// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description =
                "Runs the catalogue until it is stopped (Ctrl-C): requests under way finish, what is queued is written.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Runnable {
    @Mixin
    private Settings settings;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        Config config = settings.config();
        PrintWriter out = spec.commandLine().getOut();
        Progress indexing = LoadCommand.progress(spec, "offerings into the search index");
        Catalogue catalogue = Catalogue.open(config, (made, all) -> indexing.at(made, (double) made / all));
        indexing.end();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop(catalogue, out);
                            stopped.countDown();
                        },
                        "mercat-stop"));
        greet(out, config, catalogue, start(catalogue));
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One at a time: who stops the program while it starts gets a catalogue that has started, and closes it. */
    private static int start(Catalogue catalogue) {
        synchronized (catalogue) {
            return catalogue.start();
        }
    }

    private static void stop(Catalogue catalogue, PrintWriter out) {
        out.println("Stopping: requests under way finish, what is queued is written.");
        out.flush();
        synchronized (catalogue) {
            catalogue.close();
        }
        out.println("Mercat has stopped.");
        out.flush();
    }

    private static void greet(PrintWriter out, Config config, Catalogue catalogue, int port) {
        String here = "http://localhost:" + port;
        out.println();
        out.println("Mercat is ready: " + here + "/");
        out.println("  offerings   " + here + "/offerings?category=Parking");
        out.println("  SPARQL      " + here + "/sparql");
        out.println("  API         " + here + "/docs");
        if (config.operatorSecret().equals(Optional.of(Config.DEMO_SECRET))) {
            out.println("  operator    client id \"operator\", secret \"" + Config.DEMO_SECRET
                    + "\" (demonstration: everybody knows it)");
        } else {
            catalogue.newOperatorSecret().ifPresent(secret -> {
                out.println("  operator    client id \"operator\", secret \"" + secret + "\"");
                out.println(
                        "              This is shown once and stored only as a hash. Lost? Set MERCAT_OPERATOR_SECRET and start again.");
            });
        }
        out.println("Stop with Ctrl-C.");
        out.flush();
    }
}
