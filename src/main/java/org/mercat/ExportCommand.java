// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.mercat.rdf.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Writes all that is public, while no server has the data folder open.",
            "A named graph per resource and vocabulary, which \"mercat load\" brings back as",
            "it was. Nothing private is in it: no secrets, so that after a load each party",
            "needs a new one. For a backup with them, copy the data folder of a stopped",
            "server.",
            ""
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Runnable {
    @Mixin
    private Settings settings;

    @Option(
            names = "--format",
            defaultValue = "trig",
            description = "trig (readable) or nq (a line a quad). Default: ${DEFAULT-VALUE}.")
    private String format;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Where to; the standard output if left out.")
    private Path file;

    @Override
    public void run() {
        Lang lang = switch (format) {
            case "trig" -> Lang.TRIG;
            case "nq" -> Lang.NQUADS;
            default -> throw new IllegalArgumentException("--format is trig or nq, not \"" + format + "\".");
        };
        try (Store store = Store.open(settings.config().data())) {
            if (file == null) {
                write(store, System.out, lang);
                return;
            }
            Path unfinished = file.resolveSibling(file.getFileName() + ".part");
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
                write(store, out, lang);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    static void write(Store store, OutputStream out, Lang lang) {
        store.read(catalogue -> {
            RDFDataMgr.write(out, catalogue, lang);
            return null;
        });
    }
}
