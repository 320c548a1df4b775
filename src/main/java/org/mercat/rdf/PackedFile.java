// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * A new file of members that are packed with gzip one after the other, which together are a gzip file, too. Its digest is
 * taken as it is written, and it is on disk when it is finished.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952#page-5">RFC 1952, 2.2: members</a>
 */
public final class PackedFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final MessageDigest digest = sha256();
    private final OutputStream plain;

    /** What a file is known by. @param sha256 in hexadecimal digits */
    public record Packed(long bytes, String sha256) {}

    /** @param file is overwritten */
    public PackedFile(Path file) throws IOException {
        this.channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        this.plain =
                new DigestOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), digest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** Begins the next member, which ends when it is closed. */
    public OutputStream member() throws IOException {
        OutputStream file = new FilterOutputStream(plain) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
        return new BufferedOutputStream(new GZIPOutputStream(file, BUFFER), BUFFER);
    }

    /** Bytes of all members that are closed. */
    public long size() throws IOException {
        plain.flush();
        return channel.position();
    }

    /** Brings it to disk. */
    public Packed finish() throws IOException {
        long size = size();
        channel.force(true);
        channel.close();
        return new Packed(size, HexFormat.of().formatHex(digest.digest()));
    }

    /** The digest of a file that is there, in hexadecimal digits. */
    public static String sha256(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Brings to disk which files a folder has, where the system can. */
    public static void forceNames(Path folder) {
        try (FileChannel names = FileChannel.open(folder)) {
            names.force(true);
        } catch (IOException e) {
            // Windows opens no folders
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
