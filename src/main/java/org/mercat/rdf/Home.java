// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The data folders that people edit, {@code vocabularies}, {@code shapes}, {@code queries}, as they were when this was
 * made. Read from a folder on disk if one is given, else the copies packed with the program.
 */
public final class Home {
    private static final List<String> FOLDERS = List.of("vocabularies", "shapes", "queries");

    /** Bytes of one file. */
    private static final long LARGEST = 128L << 20;

    private final String place;

    /** Text by path, such as {@code queries/search/category.rq}. */
    private final SortedMap<String, String> texts = new TreeMap<>();

    /** @param folder a checkout or a copy of these folders; empty for the packed ones */
    public Home(Optional<Path> folder) {
        place = folder.map(Path::toString).orElse("this program");
        try {
            if (folder.isPresent()) {
                readAll(folder.get());
            } else {
                readPacked();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The files of " + place + " cannot be read", e);
        }
    }

    private void readPacked() throws IOException {
        URL url = Home.class.getResource("/home");
        if (url.openConnection() instanceof JarURLConnection connection) {
            JarFile jar = connection.getJarFile(); // the one that classes come from: it stays open
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                String path = entry.getName().replaceFirst("^home/", "");
                if (!entry.isDirectory() && entry.getName().startsWith("home/") && isRead(path)) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        texts.put(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    }
                }
            }
        } else {
            readAll(Path.of(URI.create(url.toString())));
        }
    }

    private static boolean isRead(String path) {
        return FOLDERS.stream().anyMatch(folder -> path.startsWith(folder + "/"));
    }

    private void readAll(Path root) throws IOException {
        for (String folder : FOLDERS) {
            if (Files.isDirectory(root.resolve(folder))) {
                try (Stream<Path> paths = Files.walk(root.resolve(folder))) {
                    for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                        String name = root.relativize(path).toString().replace('\\', '/');
                        texts.put(name, text(name, path));
                    }
                }
            }
        }
    }

    private static String text(String name, Path path) throws IOException {
        if (Files.size(path) > LARGEST) {
            throw new IllegalStateException(
                    name + " has " + (Files.size(path) >> 20) + " MB; a file has " + (LARGEST >> 20) + " at most.");
        }
        try {
            return Files.readString(path);
        } catch (CharacterCodingException e) {
            if (name.startsWith("queries/")) { // of which a bad one is left out, and told of
                return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
            }
            throw new IllegalStateException(name + " is not UTF-8: write it in that encoding.", e);
        }
    }

    /**
     * All files below a folder that end so.
     *
     * @return text by path below the folder, with {@code /} between its parts, in their order
     */
    public SortedMap<String, String> files(String folder, String ending) {
        SortedMap<String, String> files = new TreeMap<>();
        texts.forEach((path, text) -> {
            if (path.startsWith(folder + "/") && path.endsWith(ending)) {
                files.put(path.substring(folder.length() + 1), text);
            }
        });
        return files;
    }

    /** The paths of files that another one has otherwise, or that only one of both has. */
    public SortedSet<String> differing(Home other) {
        SortedSet<String> differing = new TreeSet<>(texts.keySet());
        differing.addAll(other.texts.keySet());
        differing.removeIf(path -> Objects.equals(texts.get(path), other.texts.get(path)));
        return differing;
    }

    /** Changes with what the files below a folder say. */
    public String version(String folder) {
        CRC32 checksum = new CRC32();
        files(folder, "")
                .forEach((path, text) -> checksum.update((path + "\n" + text).getBytes(StandardCharsets.UTF_8)));
        return Long.toHexString(checksum.getValue());
    }

    /** One file, which must be there. */
    public String file(String folder, String name) {
        String text = texts.get(folder + "/" + name);
        if (text == null) {
            throw new IllegalStateException("There is no " + folder + "/" + name + " in " + place);
        }
        return text;
    }
}
