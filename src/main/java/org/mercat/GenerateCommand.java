// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.mercat.bench.OfferingGenerator;
import org.mercat.rdf.Home;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        description = {
            "Makes up offerings, to try and measure a catalogue with.",
            "A registration body a line, as \"mercat load\" takes them: first the",
            "organizations and providers that the offerings need, then the offerings,",
            "spread unevenly as real ones are over categories, languages, cities, prices",
            "and licences. The same seed gives the same, byte for byte.",
            ""
        },
        mixinStandardHelpOptions = true)
final class GenerateCommand implements Runnable {
    private static final int BUFFER = 1 << 16;

    @Option(names = "--offerings", required = true, paramLabel = "N", description = "How many offerings.")
    private long offerings;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "S",
            description = "Another seed gives other offerings. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to, packed if it ends in .gz; the standard output if left out.")
    private Path file;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder whose vocabularies are used. Default: the packed ones.")
    private Path home;

    @Override
    public void run() {
        if (offerings < 1) {
            throw new IllegalArgumentException("--offerings is 1 or more, not " + offerings + ".");
        }
        OfferingGenerator generator = new OfferingGenerator(
                Terms.of(Vocabularies.read(new Home(Optional.ofNullable(home)))
                                .byName()
                                .values())
                        .graph(),
                seed);
        try {
            if (file == null) {
                generator.write(offerings, new BufferedOutputStream(System.out, BUFFER));
                return;
            }
            Path unfinished = file.resolveSibling(file.getFileName() + ".part");
            try (OutputStream out = packed(new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER))) {
                generator.write(offerings, out);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Packed fast rather than small, if the file is named so. */
    private OutputStream packed(OutputStream out) throws IOException {
        if (!file.toString().endsWith(".gz")) {
            return out;
        }
        return new GZIPOutputStream(out, BUFFER) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        };
    }
}
