// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.rocksdb.RocksIterator;

/** What the log of usage keeps besides events and sums, under words: which months are archived, and calls of the API. */
final class UsageState {
    private static final String ARCHIVED = "archived/";
    private static final String CALLS = "calls/";

    private final UsageDatabase database;
    private final UsageWriter writer;
    private final Set<YearMonth> archived = ConcurrentHashMap.newKeySet();

    UsageState(UsageDatabase database, UsageWriter writer) {
        this.database = database;
        this.writer = writer;
        read(ARCHIVED, (month, nothing) -> archived.add(YearMonth.parse(month)));
    }

    /** The months whose events are in archives. */
    Set<YearMonth> archived() {
        return Collections.unmodifiableSet(archived);
    }

    /** From now on the events of a month are those of its archive. */
    void markArchived(YearMonth month) {
        writer.write(1, batch -> batch.put(database.state(), archivedKey(month), new byte[0]))
                .join();
        archived.add(month);
    }

    /** From now on the events of a month are those of the log. */
    void markRestored(YearMonth month) {
        writer.write(1, batch -> batch.delete(database.state(), archivedKey(month)))
                .join();
        archived.remove(month);
    }

    private static byte[] archivedKey(YearMonth month) {
        return (ARCHIVED + month).getBytes(StandardCharsets.UTF_8);
    }

    /** Adds calls that organizations have made in a month. */
    void addCalls(YearMonth month, Map<String, Long> more) {
        writer.write(more.size(), batch -> {
                    for (var one : more.entrySet()) {
                        byte[] key = (CALLS + month + "/" + one.getKey()).getBytes(StandardCharsets.UTF_8);
                        byte[] kept = database.rocks().get(database.state(), key);
                        long before = kept == null ? 0 : ByteBuffer.wrap(kept).getLong();
                        batch.put(database.state(), key, UsageLog.number(before + one.getValue()));
                    }
                })
                .join();
    }

    /** The calls of a month, by organization. */
    Map<String, Long> calls(YearMonth month) {
        Map<String, Long> calls = new TreeMap<>();
        read(
                CALLS + month + "/",
                (name, value) -> calls.put(name, ByteBuffer.wrap(value).getLong()));
        return calls;
    }

    /** The calls of all months. */
    Map<YearMonth, Map<String, Long>> callsByMonth() {
        Map<YearMonth, Map<String, Long>> all = new TreeMap<>();
        read(CALLS, (name, value) -> {
            String[] parts = name.split("/", 2);
            all.computeIfAbsent(YearMonth.parse(parts[0]), month -> new TreeMap<>())
                    .put(parts[1], ByteBuffer.wrap(value).getLong());
        });
        return all;
    }

    /** What is kept under words that begin so. @param taker of the rest of the word and its value */
    private void read(String prefix, BiConsumer<String, byte[]> taker) {
        byte[] begin = prefix.getBytes(StandardCharsets.UTF_8);
        try (RocksIterator found = database.rocks().newIterator(database.state())) {
            for (found.seek(begin); found.isValid(); found.next()) {
                String key = new String(found.key(), StandardCharsets.UTF_8);
                if (!key.startsWith(prefix)) {
                    return;
                }
                taker.accept(key.substring(prefix.length()), found.value());
            }
        }
    }
}
