// SPDX-License-Identifier: Apache-2.0
package org.mercat.offering;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.mercat.http.Bodies;

/** Reads lines in pieces that fit into memory. */
public final class LineReader {
    /** As many lines are checked while the writer stores those before. */
    private static final int CHUNK = 250;

    /** Fewer, if they are long: bytes. */
    private static final int CHUNK_BYTES = 4 << 20;

    private LineReader() {}

    /** The next lines, without their ends; answers whether there may be more. */
    public static boolean read(InputStream body, List<byte[]> into) throws IOException {
        int bytes = 0;
        while (into.size() < CHUNK && bytes < CHUNK_BYTES) {
            byte[] line = readLine(body);
            if (line == null) {
                return false;
            }
            into.add(line);
            bytes += line.length;
        }
        return true;
    }

    /** One line, cut where it is longer than a body may be; the reader of its JSON then says so. */
    private static byte[] readLine(InputStream body) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(4096);
        int c;
        while ((c = body.read()) >= 0 && c != '\n') {
            if (line.size() <= Bodies.RESOURCE_LIMIT) {
                line.write(c);
            }
        }
        return c < 0 && line.size() == 0 ? null : line.toByteArray();
    }

    /** Whether there is nothing on a line. */
    public static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }
}
