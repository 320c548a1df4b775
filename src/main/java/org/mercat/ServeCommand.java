// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "serve",
        description =
                "Runs the catalogue until it is stopped (Ctrl-C): requests under way finish, what is queued is written.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

    @Mixin
    private Settings settings;

    @Option(
            names = "--now",
            paramLabel = "TIME",
            defaultValue = "${env:MERCAT_NOW}",
            converter = Time.class,
            description =
                    "What is registered, agreed on, used and charged goes by a clock that begins at this time, such as"
                            + " 2026-09-01T00:00:00Z, and goes on: for rehearsals and demonstrations. Every answer says so in the"
                            + " header Mercat-Time. Never earlier than the newest of the data. Environment: MERCAT_NOW.")
    private Instant now;

    /** A time with its zone. */
    private static final class Time implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String word) {
            try {
                return OffsetDateTime.parse(word).toInstant();
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "\"" + word + "\" is no time with its zone: write one such as 2026-09-01T00:00:00Z");
            }
        }
    }

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        Config config = settings.config();
        PrintWriter out = spec.commandLine().getOut();
        Progress indexing = LoadCommand.progress(spec, "offerings into the search index");
        Catalogue catalogue = Catalogue.open(config, (made, all) -> indexing.at(made, (double) made / all), clock());
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

    private InstantSource clock() {
        if (now == null) {
            return InstantSource.system();
        }
        LOG.warn("The time of this catalogue is its own: it is {} now, and goes on (--now)", now);
        return InstantSource.offset(InstantSource.system(), Duration.between(Instant.now(), now));
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
        if (catalogue.isTimeItsOwn()) {
            out.println("  time        its own, as --now says: each answer has it in the header Mercat-Time");
        }
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
