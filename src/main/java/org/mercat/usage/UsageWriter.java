// SPDX-License-Identifier: Apache-2.0
package org.mercat.usage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.mercat.usage.EventFormat.Sum;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes usage. What waits is written together: the disk is waited for once for all of it. Whether an
 * event is new is decided here, where nothing can come in between.
 */
final class UsageWriter {
    private static final Logger LOG = LoggerFactory.getLogger(UsageWriter.class);

    /** Of one write; more does not make it quicker. */
    private static final int MOST = 4_000;

    /** So long after its month was closed an event may come, counted in months before the open one. */
    static final int LATE_MONTHS = 2;

    private static final byte[] NEXT = "next".getBytes(StandardCharsets.UTF_8);

    private final UsageDatabase database;
    private final Dictionary names;
    private final EventFormat format;
    private final BlockingQueue<Task> tasks = new LinkedBlockingQueue<>();
    private final AtomicInteger backlog = new AtomicInteger();
    private final Thread thread = new Thread(this::run, "usage");
    private volatile Optional<YearMonth> closed;
    private volatile boolean isHealthy = true;
    private volatile boolean stopping;
    private long next;

    /** What waits. @param size how many events it counts as */
    private record Task(int size, Work work, CompletableFuture<List<Outcome>> done) {}

    /** What is to be done with what is written together. */
    @FunctionalInterface
    private interface Work {
        List<Outcome> in(Group group) throws RocksDBException;
    }

    UsageWriter(UsageDatabase database, Dictionary names, EventFormat format) {
        this.database = database;
        this.names = names;
        this.format = format;
        try {
            byte[] kept = database.rocks().get(database.state(), NEXT);
            next = kept == null ? 1 : ByteBuffer.wrap(kept).getLong();
            byte[] month = database.rocks().get(database.state(), UsageLog.CLOSED);
            closed = Optional.ofNullable(month).map(text -> YearMonth.parse(new String(text, StandardCharsets.UTF_8)));
        } catch (RocksDBException e) {
            throw UsageLog.unreadable(e);
        }
        thread.start();
    }

    /** What is added to a write. */
    @FunctionalInterface
    interface Direct {
        void in(WriteBatch batch) throws RocksDBException;
    }

    CompletableFuture<List<Outcome>> append(List<UsageEvent> events) {
        List<UsageEvent> all = List.copyOf(events);
        List<byte[]> hashes =
                all.stream().map(event -> EventFormat.hash(event.key())).toList();
        return submit(all.size(), group -> group.append(all, hashes));
    }

    CompletableFuture<List<Outcome>> close(YearMonth month) {
        return submit(1, group -> group.close(month));
    }

    /** Puts events back that are known already as they were, each once. @param isArchived whether their keys alone */
    CompletableFuture<List<Outcome>> load(List<Booked> events, boolean isArchived) {
        return submit(events.size(), group -> group.load(events, isArchived));
    }

    /** Writes something else, in its turn. @param size about how many events it is worth */
    CompletableFuture<List<Outcome>> write(int size, Direct work) {
        return submit(size, group -> {
            work.in(group.batch);
            return List.of();
        });
    }

    private synchronized CompletableFuture<List<Outcome>> submit(int size, Work work) {
        if (stopping) {
            return CompletableFuture.failedFuture(new IllegalStateException("The catalogue is stopping."));
        }
        Task task = new Task(size, work, new CompletableFuture<>());
        backlog.addAndGet(size);
        tasks.add(task);
        return task.done;
    }

    Optional<YearMonth> closed() {
        return closed;
    }

    int backlog() {
        return backlog.get();
    }

    boolean isHealthy() {
        return isHealthy;
    }

    private void run() {
        List<Task> taken = new ArrayList<>();
        while (!stopping || !tasks.isEmpty()) {
            try {
                taken.add(tasks.take());
            } catch (InterruptedException e) {
                continue; // stop() says so
            }
            int size = taken.get(0).size;
            while (size < MOST && tasks.peek() != null) {
                Task more = tasks.remove();
                taken.add(more);
                size += more.size;
            }
            write(taken);
            backlog.addAndGet(-size);
            taken.clear();
        }
    }

    private void write(List<Task> taken) {
        List<List<Outcome>> outcomes = new ArrayList<>();
        try (WriteBatch batch = new WriteBatch()) {
            Group group = new Group(batch);
            for (Task task : taken) {
                outcomes.add(task.work.in(group));
            }
            group.finish();
            database.write(batch);
            names.written();
            next = group.number;
            closed = group.closed;
            isHealthy = true;
        } catch (RocksDBException | RuntimeException e) {
            LOG.error("Usage cannot be written", e);
            isHealthy = false;
            taken.forEach(task -> task.done.completeExceptionally(e));
            return;
        }
        for (int i = 0; i < taken.size(); i++) {
            taken.get(i).done.complete(outcomes.get(i));
        }
    }

