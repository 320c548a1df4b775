// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The files that usage is kept in: a log-structured merge tree, for keys that come in no order by the million, in memory
 * that does not grow with them.
 *
 * @see <a href="https://rocksdb.org">RocksDB</a>
 */
final class UsageDatabase implements AutoCloseable {
    private static final long CACHE = 48L << 20;
    private static final long WRITE_BUFFER = 16L << 20;
    private static final int BLOCK = 16 << 10;
    private static final int BLOOM_BITS = 10;

    private final DBOptions options = new DBOptions();
    private final ColumnFamilyOptions columnOptions = new ColumnFamilyOptions();
    private final BloomFilter bloom = new BloomFilter(BLOOM_BITS);
    private final Cache cache = new LRUCache(CACHE);
    private final WriteOptions durable = new WriteOptions().setSync(true);
    private final RocksDB database;
    private final ColumnFamilyHandle state;
    private final ColumnFamilyHandle names;
    private final ColumnFamilyHandle keys;
    private final ColumnFamilyHandle events;
    private final ColumnFamilyHandle sums;

    /** Opens or creates it. @throws IllegalStateException if it cannot be used, saying what to mend */
    UsageDatabase(Path folder) {
        RocksDB.loadLibrary();
        options.setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setMaxBackgroundJobs(2)
                .setKeepLogFileNum(2)
                .setMaxTotalWalSize(4 * WRITE_BUFFER);
        columnOptions
                .setWriteBufferSize(WRITE_BUFFER)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setFilterPolicy(bloom)
                        .setBlockSize(BLOCK));
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (String name : List.of("default", "names", "keys", "events", "sums")) {
            descriptors.add(new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8), columnOptions));
        }
        List<ColumnFamilyHandle> columns = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            database = RocksDB.open(options, folder.toString(), descriptors, columns);
        } catch (RocksDBException e) {
            throw new IllegalStateException(
                    "The usage in " + folder + " cannot be opened: " + e.getMessage()
                            + ". Is another catalogue running on this folder?",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be made", e);
        }
        state = columns.get(0);
        names = columns.get(1);
        keys = columns.get(2);
        events = columns.get(3);
        sums = columns.get(4);
    }

    RocksDB rocks() {
        return database;
    }

    /** How far it has come: what is known by words. */
    ColumnFamilyHandle state() {
        return state;
    }

    /** Names by their numbers. */
    ColumnFamilyHandle names() {
        return names;
    }

    /** Addresses of events by the hashes of their keys. */
    ColumnFamilyHandle keys() {
        return keys;
    }

    /** Events by their addresses. */
    ColumnFamilyHandle events() {
        return events;
    }

    /** Sums of days by contract, month, day, side and metric. */
    ColumnFamilyHandle sums() {
        return sums;
    }

    /** Writes all or nothing, and returns when it is on disk. */
    void write(WriteBatch batch) throws RocksDBException {
        database.write(durable, batch);
    }

    @Override
    public void close() {
        for (ColumnFamilyHandle column : List.of(state, names, keys, events, sums)) {
            column.close();
        }
        database.close();
        durable.close();
        options.close();
        columnOptions.close();
        cache.close();
    }
}
