// SPDX-License-Identifier: Apache-2.0
package org.mercat.dump;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is public, as it was at a revision.
 *
 * @param issued when it was begun, an {@link Instant} in words
 * @param files what was written
 */
record Dump(long revision, String issued, List<File> files, Statistics statistics) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Dump {
        files = List.copyOf(files);
    }

    /** A file. @param bytes of the compressed file @param sha256 of it, in hexadecimal digits */
    record File(DumpFormat format, long bytes, String sha256) {}

    Instant time() {
        return Instant.parse(issued);
    }

    Optional<File> file(DumpFormat format) {
        return files.stream().filter(file -> file.format == format).findFirst();
    }

    /** What is kept of it for ever. */
    byte[] json() throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    static Dump read(Path file) throws IOException {
        return JSON.readValue(Files.readAllBytes(file), Dump.class);
    }
}
