// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mercat.search.OfferingChange;
import org.mercat.search.Position;

/**
 * The newest events, in memory, from which all listen who have not fallen behind: none of them has a queue of its own.
 * Who has, reads from the index what he missed. For any number of threads.
 *
 * @param <E> what an event says beside the change
 */
final class Recent<E> {
    private final int capacity;
    private final Deque<Entry<E>> all = new ArrayDeque<>();
    private final Map<String, Deque<Entry<E>>> byKey = new HashMap<>();
    /** Number of the newest event of each key that is not here any more. */
    private final Map<String, Long> forgotten = new HashMap<>();

    private long number;
    /** Who was told less has missed something that is not here any more. */
    private Position begin = Position.at(Long.MAX_VALUE, Long.MAX_VALUE);

    /** @param number of the event, greater than those before it */
    record Entry<E>(long number, String key, OfferingChange change, E event) {}

    Recent(int capacity) {
        this.capacity = capacity;
    }

    /** From now on all that happens after a position is told here. */
    synchronized void begin(Position position) {
        begin = position;
    }

    /** Takes an event for those who listen to a key; of all keys together they come in order. */
    synchronized void add(String key, OfferingChange change, E event) {
        Entry<E> entry = new Entry<>(++number, key, change, event);
        all.add(entry);
        byKey.computeIfAbsent(key, k -> new ArrayDeque<>()).add(entry);
        if (all.size() > capacity) {
            Entry<E> oldest = all.remove();
            begin = begin.told(oldest.change);
            forgotten.put(oldest.key, oldest.number);
            Deque<Entry<E>> its = byKey.get(oldest.key);
            its.remove();
            if (its.isEmpty()) {
                byKey.remove(oldest.key);
            }
        }
    }

    /**
     * The next events of a key.
     *
     * @param newest number of the newest event that was read, of whatever key
     */
    record Batch<E>(List<Entry<E>> entries, long newest) {}

    /** The next ones that one who has come so far was not told; empty if something is not here any more. */
    synchronized Optional<Batch<E>> since(String key, Position position, int most) {
        return position.covers(begin)
                ? Optional.of(batch(
                        its(key).stream()
                                .filter(entry -> !position.covers(entry.change))
                                .toList(),
                        most))
                : Optional.empty();
    }

    /** Nobody will ask for a key any more. */
    synchronized void end(String key) {
        forgotten.remove(key);
    }

    /** The next ones with a greater number; empty if one of them is not here any more. */
    synchronized Optional<Batch<E>> since(String key, long last, int most) {
        if (last < forgotten.getOrDefault(key, 0L)) {
            return Optional.empty();
        }
        LinkedList<Entry<E>> found = new LinkedList<>();
        Iterator<Entry<E>> newest = its(key).descendingIterator();
        while (newest.hasNext()) {
            Entry<E> entry = newest.next();
            if (entry.number <= last) {
                break;
            }
            found.addFirst(entry);
        }
        return Optional.of(batch(found, most));
    }

    private Deque<Entry<E>> its(String key) {
        return byKey.getOrDefault(key, new ArrayDeque<>());
    }

    private Batch<E> batch(List<Entry<E>> found, int most) {
        return found.size() <= most
                ? new Batch<>(List.copyOf(found), number)
                : new Batch<>(List.copyOf(found.subList(0, most)), found.get(most - 1).number);
    }
}
