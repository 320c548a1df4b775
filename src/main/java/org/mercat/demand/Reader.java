// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mercat.http.EventStreams;
import org.mercat.http.ServerEvent;
import org.mercat.search.OfferingChange;
import org.mercat.search.OfferingChanges.Page;
import org.mercat.search.OfferingChanges.Step;
import org.mercat.search.Position;

/**
 * One listener's way through the events of a key: what it missed as the index has it, the newest as they come. For one
 * thread at a time.
 */
final class Reader<E> implements EventStreams.Source {
    private static final int AT_A_TIME = 100;
    private static final long NONE = -1;

    private final Recent<E> recent;
    private final String key;
    private final Source<E> source;
    private Position position;
    private long last = NONE;

    /** What events are made of. */
    interface Source<E> {
        /** What one who has come so far has missed. */
        Page missed(Position from, int limit);

        /** What is said of a change that the index tells. */
        E event(Step step);

        /** As it is sent to one who then has come so far. */
        ServerEvent send(OfferingChange change, E event, Position position);
    }

    Reader(Recent<E> recent, String key, Position from, Source<E> source) {
        this.recent = recent;
        this.key = key;
        this.position = from;
        this.source = source;
    }

    @Override
    public String position() {
        return position.toString();
    }

    @Override
    public List<ServerEvent> next() {
        Optional<Recent.Batch<E>> batch = last == NONE ? Optional.empty() : recent.since(key, last, AT_A_TIME);
        if (batch.isEmpty()) {
            batch = recent.since(key, position, AT_A_TIME);
        }
        if (batch.isPresent()) {
            last = batch.get().newest();
            return sent(batch.get().entries(), Recent.Entry::change, Recent.Entry::event);
        }
        last = NONE;
        Page missed = source.missed(position, AT_A_TIME);
        List<ServerEvent> events = sent(missed.steps(), Step::change, source::event);
        position = missed.position();
        return events.isEmpty() && !missed.more() ? nextOfRecent() : events;
    }

    /** Just now nothing was missed. */
    private List<ServerEvent> nextOfRecent() {
        return recent.since(key, position, AT_A_TIME)
                .map(batch -> {
                    last = batch.newest();
                    return sent(batch.entries(), Recent.Entry::change, Recent.Entry::event);
                })
                .orElse(List.of());
    }

    private <T> List<ServerEvent> sent(List<T> found, Function<T, OfferingChange> change, Function<T, E> event) {
        List<ServerEvent> events = new ArrayList<>();
        for (T one : found) {
            if (!position.covers(change.apply(one))) { // what was committed before it began may be told after that
                position = position.told(change.apply(one));
                events.add(source.send(change.apply(one), event.apply(one), position));
            }
        }
        return events;
    }
}
