// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The data folders that people edit: {@code vocabularies}, {@code shapes}, {@code queries}. Read from a folder on disk
 * if one is given, else the copies packed with the program.
 *
 * @param folder a checkout or a copy of these folders; empty for the packed ones
 */
public record Home(Optional<Path> folder) {
    /**
     * All files below a folder that end so.
     *
     * @return text by path below the folder, with {@code /} between its parts, in their order
     */
    public SortedMap<String, String> files(String name, String ending) {
        return folder.isPresent()
                ? walk(folder.get().resolve(name), ending)
                : packed(root -> walk(root.resolve(name), ending));
    }

    /** One file, which must be there. */
    public String file(String folderName, String name) {
        String text = files(folderName, name).get(name);
        if (text == null) {
            throw new IllegalStateException("There is no " + folderName + "/" + name + " in "
                    + folder.map(Path::toString).orElse("this program"));
        }
        return text;
    }

    private static SortedMap<String, String> walk(Path root, String ending) {
        SortedMap<String, String> files = new TreeMap<>();
        if (!Files.isDirectory(root)) {
            return files;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                String name = root.relativize(path).toString().replace('\\', '/');
                if (name.endsWith(ending)) {
                    files.put(name, Files.readString(path));
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + root + " cannot be read", e);
        }
    }

    private static <T> T packed(Function<Path, T> reader) {
        try {
            URI uri = Home.class.getResource("/home").toURI();
            if (!uri.getScheme().equals("jar")) {
                return reader.apply(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return reader.apply(jar.getPath("/home"));
            }
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException("The program's own files cannot be read", e);
        }
    }
}
