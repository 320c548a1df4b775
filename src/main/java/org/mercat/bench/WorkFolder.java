// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a benchmark has its databases and logs. */
final class WorkFolder {
    private static final String NAME = "mercat-bench";

    private WorkFolder() {}

    /** What is done in it. */
    interface Action {
        void in(Path folder) throws IOException;
    }

    /** A new folder that is deleted afterwards. @param below where it is to be, or null for the system's temporary folder */
    static void temporary(Path below, Action action) {
        try {
            Path folder = below == null ? Files.createTempDirectory(NAME) : Files.createTempDirectory(below, NAME);
            try {
                action.in(folder);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder that stays. @param folder null for a new one that is deleted afterwards */
    static void kept(Path folder, Action action) {
        if (folder == null) {
            temporary(null, action);
            return;
        }
        try {
            action.in(Files.createDirectories(folder).toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder and all that is in it. */
    static void delete(Path folder) {
        File[] files = folder.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            if (file.isDirectory()) {
                delete(file.toPath());
            } else if (!file.delete()) {
                file.deleteOnExit();
            }
        }
        if (!folder.toFile().delete()) {
            folder.toFile().deleteOnExit();
        }
    }
}
