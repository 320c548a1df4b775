// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.mercat.contract.Contracts;
import org.mercat.http.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of archived usage, and the events in them as the log reads them. */
final class ArchiveFolder implements UsageLog.Archived {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveFolder.class);
    private static final String INDEX = ".json";

    /** Events that are kept in memory, and so many of one contract and month at most. */
    private static final long MOST_KEPT = 50_000;

    private final Path folder;
    private final Supplier<UsageLog> log;
    private final Contracts contracts;
    private final Cache<Where, List<Booked>> read = Caffeine.newBuilder()
            .maximumWeight(MOST_KEPT)
            .weigher((Where where, List<Booked> events) -> 1 + events.size())
            .build();
    private final Map<YearMonth, Index> indexes = new ConcurrentHashMap<>();

    /** @param time of its file */
    private record Index(Archive archive, FileTime time) {}

    private record Where(String contract, YearMonth month) {}

    ArchiveFolder(Path folder, Supplier<UsageLog> log, Contracts contracts) {
        this.folder = folder;
        this.log = log;
        this.contracts = contracts;
    }

    Path path() {
        return folder;
    }

    Path file(YearMonth month) {
        return folder.resolve(month + ArchiveFile.ENDING);
    }

    Path index(YearMonth month) {
        return folder.resolve(month + INDEX);
    }

    /** The archive of a month; empty if its events are in the log, or nowhere. */
    Optional<Archive> find(YearMonth month) {
        if (!log.get().state().archived().contains(month)) {
            return Optional.empty();
        }
        try {
            FileTime time = Files.getLastModifiedTime(index(month));
            Index known = indexes.get(month);
            if (known == null || !known.time.equals(time)) {
                known = new Index(Archive.read(index(month)), time);
                indexes.put(month, known);
            }
            return Optional.of(known.archive);
        } catch (IOException e) {
            throw missing(month, index(month).getFileName().toString(), e);
        }
    }

    /** The log says where the file should be; who asks need not know. */
    private static RuntimeException missing(YearMonth month, String file, Exception e) {
        LOG.error("The archive of {} cannot be read", month, e);
        return Kind.UNAVAILABLE.because("The usage of " + month + " is archived, and " + file
                + " cannot be read: the operator finds the cause in the log, and brings the file back.");
    }

    /** All, the newest first. */
    List<Archive> all() {
        return log.get().state().archived().stream()
                .sorted(Comparator.reverseOrder())
                .flatMap(month -> find(month).stream())
                .toList();
    }

    @Override
    public void events(String contract, YearMonth month, long after, int most, Consumer<Booked> taker) {
        Archive archive = find(month).orElseThrow();
        Archive.Part part = archive.parts().get(contract);
        if (part != null) {
            try {
                events(archive, part, new Where(contract, month), after, most, taker);
            } catch (IllegalStateException e) {
                throw missing(month, archive.file(), e);
            }
        }
    }

    private void events(Archive archive, Archive.Part part, Where where, long after, int most, Consumer<Booked> taker) {
        ArchiveFile files = new ArchiveFile(log.get(), contracts);
        Path file = folder.resolve(archive.file());
        if (part.events() > MOST_KEPT) {
            List<Booked> page = new ArrayList<>();
            files.read(file, part, booked -> {
                if (booked.number() > after && page.size() < most) {
                    page.add(booked);
                }
            });
            page.forEach(taker);
            return;
        }
        read
                .get(where, its -> {
                    List<Booked> all = new ArrayList<>();
                    files.read(file, part, all::add);
                    return List.copyOf(all);
                })
                .stream()
                .filter(booked -> booked.number() > after)
                .limit(most)
                .forEach(taker);
    }
}
