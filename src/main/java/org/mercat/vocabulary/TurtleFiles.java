// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mercat.rdf.Unreadable;

/** Turtle files on disk. */
public final class TurtleFiles {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TurtleFiles() {}

    /**
     * The files that are meant: each file that is named, and all that end in {@code .ttl} below each folder.
     *
     * @throws IllegalArgumentException if one is not there, or a folder has no such file
     */
    public static List<Path> below(List<Path> places) {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            if (Files.isRegularFile(place)) {
                files.add(place);
            } else if (Files.isDirectory(place)) {
                List<Path> found = turtle(place);
                if (found.isEmpty()) {
                    throw new IllegalArgumentException("There is no .ttl file in " + place + ".");
                }
                files.addAll(found);
            } else {
                throw new IllegalArgumentException("There is no file or folder " + place + ".");
            }
        }
        return files.stream().distinct().toList();
    }

    private static List<Path> turtle(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".ttl"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * The text of a file.
     *
     * @throws Unreadable if it is not UTF-8, with line and column, or another syntax
     * @throws IllegalArgumentException if it cannot be read
     */
    public static String read(Path file) {
        try {
            return text(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The same of its bytes. */
    static String text(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), chars, true);
        String text = chars.flip().toString();
        if (result.isError()) {
            int line = (int) text.lines().count() + (text.isEmpty() || text.endsWith("\n") ? 1 : 0);
            int column = text.length() - text.lastIndexOf('\n');
            throw new Unreadable("what comes here is not UTF-8: save the file in that encoding", line, column);
        }
        text = text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK ? text : text.substring(1);
        if (text.startsWith("<?xml") || text.startsWith("<rdf:RDF")) {
            throw new Unreadable("this is RDF/XML and not Turtle: convert it first", 1, 1);
        }
        return text;
    }

    /** Puts another text into a file; who reads it meanwhile gets the old one or the new one. */
    public static void write(Path place, String text) throws IOException {
        Path file = place.toRealPath();
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(unfinished, text);
            if (Files.getFileAttributeView(file, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(unfinished, Files.getPosixFilePermissions(file));
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
