// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import org.apache.jena.graph.Graph;
import org.mercat.bench.ChildServer.Program;

/** The databases that searches are measured on, in one folder, made once and then used again. */
final class SearchData {
    /** GiB. */
    static final int HEAP = 4;

    private static final String MAIN = "org.mercat.Main";
    private static final int SAMPLE = 100;

    private final Path folder;
    private final String baseIri;
    private final PrintWriter out;

    SearchData(Path folder, String baseIri, PrintWriter out) {
        this.folder = folder;
        this.baseIri = baseIri;
        this.out = out;
    }

    private interface Making {
        void into(Path target) throws IOException;
    }

    /** A catalogue's data folder with generated offerings. */
    Path catalogue(Graph vocabularies, long offerings, long seed) throws IOException {
        OfferingGenerator generator = new OfferingGenerator(vocabularies, seed);
        return made("mercat", origin(generator, offerings, seed), target -> {
            Path file = folder.resolve("offerings.ndjson");
            try (OutputStream lines = new BufferedOutputStream(Files.newOutputStream(file))) {
                generator.write(offerings, lines);
            }
            run("load", "--data", target.toString(), "--base-iri", baseIri, file.toString());
            Files.delete(file);
        });
    }

    /** A folder with {@code tdb2} and {@code text}, of all that a catalogue has. */
    Path fuseki(Path catalogue) throws IOException {
        Path origin = catalogue.resolveSibling("mercat.origin");
        String made = catalogue.startsWith(folder) ? Files.readString(origin) : catalogue.toString();
        return made("fuseki", made, target -> {
            Path file = folder.resolve("catalogue.nq");
            run("export", "--data", catalogue.toString(), "--format", "nq", file.toString());
            Files.createDirectories(target.resolve("tdb2"));
            ChildServer.run(
                    folder.resolve("fuseki-load.log"),
                    new Program(
                            HEAP,
                            PlainFusekiLoader.class.getName(),
                            List.of(
                                    file.toString(),
                                    target.resolve("tdb2").toString(),
                                    target.resolve("text").toString())));
            Files.delete(file);
        });
    }

    private void run(String... arguments) {
        ChildServer.run(folder.resolve(arguments[0] + ".log"), new Program(HEAP, MAIN, List.of(arguments)));
    }

    /** What it was made of is noted beside a part when it is finished. */
    private Path made(String name, String origin, Making making) throws IOException {
        Path target = folder.resolve(name);
        Path note = folder.resolve(name + ".origin");
        String there = Files.exists(note) ? Files.readString(note) : "nothing that was finished";
        if (Files.exists(target) && !there.equals(origin)) {
            throw new IllegalArgumentException(target + " was made of " + there + ", and this is to measure " + origin
                    + ": delete it, or give another --folder.");
        }
        if (Files.exists(target)) {
            out.println("Uses " + target + ", made of " + there + ".");
        } else {
            long start = System.nanoTime();
            making.into(target);
            Files.writeString(note, origin);
            out.printf("Made %s of %s in %.0f s.%n", target, origin, (System.nanoTime() - start) / 1e9);
        }
        out.flush();
        return target;
    }

    /** With the first ones' check sum: another generator or other vocabularies make others of the same seed. */
    private static String origin(OfferingGenerator generator, long offerings, long seed) throws IOException {
        ByteArrayOutputStream first = new ByteArrayOutputStream();
        generator.write(SAMPLE, first);
        CRC32 sum = new CRC32();
        sum.update(first.toByteArray());
        return String.format(Locale.ROOT, "%d offerings, seed %d (%08x)", offerings, seed, sum.getValue());
    }
}
