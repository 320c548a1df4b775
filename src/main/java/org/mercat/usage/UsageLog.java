// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.mercat.usage.UsageEvent.Key;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * All usage events, each once, and the sums of their days. An event, its key and what it adds to the sums are written
 * together or not at all, and on disk before its reporter is answered. For any number of threads.
 */
public final class UsageLog implements AutoCloseable {
    static final byte[] CLOSED = "closed".getBytes(StandardCharsets.UTF_8);

    private final UsageDatabase database;
    private final Dictionary names;
    private final EventFormat format;
    private final UsageWriter writer;
    private final UsageState state;
    private volatile Archived archives = (contract, month, after, most, taker) -> {
        throw new IllegalStateException("The usage of " + month + " is archived.");
    };

    private UsageLog(Path folder) {
        this.database = new UsageDatabase(folder);
        this.names = new Dictionary(database.rocks(), database.names());
        this.format = new EventFormat(names);
        this.writer = new UsageWriter(database, names, format);
        this.state = new UsageState(database, writer);
    }

    /** Opens or creates the log in a folder. @throws IllegalStateException if it cannot be used, saying what to mend */
    public static UsageLog open(Path folder) {
        return new UsageLog(folder);
    }

    /**
     * Puts events on record.
     *
     * @return for each what became of it, once that is on disk; fails if it cannot be written, and then nothing is
     */
    public CompletableFuture<List<Outcome>> append(List<UsageEvent> events) {
        return writer.append(events);
    }

    /** Closes a month and all before it: later events of them go to the next one. Nothing if it is closed. */
    public void close(YearMonth month) {
        writer.close(month).join();
    }

    /** The last month that was closed. */
    public Optional<YearMonth> closed() {
        return writer.closed();
    }

    /** The event with that key, if it is on record and not archived. */
    public Optional<Booked> find(Key key) {
        try {
            byte[] address = database.rocks().get(database.keys(), EventFormat.hash(key));
            return address == null || ArchivedKey.is(address)
                    ? Optional.empty()
                    : Optional.of(format.read(address, database.rocks().get(database.events(), address)));
        } catch (RocksDBException e) {
            throw unreadable(e);
        }
    }

    /** The sums of the days that are charged to a month of a contract, by day; of a late event its own day. */
    public List<DayTotal> totals(String contract, YearMonth month) {
        List<DayTotal> totals = new ArrayList<>();
        scan(
                database.sums(),
                contract,
                month,
                0,
                (key, value) -> totals.add(format.readTotal(key, value)),
                Integer.MAX_VALUE);
        return totals;
    }

    /**
     * The events that are charged to a month of a contract, in the order in which they came; of a month that was archived
     * out of its archive.
     *
     * @param after the number of the last one that is known
     * @param most that are wanted
     * @throws IllegalStateException if the archive cannot be read, saying where it should be
     */
    public void events(String contract, YearMonth month, long after, int most, Consumer<Booked> taker) {
        if (state.archived().contains(month)) {
            archives.events(contract, month, after, most, taker);
        } else {
            logged(contract, month, after, most, taker);
        }
    }

    /** The events that are in the log itself, as {@link #events} has them. */
    void logged(String contract, YearMonth month, long after, int most, Consumer<Booked> taker) {
        scan(
                database.events(),
                contract,
                month,
                after + 1,
                (key, value) -> taker.accept(format.read(key, value)),
                most);
    }

    /** Where events are that were archived. */
    @FunctionalInterface
    interface Archived {
        void events(String contract, YearMonth month, long after, int most, Consumer<Booked> taker);
    }

    /** What it keeps besides events and sums. */
    UsageState state() {
        return state;
    }

    void readArchivesFrom(Archived source) {
        archives = source;
    }

    /** Takes events out of the log that are in an archive; that they were there stays, and their sums. */
    void remove(List<Booked> events) {
        writer.write(events.size(), batch -> {
                    for (Booked one : events) {
                        byte[] address = addressOf(one);
                        batch.put(
                                database.keys(),
                                EventFormat.hash(one.event().key()),
                                ArchivedKey.of(address, one.event()));
                        batch.delete(database.events(), address);
                    }
                })
                .join();
    }

    /** Brings events back into the log that {@link #remove} took out. */
    void bringBack(List<Booked> events) {
        writer.write(events.size(), batch -> {
                    for (Booked one : events) {
                        byte[] address = addressOf(one);
                        batch.put(database.keys(), EventFormat.hash(one.event().key()), address);
                        batch.put(database.events(), address, format.write(one.event()));
                    }
                })
                .join();
    }

    private byte[] addressOf(Booked one) {
        return EventFormat.address(names.number(one.event().contract()), one.month(), one.number());
    }

    /** Puts events of another log on record, with their sums, each once. @param areArchived whether their keys alone */
    void load(List<Booked> events, boolean areArchived) {
        writer.load(events, areArchived).join();
    }

    /** Names of which some are ids of contracts; all contracts with usage are among them. */
    List<String> names() {
        return names.all();
    }

    /** All months to which something is charged. */
    SortedSet<YearMonth> months() {
        SortedSet<YearMonth> months = new TreeSet<>();
        try (RocksIterator found = database.rocks().newIterator(database.sums())) {
            for (found.seekToFirst(); found.isValid(); found.next()) {
                months.add(EventFormat.month(ByteBuffer.wrap(found.key()).getInt(Integer.BYTES)));
            }
        }
        return months;
    }

    private void scan(
            ColumnFamilyHandle column,
            String contract,
            YearMonth month,
            long from,
            BiConsumer<byte[], byte[]> taker,
            int most) {
        OptionalInt number = names.find(contract);
        if (number.isEmpty()) {
            return;
        }
        byte[] end = EventFormat.prefix(number.getAsInt(), month.plusMonths(1));
        try (Slice until = new Slice(end);
                ReadOptions options = new ReadOptions().setIterateUpperBound(until);
                RocksIterator found = database.rocks().newIterator(column, options)) {
            found.seek(
                    from == 0
                            ? EventFormat.prefix(number.getAsInt(), month)
                            : EventFormat.address(number.getAsInt(), month, from));
            for (int left = most; left > 0 && found.isValid(); left--) {
                taker.accept(found.key(), found.value());
                found.next();
            }
            found.status();
        } catch (RocksDBException e) {
            throw unreadable(e);
        }
    }

    static IllegalStateException unreadable(RocksDBException e) {
        return new IllegalStateException("The usage cannot be read: " + e.getMessage(), e);
    }

    /** How many events wait to be written. */
    public int backlog() {
        return writer.backlog();
    }

    /** Whether the last write went well. */
    public boolean isHealthy() {
        return writer.isHealthy();
    }

    /** Bytes on disk. */
    public long size() {
        try {
            long size = 0;
            for (ColumnFamilyHandle column :
                    List.of(database.keys(), database.events(), database.sums(), database.names())) {
                size += database.rocks().getLongProperty(column, "rocksdb.total-sst-files-size");
            }
            return size;
        } catch (RocksDBException e) {
            throw unreadable(e);
        }
    }

    /** Writes what waits, and closes the files. */
    @Override
    public void close() {
        writer.stop();
        database.close();
    }

    static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
