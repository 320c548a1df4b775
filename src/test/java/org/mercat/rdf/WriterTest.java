// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.jena.sparql.core.DatasetGraphWrapper;
import org.apache.jena.tdb2.sys.TDBInternal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command gets an answer, whatever becomes of the writer, and none waits behind others without need. */
class WriterTest {
    private static final String CLOSED = new RejectedExecutionException("The store is closed").toString();

    @TempDir
    private Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Holds the writer until it is released, so that what is submitted meanwhile waits. */
    private CountDownLatch hold() {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        store.submit(List.of(view -> {
            held.countDown();
            StoreTest.await(release);
            return Change.NONE;
        }));
        StoreTest.await(held);
        return release;
    }

    /** What a command was refused with, empty if it was done; fails if it is never answered. */
    private static String answer(CompletableFuture<Long> future) {
        try {
            future.get(30, TimeUnit.SECONDS);
            return "";
        } catch (ExecutionException e) {
            return e.getCause().toString();
        } catch (TimeoutException | InterruptedException e) {
            throw new AssertionError("A command was never answered", e);
        }
    }

    private static List<String> answers(List<CompletableFuture<Long>> futures) {
        return futures.stream().map(WriterTest::answer).toList();
    }

    @Test
    void a_writer_that_is_interrupted_answers_what_still_waits() {
        CountDownLatch release = hold();
        List<Command> commands = new ArrayList<>(Collections.nCopies(3_000, view -> Change.NONE));
        commands.set(0, view -> {
            Thread.currentThread().interrupt();
            return Change.NONE;
        });
        List<CompletableFuture<Long>> futures = store.submit(commands);
        release.countDown();
        assertThat(answers(futures)).startsWith("").endsWith(CLOSED).containsOnly("", CLOSED);
        assertThat(answer(store.submit(List.of(StoreTest.put("late", "1"))).get(0)))
                .isEqualTo(CLOSED);
        assertThat(store.isHealthy()).isFalse();
    }

    @Test
    void a_database_that_breaks_under_a_transaction_is_an_answer_to_each_of_its_commands() {
        CountDownLatch release = hold();
        List<CompletableFuture<Long>> before = store.submit(
                IntStream.range(0, 5).mapToObj(i -> StoreTest.put("r" + i, "v")).toList());
        TDBInternal.expel(((DatasetGraphWrapper) store.readOnlyCatalogue()).getWrapped(), true);
        release.countDown();
        assertThat(answers(before)).hasSize(5).doesNotContain("");
        assertThat(store.isHealthy()).isFalse();
        List<CompletableFuture<Long>> after = store.submit(List.of(StoreTest.put("a", "1"), StoreTest.put("b", "1")));
        assertThat(answers(after))
                .hasSize(2)
                .allSatisfy(refused -> assertThat(refused).isNotEmpty().doesNotContain("RejectedExecutionException"));
    }

    @Test
    void many_writes_of_one_resource_do_not_keep_others_out() {
        AtomicBoolean enough = new AtomicBoolean();
        Command again = view -> {
            if (enough.get()) {
                throw new IllegalArgumentException("enough");
            }
            return StoreTest.put("a", "1").decide(view);
        };
        CountDownLatch release = hold();
        List<Command> commands = new ArrayList<>(Collections.nCopies(1_100, again));
        commands.add(StoreTest.put("b", "1"));
        List<CompletableFuture<Long>> futures = store.submit(commands);
        release.countDown();
        long revision = futures.get(1_100).orTimeout(30, TimeUnit.SECONDS).join();
        enough.set(true);
        assertThat(revision).as("batches until the other one had its turn").isLessThan(10);
        assertThat(answers(futures)).startsWith("").contains("java.lang.IllegalArgumentException: enough");
    }

    @Test
    void whoever_writes_while_it_closes_is_answered_and_what_is_answered_well_is_there() throws Exception {
        CountDownLatch started = new CountDownLatch(8);
        List<Queue<String>> done = new ArrayList<>();
        List<Queue<String>> refused = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
            Queue<String> mine = new ConcurrentLinkedQueue<>();
            Queue<String> last = new ConcurrentLinkedQueue<>();
            done.add(mine);
            refused.add(last);
            threads.add(new Thread(() -> {
                while (last.isEmpty()) {
                    String resource = name + mine.size();
                    String answer = answer(
                            store.submit(List.of(StoreTest.put(resource, "1"))).get(0));
                    (answer.isEmpty() ? mine : last).add(answer.isEmpty() ? resource : answer);
                    started.countDown();
                }
            }));
        }
        threads.forEach(Thread::start);
        StoreTest.await(started);
        store.close();
        for (Thread thread : threads) {
            thread.join(60_000);
        }
        assertThat(refused).allSatisfy(last -> assertThat(last).containsExactly(CLOSED));
        store = Store.open(folder);
        assertThat(done.stream().flatMap(Queue::stream)).isNotEmpty().allMatch(this::isThere);
    }

    private boolean isThere(String name) {
        return store.read(catalogue -> catalogue.containsGraph(StoreTest.node(name)));
    }
}
