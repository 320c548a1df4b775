// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Demands whose events are sent to the consumer's own server. */
class DemandWebhooksTest {
    private static final String PATH = "/demands/acme/app/";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static TestServer.Client consumer() {
        return SERVER.as(TestServer.APP);
    }

    /** @return the answer to the registration of a demand for a word */
    private static Answer demand(String word, String webhook) {
        return consumer()
                .json(
                        "PUT",
                        PATH + word,
                        "{\"consumer\": \"acme/app\", \"title\": \"" + word + "\", \"search\": {\"text\": \"" + word
                                + "\"}, \"webhook\": \"" + webhook + "\"}");
    }

    private static String offer(String name, String word) {
        String id = "acme/parking/" + name;
        ObjectNode offering = Offerings.small(id);
        offering.putObject("title").put("en", word);
        Answer answer = SERVER.as(TestServer.PARKING).json("PUT", Offerings.pathOf(id), offering.toString());
        assertThat(answer.status()).as("%s", answer).isIn(200, 201);
        return id;
    }

    private static JsonNode deadLetters(String word) {
        return consumer().get(PATH + word + "/dead-letters").mustBe(200).json().path("deadLetters");
    }

    /** Waits until there is a dead letter. */
    private static JsonNode awaitDeadLetter(String word) {
        Instant end = Instant.now().plusSeconds(20);
        while (deadLetters(word).isEmpty() && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        assertThat(deadLetters(word)).hasSize(1);
        return deadLetters(word).get(0);
    }

    @Test
    void an_event_is_posted_and_signed_with_the_secret_that_was_shown_once() throws Exception {
        try (Receiver receiver = new Receiver()) {
            JsonNode shown = demand("ibex", receiver.url()).mustBe(201).json();
            String secret = shown.path("webhookSecret").asText();
            assertThat(secret).startsWith("mcw_").hasSizeGreaterThan(40);
            assertThat(shown.path("webhook").asText()).isEqualTo(receiver.url());
            String id = offer("ibex", "Ibex");
            Receiver.Delivered delivered = receiver.next();
            assertThat(delivered.method()).isEqualTo("POST");
            assertThat(delivered.path()).isEqualTo("/events?key=1");
            assertThat(delivered.contentType()).isEqualTo("application/json");
            assertThat(delivered.brief()).isEqualTo("matched " + id);
            assertThat(delivered.json().path("id").asText()).isEqualTo(delivered.event());
            assertThat(delivered.event())
                    .isEqualTo(delivered.json().path("revision").asText() + "/" + id);
            String seconds = delivered.signature().replaceFirst("t=(\\d+),.*", "$1");
            assertThat(Instant.ofEpochSecond(Long.parseLong(seconds)))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signed = mac.doFinal((seconds + "." + delivered.body()).getBytes(StandardCharsets.UTF_8));
            assertThat(delivered.signature())
                    .isEqualTo("t=" + seconds + ",v1=" + HexFormat.of().formatHex(signed));
        }
    }

    @Test
    void neither_address_nor_secret_is_ever_public() {
        try (Receiver receiver = new Receiver()) {
            String secret = demand("lynx", receiver.url())
                    .mustBe(201)
                    .json()
                    .path("webhookSecret")
                    .asText();
            for (Answer answer : Set.of(
                    consumer().get(PATH + "lynx"),
                    consumer().get(PATH + "lynx", "text/turtle"),
                    consumer().get("/demands?limit=100"),
                    consumer()
                            .with("Accept", "text/turtle")
                            .send(
                                    "POST",
                                    "/sparql",
                                    "application/sparql-query",
                                    "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER (CONTAINS(STR(?s), \"demands\")) }"))) {
                assertThat(answer.mustBe(200).text())
                        .contains("lynx")
                        .doesNotContain(receiver.url())
                        .doesNotContain(secret);
            }
            assertThat(consumer()
                            .get(PATH + "lynx/webhook")
                            .mustBe(200)
                            .json()
                            .path("url")
                            .asText())
                    .isEqualTo(receiver.url());
            assertThat(consumer().get(PATH + "lynx/webhook").text()).doesNotContain(secret);
        }
    }

    @Test
    void a_change_of_the_demand_keeps_the_webhook_and_sending_it_again_renews_the_secret() {
        try (Receiver receiver = new Receiver()) {
            String first = demand("marten", receiver.url())
                    .json()
                    .path("webhookSecret")
                    .asText();
            Answer changed = consumer()
                    .with("If-Match", "*")
                    .patch(PATH + "marten", "{\"title\": {\"en\": \"Martens\"}}")
                    .mustBe(200);
            assertThat(changed.text()).doesNotContain("webhook");
            offer("marten", "Marten");
            assertThat(receiver.next().brief()).startsWith("matched");
            String second = demand("marten", receiver.url())
                    .mustBe(200)
                    .json()
                    .path("webhookSecret")
                    .asText();
            assertThat(second).startsWith("mcw_").isNotEqualTo(first);
        }
    }

    @Test
    void what_is_refused_for_good_is_a_dead_letter_that_can_be_sent_again_or_deleted() {
        try (Receiver receiver = new Receiver()) {
            demand("otter", receiver.url()).mustBe(201);
            receiver.answer(() -> 410);
            String id = offer("otter", "Otter");
            receiver.next();
            JsonNode dead = awaitDeadLetter("otter");
            assertThat(dead.path("failure").asText()).contains("410");
            assertThat(dead.path("attempts").asInt()).isEqualTo(1);
            assertThat(dead.at("/event/offering").asText()).isEqualTo(id);
            String letter = PATH + "otter/dead-letters/" + dead.path("number").asText();
            SERVER.restart();
            assertThat(deadLetters("otter")).hasSize(1);
            receiver.answer(() -> 200);
            consumer().send("POST", letter + "/retry", null, new byte[0]).mustBe(202);
            Receiver.Delivered again = receiver.next();
            assertThat(again.brief()).isEqualTo("matched " + id);
            assertThat(again.event()).isEqualTo(dead.at("/event/id").asText());
            consumer().send("POST", letter + "/retry", null, new byte[0]).mustBeProblem(404);
            receiver.answer(() -> 410);
            offer("otter-2", "Otter");
            JsonNode second = awaitDeadLetter("otter");
            consumer()
                    .delete(PATH + "otter/dead-letters/" + second.path("number").asText())
                    .mustBe(204);
            assertThat(deadLetters("otter")).isEmpty();
        }
    }

    @Test
    void what_failed_waits_for_its_next_attempt_over_a_restart() {
        try (Receiver receiver = new Receiver()) {
            demand("stoat", receiver.url()).mustBe(201);
            receiver.answer(() -> 500);
            String id = offer("stoat", "Stoat");
            receiver.next();
            receiver.answer(() -> 204);
            SERVER.restart();
            Receiver.Delivered again = receiver.next(); // some ten seconds later
            assertThat(again.brief()).isEqualTo("matched " + id);
            assertThat(deadLetters("stoat")).isEmpty();
        }
    }

    @Test
    void one_receiver_that_never_answers_holds_up_no_other() throws Exception {
        try (ServerSocket silent = new ServerSocket(0);
                Receiver receiver = new Receiver()) {
            String url = "http://127.0.0.1:" + silent.getLocalPort() + "/";
            demand("gibbon", url).mustBe(201);
            demand("gibbons", receiver.url()).mustBe(201);
            Set<String> expected = new TreeSet<>();
            Set<String> told = new TreeSet<>();
            for (int i = 0; i < 50; i++) {
                expected.add("matched " + offer("gibbon-" + i, "Gibbon"));
            }
            for (int i = 0; i < 50; i++) {
                told.add(receiver.next().brief());
            }
            assertThat(told).isEqualTo(expected);
        }
    }

    @Test
    void a_redirect_is_not_followed() {
        try (Receiver receiver = new Receiver()) {
            demand("kudu", receiver.url()).mustBe(201);
            receiver.answer(() -> 302);
            offer("kudu", "Kudu");
            receiver.next();
            Instant end = Instant.now().plusSeconds(20);
            String state = "";
            while (!state.contains("302") && Instant.now().isBefore(end)) {
                state = consumer().get(PATH + "kudu/webhook").mustBe(200).text();
            }
            assertThat(state).contains("It answered 302").contains("\"waiting\":1");
            assertThat(receiver.hasMore()).isFalse();
        }
    }

    @Test
    void a_webhook_that_was_removed_gets_nothing_204() {
        try (Receiver removed = new Receiver();
                Receiver other = new Receiver()) {
            demand("bongo", removed.url()).mustBe(201);
            demand("bongos", other.url()).mustBe(201);
            consumer().delete(PATH + "bongo/webhook").mustBe(204);
            consumer().delete(PATH + "bongo/webhook").mustBeProblem(404);
            consumer().get(PATH + "bongo/webhook").mustBeProblem(404);
            offer("bongo", "Bongo");
            other.next();
            assertThat(removed.hasMore()).isFalse();
        }
    }

    @Test
    void what_is_no_address_of_a_webhook_is_refused() {
        for (String bad :
                Set.of("ftp://a.example/", "nothing", "https://", "https://user@a.example/", "file:///etc/passwd")) {
            assertThat(demand("bad", bad).status()).as(bad).isIn(400, 422);
        }
        demand("bad", "https://no-such-host.invalid/").mustBeProblem(422);
        consumer().get(PATH + "bad").mustBeProblem(404);
    }
}
