// SPDX-License-Identifier: Apache-2.0
package org.mercat.dump;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFWriter;
import org.apache.jena.sparql.core.Quad;

/** Writes one file of a dump: compressed, its digest taken as it goes, on disk when it is finished. */
final class DumpWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final DumpFormat format;
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest digest = sha256();
    private final OutputStream out;
    private final StreamRDF statements;

    /** @param file that there is not yet */
    DumpWriter(DumpFormat format, Path file) throws IOException {
        this.format = format;
        this.file = file;
        this.channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        OutputStream plain =
                new DigestOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), digest);
        this.out = new BufferedOutputStream(new GZIPOutputStream(plain, BUFFER), BUFFER);
        this.statements = StreamRDFWriter.getWriterStream(out, format.lang());
        statements.start();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    void prefix(String prefix, String iri) {
        if (format == DumpFormat.TURTLE) {
            statements.prefix(prefix, iri);
        }
    }

    void write(Quad quad) {
        if (format == DumpFormat.QUADS) {
            statements.quad(quad);
        } else {
            statements.triple(quad.asTriple());
        }
    }

    /** Brings it to disk. */
    Dump.File finish() throws IOException {
        statements.finish();
        out.close();
        try (FileChannel whole = FileChannel.open(file, StandardOpenOption.WRITE)) {
            whole.force(true);
        }
        return new Dump.File(format, Files.size(file), HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
