// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the vocabularies, shapes and queries that a test may edit. */
final class HomeFolder {
    private HomeFolder() {}

    /** Copies them into a folder. @return that folder */
    static Path in(Path folder) throws IOException {
        for (String name : List.of("vocabularies", "shapes", "queries")) {
            try (Stream<Path> paths = Files.walk(Path.of(name))) {
                for (Path path : (Iterable<Path>) paths::iterator) {
                    Files.copy(path, folder.resolve(path.toString()));
                }
            }
        }
        return folder;
    }
}
