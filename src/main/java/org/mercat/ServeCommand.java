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
        Catalogue catalogue = Catalogue.open(config);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            catalogue.close();
                            stopped.countDown();
                        },
                        "mercat-stop"));
        int port = catalogue.start();
        greet(spec.commandLine().getOut(), config, catalogue, port);
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
