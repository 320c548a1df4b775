// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.apache.jena.graph.Node;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.rdf.Resources.Document;

/** What is kept of resources in memory. What is kept is the same object again; what is not is made anew. */
class ResourcesTest {
    private static final long BYTES = 20_000;

    @TempDir
    private Path folder;

    private Store store;
    private Resources resources;

    @BeforeEach
    void open() {
        store = Store.open(folder);
        resources = new Resources(store, new Documents(Bodies.CONTEXT), BYTES);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void put(Node resource, int letters) {
        store.write(view -> Change.of(resource, StoreTest.content(resource, "x".repeat(letters))));
    }

    private Document read(Node resource) {
        return resources.find(resource, Syntax.JSON).orElseThrow();
    }

    private static void awaitAtMost(long most, LongSupplier measure) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
        long measured = measure.getAsLong();
        while (measured > most) {
            assertThat(Instant.now()).as("still %s", measured).isBefore(deadline);
            measured = measure.getAsLong();
        }
    }

    @Test
    void a_document_is_kept_until_its_resource_is_written() {
        Node resource = StoreTest.node("a");
        put(resource, 1);
        Document first = read(resource);
        assertThat(read(resource)).isSameAs(first);
        put(StoreTest.node("b"), 1);
        assertThat(read(resource)).isSameAs(first);
        put(resource, 2);
        assertThat(read(resource)).isNotSameAs(first);
        assertThat(read(resource).revision()).isEqualTo(3);
    }

    @Test
    void few_large_documents_are_kept_or_many_small_ones() {
        List<Node> large =
                IntStream.range(0, 30).mapToObj(i -> StoreTest.node("r" + i)).toList();
        large.forEach(resource -> put(resource, 3_000));
        awaitAtMost(BYTES, () -> {
            List<Document> before = large.stream().map(this::read).toList();
            return IntStream.range(0, large.size())
                    .filter(i -> read(large.get(i)) == before.get(i))
                    .mapToLong(i -> before.get(i).content().length)
                    .sum();
        });
    }

    @Test
    void what_is_not_there_takes_no_room_from_what_is() {
        Node resource = StoreTest.node("a");
        put(resource, 1);
        Document kept = read(resource);
        for (int i = 0; i < 2_000; i++) {
            for (int again = 0; again < 5; again++) {
                assertThat(resources.find(StoreTest.node("missing" + i), Syntax.JSON))
                        .isEmpty();
            }
        }
        assertThat(read(resource)).isSameAs(kept);
    }
}
