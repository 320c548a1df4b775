// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.jena.graph.Node;
import org.mercat.rdf.Change;
import org.mercat.rdf.Change.Replacement;
import org.mercat.rdf.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to webhooks, each at least once. What is delivered at once never touches the disk; what has failed is in
 * the ledger until it is delivered or somebody deletes it. A receiver that is slow holds up nobody but itself.
 */
final class Deliveries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    /** Of one demand, waiting and dead together; what happens beyond that is not sent any more. */
    static final int MOST = 1_000;

    private static final int GONE = 410;
    private static final double JITTER = 0.2;

    private final Store store;
    private final Webhooks webhooks;
    private final WebhookClient client;
    private final List<Duration> delays;
    private final InstantSource clock;
    private final Lanes lanes = new Lanes();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "mercat-webhooks");
        thread.setDaemon(true);
        return thread;
    });
    private final ConcurrentMap<Long, Delivery> all = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean closing;

    /** @param delays before each attempt after the first, without jitter; after the last one it is dead */
    Deliveries(Store store, Webhooks webhooks, WebhookClient client, List<Duration> delays, InstantSource clock) {
        this.store = store;
        this.webhooks = webhooks;
        this.client = client;
        this.delays = List.copyOf(delays);
        this.clock = clock;
    }

    /** Goes on with what has failed before. */
    void start() {
        List<Node> graphs = store.readLedger(database -> {
            List<Node> found = new ArrayList<>();
            database.listGraphNodes().forEachRemaining(found::add);
            return found;
        });
        numbers.set(clock.millis());
        for (Node graph : graphs) {
            if (Delivery.isDelivery(graph)) {
                Delivery delivery = Delivery.of(graph, store.ledgerGraph(graph));
                numbers.accumulateAndGet(delivery.number(), Math::max);
                keep(delivery);
                schedule(delivery);
            }
        }
    }

    /** Sends an event, if the demand has a webhook. */
    void send(String demand, String event, String body) {
        if (webhooks.of(demand).isEmpty()) {
            return;
        }
        if (count(demand).get() >= MOST) {
            LOG.warn("{} of demand {} is not sent: {} events wait already", event, demand, MOST);
            return;
        }
        long now = clock.millis();
        Delivery delivery = new Delivery(numbers.incrementAndGet(), demand, event, body, now, 0, "", now);
        keep(delivery);
        schedule(delivery);
    }

    private AtomicInteger count(String demand) {
        return counts.computeIfAbsent(demand, d -> new AtomicInteger());
    }

    private void keep(Delivery delivery) {
        if (all.put(delivery.number(), delivery) == null) {
            count(delivery.demand()).incrementAndGet();
        }
    }

    private void forget(Delivery delivery) {
        if (all.remove(delivery.number()) != null) {
            count(delivery.demand()).decrementAndGet();
        }
    }

    private void schedule(Delivery delivery) {
        long wait = delivery.next() - clock.millis();
        if (delivery.isDead() || closing) {
            return;
        }
        if (wait <= 0) {
            enqueue(delivery);
        } else {
            timer.schedule(() -> enqueue(delivery), wait, TimeUnit.MILLISECONDS);
        }
    }

    private void enqueue(Delivery delivery) {
        webhooks.of(delivery.demand())
                .ifPresentOrElse(webhook -> lanes.add(webhook.url(), () -> attempt(delivery)), () -> drop(delivery));
    }

    private void drop(Delivery delivery) {
        forget(delivery);
        if (delivery.attempts() > 0) {
            write(delivery.removal());
        }
    }

    private void attempt(Delivery delivery) {
        Optional<Webhooks.Webhook> webhook = webhooks.of(delivery.demand());
        if (closing || all.get(delivery.number()) != delivery) {
            return; // for the next start, or deleted, or under way again
        }
        if (webhook.isEmpty()) {
            drop(delivery);
            return;
        }
        boolean gone = false;
        String failure;
        try {
            int status = client.post(
                    webhook.get().url(),
                    headers(delivery, webhook.get()),
                    delivery.body().getBytes(StandardCharsets.UTF_8));
            if (status >= 200 && status < 300) {
                drop(delivery);
                return;
            }
            gone = status == GONE;
            failure = "It answered " + status + ".";
        } catch (IOException | RuntimeException e) {
            failure = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
        failed(delivery, failure, gone || delivery.attempts() >= delays.size());
    }

    private Map<String, String> headers(Delivery delivery, Webhooks.Webhook webhook) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Mercat-Event-Id", delivery.event());
        headers.put("Mercat-Signature", webhook.signature(clock.millis() / 1_000, delivery.body()));
        return headers;
    }

    private void failed(Delivery delivery, String failure, boolean dead) {
        long next = dead
                ? Delivery.NEVER
                : clock.millis() + jittered(delays.get(delivery.attempts()).toMillis());
        Delivery again = delivery.failed(failure, next);
        if (all.replace(delivery.number(), delivery, again)) {
            write(again.replacement());
            schedule(again);
        }
    }

    private static long jittered(long millis) {
        return (long) (millis * ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER));
    }

    private void write(Replacement replacement) {
        store.submit(List.of(view -> new Change(List.of(), List.of(replacement))))
                .get(0)
                .exceptionally(thrown -> {
                    LOG.error("The state of a delivery could not be written", thrown);
                    return 0L;
                });
    }

    /** What has been tried in vain for the last time, the oldest first. */
    List<Delivery> deadLetters(String demand) {
        return all.values().stream()
                .filter(delivery -> delivery.demand().equals(demand) && delivery.isDead())
                .sorted(Comparator.comparingLong(Delivery::number))
                .toList();
    }

    /** What is still to be delivered. */
    long waiting(String demand) {
        return all.values().stream()
                .filter(delivery -> delivery.demand().equals(demand) && !delivery.isDead())
                .count();
    }

    /** Why the newest of those that have failed did. */
    Optional<String> lastFailure(String demand) {
        return all.values().stream()
                .filter(delivery -> delivery.demand().equals(demand) && delivery.attempts() > 0)
                .max(Comparator.comparingLong(Delivery::number))
                .map(Delivery::failure);
    }

    /** Tries a dead letter again, as if it were new. @return whether there is one of that number */
    boolean retry(String demand, long number) {
        Optional<Delivery> dead = dead(demand, number);
        dead.ifPresent(delivery -> {
            Delivery again = delivery.revived(clock.millis());
            if (all.replace(number, delivery, again)) {
                store.write(view -> new Change(List.of(), List.of(again.replacement())));
                schedule(again);
            }
        });
        return dead.isPresent();
    }

    /** Deletes a dead letter. @return whether there was one of that number */
    boolean delete(String demand, long number) {
        Optional<Delivery> dead = dead(demand, number);
        dead.ifPresent(delivery -> {
            forget(delivery);
            store.write(view -> new Change(List.of(), List.of(delivery.removal())));
        });
        return dead.isPresent();
    }

    private Optional<Delivery> dead(String demand, long number) {
        return Optional.ofNullable(all.get(number))
                .filter(delivery -> delivery.demand().equals(demand) && delivery.isDead());
    }

    /** Forgets all of a demand that is no more. */
    void removeAll(String demand) {
        for (Delivery delivery : all.values()) {
            if (delivery.demand().equals(demand)) {
                forget(delivery);
                write(delivery.removal());
            }
        }
        counts.remove(demand);
    }

    /** Whether all was tried once at least, and what failed is kept. */
    boolean isIdle() {
        return all.values().stream().allMatch(delivery -> delivery.attempts() > 0);
    }

    /** Writes down what was not tried, for the next start. */
    @Override
    public void close() {
        closing = true;
        timer.shutdownNow();
        lanes.close();
        all.values().stream()
                .filter(delivery -> delivery.attempts() == 0)
                .forEach(delivery -> write(delivery.replacement()));
    }
}
