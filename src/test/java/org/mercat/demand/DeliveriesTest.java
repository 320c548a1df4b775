// SPDX-License-Identifier: Apache-2.0
package org.mercat.demand;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.rdf.Change;
import org.mercat.rdf.Store;

class DeliveriesTest {
    private static final String DEMAND = "acme/app/x";

    @TempDir
    Path folder;

    private final BlockingQueue<Long> attempts = new LinkedBlockingQueue<>();
    private HttpServer receiver;
    private volatile int status = 500;
    private Store store;
    private Deliveries deliveries;

    @BeforeEach
    void open() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            int answer = status; // who sees the attempt may change it
            attempts.add(System.nanoTime());
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        receiver.start();
        start();
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
        store.write(view -> new Change(List.of(), List.of(Webhooks.replacement(DEMAND, Webhooks.Webhook.of(url)))));
    }

    private void start() {
        store = Store.open(folder);
        WebhookClient client = new WebhookClient(new Addresses(true), Duration.ofSeconds(5));
        List<Duration> delays = List.of(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(400));
        deliveries = new Deliveries(store, new Webhooks(store), client, delays, InstantSource.system());
        deliveries.start();
    }

    private void stop() {
        deliveries.close();
        store.close();
    }

    @AfterEach
    void close() {
        stop();
        receiver.stop(0);
    }

    private long attempt() throws InterruptedException {
        Long at = attempts.poll(20, TimeUnit.SECONDS);
        assertThat(at).as("an attempt").isNotNull();
        return at;
    }

    private List<Delivery> awaitDead(int count) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (deliveries.deadLetters(DEMAND).size() < count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return deliveries.deadLetters(DEMAND);
    }

    @Test
    void attempts_come_ever_later_and_then_it_is_dead() throws Exception {
        deliveries.send(DEMAND, "1/a", "{}");
        long first = attempt();
        long second = attempt();
        long third = attempt();
        long fourth = attempt();
        assertThat(TimeUnit.NANOSECONDS.toMillis(second - first)).isGreaterThanOrEqualTo(39);
        assertThat(TimeUnit.NANOSECONDS.toMillis(third - second)).isGreaterThanOrEqualTo(159);
        assertThat(TimeUnit.NANOSECONDS.toMillis(fourth - third)).isGreaterThanOrEqualTo(319);
        assertThat(awaitDead(1)).singleElement().satisfies(dead -> {
            assertThat(dead.attempts()).isEqualTo(4);
            assertThat(dead.event()).isEqualTo("1/a");
        });
        assertThat(attempts).isEmpty();
    }

    @Test
    void who_takes_it_late_has_it_and_nothing_is_left() throws Exception {
        deliveries.send(DEMAND, "1/a", "{}");
        attempt();
        status = 204;
        attempt();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (deliveries.waiting(DEMAND) > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(deliveries.waiting(DEMAND)).isZero();
        stop();
        start();
        assertThat(deliveries.waiting(DEMAND)).isZero();
        assertThat(deliveries.deadLetters(DEMAND)).isEmpty();
    }

    @Test
    void what_was_not_tried_before_a_stop_is_tried_after_it() throws Exception {
        deliveries.send(DEMAND, "1/a", "{}");
        stop();
        status = 204;
        start();
        attempt();
        assertThat(deliveries.deadLetters(DEMAND)).isEmpty();
    }

    @Test
    void a_receiver_that_takes_nothing_fills_no_disk() {
        receiver.stop(0);
        for (int i = 0; i < Deliveries.MOST + 100; i++) {
            deliveries.send(DEMAND, i + "/a", "{}");
        }
        assertThat(deliveries.waiting(DEMAND) + deliveries.deadLetters(DEMAND).size())
                .isEqualTo(Deliveries.MOST);
    }

    @Test
    void a_demand_without_a_webhook_sends_nothing() {
        deliveries.send("acme/app/y", "1/a", "{}");
        assertThat(deliveries.waiting("acme/app/y")).isZero();
    }
}