    /** Writes what waits. */
    void stop() {
        synchronized (this) {
            stopping = true;
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is written together, as far as it has come. */
    private final class Group {
        private final WriteBatch batch;
        private final Map<ByteBuffer, Booked> booked = new HashMap<>();
        private final Map<ByteBuffer, Sum> sums = new HashMap<>();
        private long number = next;
        private Optional<YearMonth> closed = UsageWriter.this.closed;

        Group(WriteBatch batch) {
            this.batch = batch;
        }

        List<Outcome> close(YearMonth month) throws RocksDBException {
            if (closed.isEmpty() || closed.get().isBefore(month)) {
                closed = Optional.of(month);
                batch.put(database.state(), UsageLog.CLOSED, month.toString().getBytes(StandardCharsets.UTF_8));
            }
            return List.of();
        }

        List<Outcome> append(List<UsageEvent> events, List<byte[]> hashes) throws RocksDBException {
            List<byte[]> found =
                    database.rocks().multiGetAsList(Collections.nCopies(hashes.size(), database.keys()), hashes);
            List<Outcome> outcomes = new ArrayList<>(events.size());
            for (int i = 0; i < events.size(); i++) {
                outcomes.add(append(events.get(i), hashes.get(i), found.get(i)));
            }
            return outcomes;
        }

        private Outcome append(UsageEvent event, byte[] hash, byte[] address) throws RocksDBException {
            if (address != null && ArchivedKey.is(address)) {
                return ArchivedKey.isOf(address, event)
                        ? new Outcome.Repeated(ArchivedKey.month(address))
                        : new Outcome.Contradicts(
                                "it says something else, and is archived with " + ArchivedKey.month(address));
            }
            Booked known = address == null
                    ? booked.get(ByteBuffer.wrap(hash))
                    : format.read(address, database.rocks().get(database.events(), address));
            if (known != null) {
                Optional<String> difference = event.differenceFrom(known.event());
                return difference.isPresent()
                        ? new Outcome.Contradicts(difference.get())
                        : new Outcome.Repeated(known.month());
            }
            YearMonth own = YearMonth.from(event.day());
            YearMonth open =
                    closed.map(last -> last.plusMonths(1)).filter(own::isBefore).orElse(own);
            if (own.isBefore(open.minusMonths(LATE_MONTHS))) {
                return new Outcome.TooLate(open.minusMonths(LATE_MONTHS));
            }
            book(new Booked(event, open, number++), hash, false);
            return new Outcome.Accepted(open);
        }

        List<Outcome> load(List<Booked> events, boolean isArchived) throws RocksDBException {
            for (Booked one : events) {
                byte[] hash = EventFormat.hash(one.event().key());
                if (database.rocks().get(database.keys(), hash) == null && !booked.containsKey(ByteBuffer.wrap(hash))) {
                    book(one, hash, isArchived);
                    number = Math.max(number, one.number() + 1);
                }
            }
            return List.of();
        }

        private void book(Booked book, byte[] hash, boolean isArchived) throws RocksDBException {
            UsageEvent event = book.event();
            int contract = names.number(event.contract());
            byte[] address = EventFormat.address(contract, book.month(), book.number());
            byte[] bytes = format.write(event);
            if (isArchived) {
                batch.put(database.keys(), hash, ArchivedKey.of(address, event));
            } else {
                batch.put(database.keys(), hash, address);
                batch.put(database.events(), address, bytes);
            }
            for (var quantity : event.quantities().entrySet()) {
                ByteBuffer sum = ByteBuffer.wrap(EventFormat.sumAddress(
                        contract, book.month(), event.day(), event.side(), names.number(quantity.getKey())));
                sums.put(sum, sum(sum).plus(quantity.getValue()));
            }
            booked.put(ByteBuffer.wrap(hash), book);
        }

        private Sum sum(ByteBuffer address) throws RocksDBException {
            Sum sum = sums.get(address);
            if (sum == null) {
                byte[] kept = database.rocks().get(database.sums(), address.array());
                sum = kept == null ? Sum.NOTHING : EventFormat.readSum(kept);
            }
            return sum;
        }

        void finish() throws RocksDBException {
            for (var sum : sums.entrySet()) {
                batch.put(database.sums(), sum.getKey().array(), EventFormat.write(sum.getValue()));
            }
            names.write(batch);
            batch.put(database.state(), NEXT, UsageLog.number(number));
        }
    }
}
