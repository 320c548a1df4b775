// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lines of a packed file of the generator, without comments and blank ones. */
final class ResourceLines {
    private ResourceLines() {}

    static List<String> of(String name) {
        try (InputStream in = ResourceLines.class.getResourceAsStream("/generator/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
