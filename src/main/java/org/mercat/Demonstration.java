// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The offerings that a demonstration begins with. */
final class Demonstration {
    private Demonstration() {}

    /** Once for each data folder: what its users have made of it since stays. */
    static void load(Loader loader) {
        List<String> lines = Stream.of("organizations", "providers", "offerings")
                .flatMap(file -> resource("/demo/" + file + ".ndjson").lines())
                .toList();
        if (loader.isThere(lines.get(lines.size() - 1))) {
            return;
        }
        Loader.Outcome outcome = loader.lines(lines);
        if (!outcome.refusals().isEmpty()) {
            throw new IllegalStateException("The demonstration is not accepted: " + outcome.refusals());
        }
    }

    private static String resource(String path) {
        try (InputStream in = Demonstration.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
