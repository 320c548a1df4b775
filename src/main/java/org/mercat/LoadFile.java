// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.mercat.offering.LineReader;

/** A file of JSON bodies, one a line, packed or not; it is never in memory as a whole. */
final class LoadFile {
    private static final int BUFFER = 1 << 16;

    private LoadFile() {}

    /** One line. */
    record Line(int number, byte[] body) {
        String place() {
            return "line " + number;
        }
    }

    /** What is done with the lines. */
    @FunctionalInterface
    interface Reader {
        /**
         * @param lines that are not blank, in their order
         * @param done what part of the file is read, from 0 to 1
         */
        void read(List<Line> lines, double done);
    }

    /** Whether the name is that of such a file. */
    static boolean isOne(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".ndjson") || name.endsWith(".ndjson.gz");
    }

    /** Reads a file in pieces. */
    static void read(Path file, Reader reader) {
        try (InputStream raw = Files.newInputStream(file)) {
            Counting counting = new Counting(raw);
            read(open(file, counting), reader, () -> (double) counting.count / Math.max(1, size(file)));
        } catch (IOException e) {
            throw new IllegalArgumentException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** How far a reader is. */
    private interface Position {
        double done();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(Path file, InputStream raw) throws IOException {
        return new BufferedInputStream(
                file.toString().endsWith(".gz") ? new GZIPInputStream(raw, BUFFER) : raw, BUFFER);
    }

    private static void read(InputStream in, Reader reader, Position position) throws IOException {
        int number = 0;
        for (boolean more = true; more; ) {
            List<byte[]> bodies = new ArrayList<>();
            more = LineReader.read(in, bodies);
            List<Line> lines = new ArrayList<>(bodies.size());
            for (byte[] body : bodies) {
                number++;
                if (!LineReader.isBlank(body)) {
                    lines.add(new Line(number, body));
                }
            }
            reader.read(lines, position.done());
        }
    }

    /** Counts what is read of the file itself. */
    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int c = super.read();
            count += c < 0 ? 0 : 1;
            return c;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
