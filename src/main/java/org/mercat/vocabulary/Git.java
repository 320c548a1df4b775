// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads files of a revision by the {@code git} program. */
public final class Git {
    private final Path folder;

    /** @param folder inside a working copy */
    public Git(Path folder) {
        this.folder = folder;
    }

    public boolean isRevision(String name) {
        return !name.startsWith("-")
                && run("rev-parse", "--verify", "--quiet", name + "^{commit}").exit() == 0;
    }

    /** A file of the folder as a revision has it; empty if it has none of that name. */
    public Optional<byte[]> file(String revision, String name) {
        Answer answer = run("show", revision + ":./" + name);
        return answer.exit() == 0 ? Optional.of(answer.out()) : Optional.empty();
    }

    /**
     * The Turtle files of {@code revision:path}, by their paths below it; a path that begins with {@code ./} is relative
     * to the folder, others to the root.
     *
     * @throws IllegalArgumentException if there is no such thing
     */
    SortedMap<String, byte[]> turtle(String object) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        if (object.startsWith("-")) {
            throw new IllegalArgumentException("There is no revision " + object + ".");
        }
        if (text(checked("cat-file", "-t", object)).strip().equals("blob")) {
            files.put(object.substring(object.lastIndexOf('/') + 1), checked("cat-file", "blob", object));
            return files;
        }
        for (String entry :
                text(checked("ls-tree", "-r", "-z", "--full-tree", object)).split("\0")) {
            int tab = entry.indexOf('\t'); // mode, type, hash, tab, path
            if (entry.endsWith(".ttl") && entry.startsWith("100")) {
                files.put(
                        entry.substring(tab + 1),
                        checked("cat-file", "blob", entry.substring(0, tab).split(" ")[2]));
            }
        }
        if (files.isEmpty()) {
            throw new IllegalArgumentException("There is no .ttl file in " + object + ".");
        }
        return files;
    }

    private byte[] checked(String... words) {
        Answer answer = run(words);
        if (answer.exit() != 0) {
            throw new IllegalArgumentException("git: " + text(answer.err()).strip());
        }
        return answer.out();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private record Answer(int exit, byte[] out, byte[] err) {}

    private Answer run(String... words) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
                    .start();
            process.getOutputStream().close();
            byte[] out = process.getInputStream().readAllBytes();
            byte[] err = process.getErrorStream().readAllBytes();
            return new Answer(process.waitFor(), out, err);
        } catch (IOException e) {
            throw new IllegalStateException("Revisions are read by git, which does not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while git was running", e);
        }
    }
}
