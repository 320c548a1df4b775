// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A vocabulary file as it came, of any encoding and syntax.
 *
 * @param name as it is shown, for example {@code vocabularies/core.ttl}
 * @param bytes what is in it; empty when it is too large to be read
 * @param size in bytes
 */
public record Source(String name, byte[] bytes, long size) {
    /** What is checked at most. A file of 100,000 terms in five languages has about half of it. */
    static final long LARGEST = 128L << 20;

    public Source(String name, byte[] bytes) {
        this(name, bytes, bytes.length);
    }

    /** Reads a file from disk, unless it is too large. */
    public static Source read(Path file) throws IOException {
        long size = Files.size(file);
        return new Source(file.toString(), size > LARGEST ? new byte[0] : Files.readAllBytes(file), size);
    }

    boolean isTooLarge() {
        return size > LARGEST;
    }

    /** Without its folders. */
    String baseName() {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }
}
