// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.mercat.party.AccessLists;
import org.mercat.proposal.Decided;
import org.mercat.proposal.Proposals;
import org.mercat.rdf.Home;
import org.mercat.rdf.Store;
import org.mercat.rdf.Vocabularies;
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
            "",
            "With --restricted the offerings for some only are in it, too, with their access",
            "lists: then it is not for everybody.",
            "",
            "With --all it writes a folder that has what is private, too, but secrets:",
            "contracts, disputes, billing and usage, with checksums; \"mercat load\" brings it",
            "into a new data folder, numbers and states as they were.",
            "",
            "With --vocabulary it writes one vocabulary instead: its Turtle file of --home",
            "with all terms and deprecations that were accepted since, ready to commit.",
            ""
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Runnable {
    @Mixin
    private Settings settings;

    @Option(
            names = "--format",
            description = "trig (readable) or nq (a line a quad). Default: as FILE ends, else trig.")
    private String format;

    @Option(
            names = "--all",
            description = "What is private, too, but secrets: FILE is a new folder, which \"mercat load\" takes.")
    private boolean all;

    @Option(
            names = "--vocabulary",
            paramLabel = "NAME",
            description = "A vocabulary's file with what was decided on proposals since, for example categories.")
    private String vocabulary;

    @Option(names = "--restricted", description = "With the offerings for some only: the file is not for everybody.")
    private boolean restricted;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Where to; the standard output if left out.")
    private Path file;

    @Override
    public void run() {
        boolean isQuads = file != null && file.toString().endsWith(".nq");
        Lang lang = switch (format != null ? format : isQuads ? "nq" : "trig") {
            case "trig" -> Lang.TRIG;
            case "nq" -> Lang.NQUADS;
            default -> throw new IllegalArgumentException("--format is trig or nq, not \"" + format + "\".");
        };
        Config config = settings.config();
        if (all) {
            writeAll(config);
            return;
        }
        try (Store store = Store.open(config.data())) {
            if (vocabulary != null) {
                byte[] text = text(store, config).getBytes(StandardCharsets.UTF_8);
                write(out -> out.write(text));
            } else {
                write(out -> {
                    write(store, out, lang);
                    if (restricted) {
                        writeRestricted(store, out, lang);
                    }
                });
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private void writeAll(Config config) {
        if (file == null || vocabulary != null || format != null) {
            throw new IllegalArgumentException("--all takes the name of a new folder, and no other option of export.");
        }
        try {
            new WholeExport(file).write(config);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Writes all that goes out. */
    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private void write(Writing writing) throws IOException {
        if (file == null) {
            writing.to(System.out);
            System.out.flush();
            return;
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
            writing.to(out);
        }
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private String text(Store store, Config config) {
        Home home = new Home(config.home());
        Proposals proposals = new Proposals(store, store.baseIri(config.baseIri()));
        Vocabularies files = Vocabularies.read(home);
        return Decided.text(proposals, home, files, vocabulary)
                .orElseThrow(() -> new IllegalArgumentException("--vocabulary is \"" + vocabulary + "\", and there are "
                        + String.join(", ", files.byName().keySet()) + "."));
    }

    static void write(Store store, OutputStream out, Lang lang) {
        store.read(catalogue -> {
            RDFDataMgr.write(out, catalogue, lang);
            return null;
        });
    }

    /** Behind the others: both syntaxes may go on. */
    static void writeRestricted(Store store, OutputStream out, Lang lang) {
        DatasetGraph offerings = DatasetGraphFactory.create();
        store.readLedger(AccessLists::all).forEach(offerings::addGraph);
        RDFDataMgr.write(out, offerings, lang);
    }
}
