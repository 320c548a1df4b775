// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.jena.graph.Node;
import org.mercat.contract.Contracts;
import org.mercat.http.Failure.Kind;
import org.mercat.rdf.PackedFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Usage events of closed months, taken out of the log into files and brought back. The file is written, read again and held
 * against the sums of the days before the first event leaves the log; what stays there are those sums, and of each event
 * enough that it never counts twice. Whatever is interrupted is done by asking for it again. One thing at a time, on a
 * thread that rests as long as it works.
 */
public final class UsageArchives implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageArchives.class);
    private static final int CHUNK = 1_000;

    private final ArchiveFolder folder;
    private final Supplier<UsageLog> log;
    private final Contracts contracts;
    private final InstantSource clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "mercat-archives");
        made.setDaemon(true);
        made.setPriority(Thread.MIN_PRIORITY);
        return made;
    });
    private volatile boolean closing;
    private long since;

    /** @param folder made when it is needed @param log is asked for when it is needed */
    public UsageArchives(Path folder, Supplier<UsageLog> log, Contracts contracts, InstantSource clock) {
        this.folder = new ArchiveFolder(folder, log, contracts);
        this.log = log;
        this.contracts = contracts;
        this.clock = clock;
    }

    /** The log reads here what was archived. */
    public void follow(UsageLog its) {
        its.readArchivesFrom(folder);
    }

    /** The archive of a month; empty if its events are in the log, or nowhere. */
    Optional<Archive> find(YearMonth month) {
        return folder.find(month);
    }

    /** All, the newest first. */
    List<Archive> all() {
        return folder.all();
    }

    /** Archives a month. @return what was made, or was there already, when it is done */
    CompletableFuture<Archive> archive(YearMonth month, Node by) {
        if (log.get().closed().filter(last -> !month.isAfter(last)).isEmpty()) {
            throw Kind.CONFLICT.because(month + " is not closed: its billing run closes it, POST /billing/runs/" + month
                    + "/steps/issue. Then its events can be archived.");
        }
        return CompletableFuture.supplyAsync(() -> made(month, by), thread);
    }

    private Archive made(YearMonth month, Node by) {
        since = System.nanoTime();
        ArchiveFile files = new ArchiveFile(log.get(), contracts);
        try {
            Archive archive;
            if (log.get().state().archived().contains(month)) {
                archive = find(month).orElseThrow();
            } else {
                archive = write(files, month, by);
            }
            remove(archive);
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The archive cannot be written to " + folder.path() + ": " + e.getMessage(), e);
        }
    }

    private Archive write(ArchiveFile files, YearMonth month, Node by) throws IOException {
        Files.createDirectories(folder.path());
        Path unfinished = folder.path().resolve(month + ".part");
        Archive written =
                files.write(unfinished, month, by, clock.instant().truncatedTo(ChronoUnit.SECONDS), this::rest);
        Archive archive = new Archive(
                month,
                folder.file(month).getFileName().toString(),
                written.bytes(),
                written.sha256(),
                written.archived(),
                written.by(),
                written.parts());
        files.mustBeWhole(unfinished, archive, this::rest);
        Files.move(unfinished, folder.file(month), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                folder.path().resolve(archive.file() + ".sha256"), archive.sha256() + "  " + archive.file() + "\n");
        Path index = folder.path().resolve(month + ".json.part");
        try (FileChannel channel = FileChannel.open(
                index, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(archive.bytesOfIndex()));
            channel.force(true); // without it nobody finds the events
        }
        Files.move(index, folder.index(month), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        PackedFile.forceNames(folder.path());
        log.get().state().markArchived(month); // from here on the file is what is read
        LOG.info("The usage of {} is archived: {} events, {} bytes", month, archive.events(), archive.bytes());
        return archive;
    }

    /** Takes out of the log what is still in it; all of it is in the file, for nothing comes into a closed month. */
    private void remove(Archive archive) {
        Chunks leaving = new Chunks(log.get()::remove);
        for (String contract : archive.parts().keySet()) {
            List<Booked> page = new ArrayList<>();
            for (long after = 0; after == 0 || page.size() == CHUNK; ) {
                page.clear();
                log.get().logged(contract, archive.month(), after, CHUNK, page::add);
                page.forEach(leaving::add);
                after = page.isEmpty() ? 1 : page.get(page.size() - 1).number();
            }
        }
        leaving.finish();
    }

    /** Events that are written together, whosever they are: each write waits for the disk. */
    private final class Chunks {
        private final Consumer<List<Booked>> write;
        private final List<Booked> events = new ArrayList<>();

        Chunks(Consumer<List<Booked>> write) {
            this.write = write;
        }

        void add(Booked event) {
            events.add(event);
            if (events.size() == CHUNK) {
                finish();
            }
        }

        void finish() {
            write.accept(events);
            events.clear();
            rest();
        }
    }

    /** Brings the events of a month back into the log. @return what was read, when it is done */
    CompletableFuture<Archive> restore(YearMonth month) {
        Archive archive = find(month)
                .orElseThrow(() -> Kind.NOT_FOUND.because(
                        "The usage of " + month + " is not archived. GET /usage/archives lists what is."));
        return CompletableFuture.supplyAsync(
                () -> {
                    since = System.nanoTime();
                    restore(archive);
                    return archive;
                },
                thread);
    }

    private void restore(Archive archive) {
        ArchiveFile files = new ArchiveFile(log.get(), contracts);
        Path file = folder.path().resolve(archive.file());
        try {
            files.mustBeWhole(file, archive, this::rest);
        } catch (IllegalStateException e) {
            throw Kind.CONFLICT.because(e.getMessage());
        }
        Chunks back = new Chunks(log.get()::bringBack);
        archive.parts().values().forEach(part -> files.read(file, part, back::add));
        back.finish();
        log.get().state().markRestored(archive.month());
        LOG.info("The usage of {} is back: {} events", archive.month(), archive.events());
    }

    /** As long as it has worked since. */
    private void rest() {
        if (closing) {
            throw new CancellationException("The catalogue is stopping; ask for it again.");
        }
        LockSupport.parkNanos(System.nanoTime() - since);
        since = System.nanoTime();
    }

    /** Leaves what is being done; asked for again, it goes on. */
    @Override
    public void close() {
        closing = true;
        thread.shutdown();
        try {
            thread.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
