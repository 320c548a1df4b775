// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mercat.vocabulary.Git;
import org.mercat.vocabulary.Source;

/** The vocabulary files that a command is given, as they are, and as they were in an earlier state. */
final class CheckTargets {
    private static final String ENDING = ".ttl";

    private final List<Path> paths;

    /** @param paths files, of any name, and folders, whose {@code .ttl} files are meant, with those of folders below */
    CheckTargets(List<Path> paths) {
        paths.stream().filter(path -> !Files.isReadable(path)).findFirst().ifPresent(path -> {
            throw new IllegalArgumentException("Cannot read " + path + ": there is no such file or folder.");
        });
        this.paths = List.copyOf(paths);
    }

    /** Those that are folders. */
    List<Path> folders() {
        return paths.stream().filter(Files::isDirectory).toList();
    }

    /** Those that are files, or were. */
    List<Path> singleFiles() {
        return paths.stream().filter(path -> !Files.isDirectory(path)).toList();
    }

    /** All files, read now. @throws IllegalArgumentException if there is none */
    List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        for (Path file : files()) {
            try {
                sources.add(Source.read(file));
            } catch (IOException e) {
                throw new IllegalArgumentException("Cannot read " + file + ": " + e.getMessage(), e);
            }
        }
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("There is no " + ENDING + " file in " + paths + ".");
        }
        return sources;
    }

    private List<Path> files() {
        return paths.stream().flatMap(CheckTargets::files).distinct().toList();
    }

    private static Stream<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return Stream.of(path);
        }
        try (Stream<Path> all = Files.walk(path, FileVisitOption.FOLLOW_LINKS)) {
            return all
                    .filter(file -> file.toString().endsWith(ENDING) && Files.isRegularFile(file))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("Cannot read the folder " + path + ": " + e.getMessage(), e);
        }
    }

    /**
     * The same files in an earlier state; those that it had not are left out.
     *
     * @param state a folder with files of the same names, or else a revision of the git repository they are in
     */
    List<Source> earlier(String state) {
        Optional<Path> folder = folder(state);
        return files().stream()
                .flatMap(file -> (folder.isPresent() ? in(folder.get(), file) : at(state, file)).stream())
                .toList();
    }

    private static Optional<Path> folder(String state) {
        try {
            return Optional.of(Path.of(state)).filter(Files::isDirectory);
        } catch (java.nio.file.InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Optional<Source> in(Path folder, Path file) {
        Path below = paths.stream()
                .filter(path -> Files.isDirectory(path) && file.startsWith(path))
                .findFirst()
                .map(path -> path.relativize(file))
                .orElse(file.getFileName());
        Path earlier = folder.resolve(below.toString());
        try {
            return Files.isRegularFile(earlier) ? Optional.of(Source.read(earlier)) : Optional.empty();
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read " + earlier + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Source> at(String revision, Path file) {
        Git git = new Git(file.toAbsolutePath().getParent());
        if (!git.isRevision(revision)) {
            throw new IllegalArgumentException("--against is \"" + revision
                    + "\", which is neither a folder nor a revision of a git repository that " + file + " is in.");
        }
        return git.file(revision, file.getFileName().toString())
                .map(bytes -> new Source(file + " at " + revision, bytes));
    }
}
