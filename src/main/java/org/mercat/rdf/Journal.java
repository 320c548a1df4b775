// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.rdfpatch.RDFChanges;
import org.apache.jena.rdfpatch.RDFPatch;
import org.apache.jena.rdfpatch.RDFPatchOps;
import org.apache.jena.rdfpatch.binary.RDFChangesWriterBinary;
import org.mercat.rdf.Commit.Patch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The write-ahead log: what has been answered but may not be in the databases yet, on disk. One record a commit: its
 * length and CRC-32C, then the revision and an RDF Patch for each database. A record that a crash cut short was never
 * answered, and is left out.
 *
 * <p>Applying all records in their order to databases that have some of them already gives the newest state: a patch
 * names statements to remove and to add, so that the last one to name a statement decides.
 *
 * @see <a href="https://jena.apache.org/documentation/rdf-patch/">RDF Patch</a>
 */
final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final int HEADER = 2 * Integer.BYTES;

    private final FileChannel file;
    private long end;

    /** Whether there may be something behind the end that must never be read. */
    private boolean uncut;

    /**
     * One commit.
     *
     * @param revision of the public database after it
     */
    record Entry(long revision, RDFPatch catalogue, RDFPatch ledger) {}

    private Journal(FileChannel file) {
        this.file = file;
    }

    /**
     * Opens or creates a journal and locks it: who has the journal has the databases beside it.
     *
     * @return empty if another has it
     * @throws IllegalStateException if the file cannot be made or written
     */
    static Optional<Journal> open(Path path) {
        try {
            Files.createDirectories(path.getParent());
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!isLocked(file)) {
                file.close();
                return Optional.empty();
            }
            Layout.sync(path.getParent());
            return Optional.of(new Journal(file));
        } catch (IOException e) {
            throw Layout.notWritable(path.getParent(), e);
        }
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) { // by this same process
            return false;
        }
    }

    /** Every whole record, the oldest first. What is appended next stands behind them. */
    List<Entry> entries() {
        try {
            mustBeCut();
            List<Entry> entries = new ArrayList<>();
            end = 0;
            for (ByteBuffer record = next(); record != null; record = next()) {
                end += HEADER + record.remaining();
                entries.add(entry(record));
            }
            if (file.size() > end) {
                LOG.warn("The journal ends in {} bytes that are no whole record; they are left out", file.size() - end);
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException("The journal cannot be read", e);
        }
    }

    /** The record that begins at the end of those read so far; null if there is no whole one. */
    private ByteBuffer next() throws IOException {
        ByteBuffer header = read(end, HEADER);
        if (header == null) {
            return null;
        }
        int length = header.getInt();
        int checksum = header.getInt();
        ByteBuffer record = length <= 0 ? null : read(end + HEADER, length);
        return record != null && checksum(record) == checksum ? record : null;
    }

    private ByteBuffer read(long position, int length) throws IOException {
        if (position + length > file.size()) {
            return null;
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && file.read(buffer, position + buffer.position()) >= 0) {
            // until it is full
        }
        return buffer.flip();
    }

    private static Entry entry(ByteBuffer record) {
        long revision = record.getLong();
        RDFPatch catalogue = patch(record);
        return new Entry(revision, catalogue, patch(record));
    }

    private static RDFPatch patch(ByteBuffer record) {
        byte[] patch = new byte[record.getInt()];
        record.get(patch);
        return RDFPatchOps.readBinary(new ByteArrayInputStream(patch));
    }

    /**
     * Adds a record; it is on disk when this returns.
     *
     * @throws UncheckedIOException if it is not; then the journal is as it was
     */
    void append(long revision, List<Patch> catalogue, List<Patch> ledger) {
        byte[] ofCatalogue = bytes(catalogue);
        byte[] ofLedger = bytes(ledger);
        int length = Long.BYTES + 2 * Integer.BYTES + ofCatalogue.length + ofLedger.length;
        ByteBuffer record = ByteBuffer.allocate(HEADER + length).position(HEADER);
        record.putLong(revision);
        record.putInt(ofCatalogue.length).put(ofCatalogue);
        record.putInt(ofLedger.length).put(ofLedger);
        int checksum = checksum(record.flip().position(HEADER));
        write(record.putInt(0, length).putInt(Integer.BYTES, checksum).rewind());
    }

    private void write(ByteBuffer record) {
        try {
            mustBeCut();
            while (record.hasRemaining()) {
                file.write(record, end + record.position());
            }
            file.force(false);
            end += record.limit();
        } catch (IOException e) {
            cut();
            throw new UncheckedIOException("The journal cannot be written", e);
        }
    }

    /** If it cannot be done now, nothing is read or written before it is. */
    private void cut() {
        uncut = true;
        try {
            mustBeCut();
        } catch (IOException e) {
            LOG.warn("The journal cannot be cut", e);
        }
    }

    private void mustBeCut() throws IOException {
        if (uncut) {
            file.truncate(end);
            uncut = false;
        }
    }

    private static byte[] bytes(List<Patch> patches) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
        RDFChangesWriterBinary.writeBinary(
                out,
                changes -> patches.forEach(patch -> {
                    each(patch.graph(), patch.removed(), changes::delete);
                    each(patch.graph(), patch.added(), changes::add);
                }));
        return out.toByteArray();
    }

    /** {@link RDFChanges#add} or {@link RDFChanges#delete}. */
    private interface Row {
        void of(Node graph, Node subject, Node predicate, Node object);
    }

    private static void each(Node graph, List<Triple> triples, Row row) {
        triples.forEach(triple -> row.of(graph, triple.getSubject(), triple.getPredicate(), triple.getObject()));
    }

    private static int checksum(ByteBuffer record) {
        CRC32C checksum = new CRC32C();
        checksum.update(record.duplicate());
        return (int) checksum.getValue();
    }

    /** Forgets all records: they are in the databases. A crash may bring them back, which does no harm. */
    void clear() {
        end = 0;
        cut();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
