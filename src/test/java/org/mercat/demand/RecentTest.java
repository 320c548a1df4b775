// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mercat.search.OfferingChange;
import org.mercat.search.OfferingChange.Type;
import org.mercat.search.Position;

/** Who listens to few of many events. */
class RecentTest {
    private static final int CAPACITY = 3;
    private final Recent<String> recent = new Recent<>(CAPACITY);
    private long revision;

    RecentTest() {
        recent.begin(Position.at(0, 0));
    }

    private void add(String key) {
        OfferingChange change = new OfferingChange("a/b/c", Type.CREATED, ++revision, Instant.ofEpochMilli(0), false);
        recent.add(key, change, key + revision);
    }

    private Optional<List<String>> since(String key, long last) {
        return recent.since(key, last, 10)
                .map(batch -> batch.entries().stream().map(Recent.Entry::event).toList());
    }

    @Test
    void what_others_are_told_takes_nothing_from_who_waits() {
        add("rare");
        for (int i = 0; i < 2 * CAPACITY; i++) {
            add("often");
        }
        assertThat(since("rare", 1)).contains(List.of());
        add("rare");
        assertThat(since("rare", 1)).contains(List.of("rare8"));
        assertThat(since("rare", 0)).as("the first one is not here any more").isEmpty();
    }

    @Test
    void who_has_come_less_far_than_what_is_here_must_look_elsewhere() {
        for (int i = 0; i < 2 * CAPACITY; i++) {
            add("often");
        }
        assertThat(since("often", CAPACITY)).contains(List.of("often4", "often5", "often6"));
        assertThat(since("often", CAPACITY - 1)).isEmpty();
        assertThat(recent.since("often", Position.at(2, 0), 10)).isEmpty();
        assertThat(recent.since("often", Position.at(CAPACITY, 0), 10)).isPresent();
    }

    @Test
    void the_end_of_a_key_ends_what_is_known_of_it() {
        for (int i = 0; i <= CAPACITY; i++) {
            add("often");
        }
        assertThat(since("often", 0)).isEmpty();
        recent.end("often");
        assertThat(since("often", 0)).contains(List.of("often2", "often3", "often4"));
    }
}
