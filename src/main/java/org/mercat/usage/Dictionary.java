// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Numbers for names that come again and again: those of contracts, of clients and of metrics, of which a catalogue has
 * some ten thousands. Only the thread that writes gives new ones, which become durable with what uses them.
 */
final class Dictionary {
    private final ColumnFamilyHandle column;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> fresh = new ArrayList<>();

    Dictionary(RocksDB database, ColumnFamilyHandle column) {
        this.column = column;
        try (RocksIterator all = database.newIterator(column)) {
            for (all.seekToFirst(); all.isValid(); all.next()) {
                keep(new String(all.value(), StandardCharsets.UTF_8));
            }
        }
    }

    private void keep(String name) {
        synchronized (names) {
            numbers.put(name, names.size());
            names.add(name);
        }
    }

    /** The number of a name, a new one if it has none. */
    int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            keep(name);
            fresh.add(name);
            number = numbers.get(name);
        }
        return number;
    }

    /** The number of a name, if it has one. */
    OptionalInt find(String name) {
        Integer number = numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /** All names, by their numbers. */
    List<String> all() {
        synchronized (names) {
            return List.copyOf(names);
        }
    }

    String name(int number) {
        synchronized (names) {
            return names.get(number);
        }
    }

    /** Writes what was given since {@link #written}. */
    void write(WriteBatch batch) throws RocksDBException {
        for (String name : fresh) {
            byte[] key =
                    ByteBuffer.allocate(Integer.BYTES).putInt(numbers.get(name)).array();
            batch.put(column, key, name.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** What {@link #write} wrote is durable. */
    void written() {
        fresh.clear();
    }
}
