// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Usage as both sides of bob's contracts report it. */
class UsageTest {
    private static final String BOBS_APP = "bob/app";
    private static final String EVENT = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final Instant NOW = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
    private static final String MONTH =
            YearMonth.from(NOW.atOffset(ZoneOffset.UTC)).toString();

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @BeforeAll
    static void register() {
        SERVER.organization("bob");
        SERVER.system("consumers", BOBS_APP);
        SERVER.as(TestServer.PARKING)
                .json(
                        "PUT",
                        "/offerings/acme/parking/lots",
                        Offerings.full("acme/parking/lots").toString())
                .mustBe(201);
    }

    private static String contract(String name) {
        String body = "{\"id\": \"bob/%s\", \"offering\": \"acme/parking/lots\"}".formatted(name);
        SERVER.as(BOBS_APP).json("POST", "/contracts", body).mustBe(201);
        return "bob/" + name;
    }

    private static String event(String id, String contract, String quantities) {
        return event(id, contract, quantities, NOW);
    }

    private static String event(String id, String contract, String quantities, Instant time) {
        return """
                {"specversion": "1.0", "id": "%s", "source": "https://gateway.acme.example/1", "type": "org.mercat.usage",
                 "subject": "%s", "time": "%s", "data": {"quantities": %s}}""".formatted(id, contract, time, quantities).replace("\n", " ");
    }

    private static Answer report(String client, String type, String body) {
        return SERVER.as(client).send("POST", "/usage", type, body);
    }

    private static JsonNode totals(String contract) {
        return SERVER.as(BOBS_APP)
                .get("/usage?contract=" + contract + "&month=" + MONTH)
                .mustBe(200)
                .json();
    }

    private static String sum(String contract, String side) {
        return totals(contract).at("/totals/0/" + side).asText();
    }

    @Test
    void one_event_is_on_record_once() {
        String contract = contract("one");
        String event = event("one-1", contract, "{\"access\": 3}");
        JsonNode first = report(TestServer.PARKING, EVENT, event).mustBe(201).json();
        assertThat(first.path("result").asText()).isEqualTo("accepted");
        assertThat(first.path("month").asText()).isEqualTo(MONTH);
        assertThat(report(TestServer.PARKING, EVENT, event)
                        .mustBe(200)
                        .json()
                        .path("result")
                        .asText())
                .isEqualTo("repeated");
        assertThat(report(TestServer.PARKING, EVENT, event("one-1", contract, "{\"access\": 4}"))
                        .mustBeProblem(409)
                        .detail())
                .contains("\"access\" is 3 there and 4 here");
        assertThat(sum(contract, "provider")).isEqualTo("3");
    }

    @Test
    void binary_mode_says_the_same_in_headers() {
        String contract = contract("binary");
        TestServer.Client client = SERVER.as(TestServer.PARKING)
                .with("ce-specversion", "1.0")
                .with("ce-id", "b 1%25")
                .with("ce-source", "/gateway")
                .with("ce-type", "org.mercat.usage")
                .with("ce-subject", contract)
                .with("ce-time", NOW.toString());
        client.json("POST", "/usage", "{\"quantities\": {\"access\": 2}}").mustBe(201);
        JsonNode events = SERVER.as(BOBS_APP)
                .get("/usage/events?contract=" + contract + "&month=" + MONTH)
                .mustBe(200)
                .json()
                .path("events");
        assertThat(events).hasSize(1);
        assertThat(events.at("/0/id").asText()).isEqualTo("b 1%");
        assertThat(events.at("/0/side").asText()).isEqualTo("provider");
        assertThat(events.at("/0/data/quantities/access").asText()).isEqualTo("2");
    }

    @Test
    void each_event_of_a_batch_is_taken_or_refused_by_name() {
        String contract = contract("batch");
        String body = "["
                + String.join(
                        ",",
                        event("a", contract, "{\"access\": 1}"),
                        event("a", contract, "{\"access\": 1}"),
                        event("a", contract, "{\"access\": 2}"),
                        event("b", "bob/none", "{\"access\": 1}"),
                        event("c", contract, "{\"record\": 1}"),
                        event("d", contract, "{\"access\": -1}"),
                        event("e", contract, "{\"access\": 1e20}"),
                        event("f", contract, "{\"access\": 1}", NOW.plus(1, ChronoUnit.DAYS)),
                        event("g", contract, "{\"access\": 1}", NOW.minus(40, ChronoUnit.DAYS)),
                        event("h", contract, "{}"),
                        "17",
                        event("i", contract, "{\"access\": 1}").replace("org.mercat.usage", "other"),
                        event("j", contract, "{\"access\": \"many\"}"),
                        event("k", contract, "{\"access\": \"0.5\"}"))
                + "]";
        JsonNode answer = report(TestServer.PARKING, BATCH, body).mustBe(200).json();
        assertThat(answer.path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.path("repeated").asInt()).isEqualTo(1);
        assertThat(answer.path("contradicts").asInt()).isEqualTo(1);
        assertThat(answer.path("refused").asInt()).isEqualTo(10);
        List<String> details = StreamSupport.stream(answer.path("results").spliterator(), false)
                .map(result -> result.path("detail").asText())
                .toList();
        assertThat(details.get(3)).contains("There is no contract \"bob/none\"");
        assertThat(details.get(4)).contains("does not count \"record\"; it counts access");
        assertThat(details.get(5)).contains("negative");
        assertThat(details.get(6)).contains("10^15");
        assertThat(details.get(7)).contains("in the future");
        assertThat(details.get(8)).contains("was not in force");
        assertThat(details.get(9)).contains("quantities");
        assertThat(details.get(10)).contains("JSON object");
        assertThat(details.get(11)).contains("\"type\" is \"org.mercat.usage\"");
        assertThat(details.get(12)).contains("is a number");
        assertThat(sum(contract, "provider")).isEqualTo("1.5");
    }

    @Test
    void lines_are_answered_line_by_line_and_a_bad_one_spoils_no_other() {
        String contract = contract("lines");
        String body =
                event("l1", contract, "{\"access\": 1}") + "\n\n{broken\n" + event("l2", contract, "{\"access\": 1}");
        List<JsonNode> answers = report(TestServer.PARKING, "application/x-ndjson", body)
                .mustBe(200)
                .text()
                .lines()
                .map(Answer::json)
                .toList();
        assertThat(answers.stream().map(line -> line.path("result").asText()))
                .containsExactly("accepted", "refused", "accepted");
        assertThat(sum(contract, "provider")).isEqualTo("2");
    }

    @Test
    void both_sides_report_and_differences_are_shown() {
        String contract = contract("sides");
        report(TestServer.PARKING, EVENT, event("1", contract, "{\"access\": 1000}"))
                .mustBe(201);
        report(BOBS_APP, EVENT, event("1", contract, "{\"access\": 995}")).mustBe(201);
        assertThat(totals(contract).at("/totals/0/agrees").asBoolean()).isTrue();
        report(TestServer.ACME, EVENT, event("2", contract, "{\"access\": 100}"))
                .mustBe(201);
        JsonNode compared = totals(contract).at("/totals/0");
        assertThat(compared.path("provider").asText()).isEqualTo("1100");
        assertThat(compared.path("consumer").asText()).isEqualTo("995");
        assertThat(compared.path("difference").asText()).isEqualTo("105");
        assertThat(compared.path("agrees").asBoolean()).isFalse();
    }

    @Test
    void others_neither_report_nor_read() {
        String contract = contract("private");
        assertThat(report(TestServer.RIVAL, EVENT, event("1", contract, "{\"access\": 1}"))
                        .mustBeProblem(422)
                        .detail())
                .contains("There is no contract");
        SERVER.as(TestServer.RIVAL).get("/usage?contract=" + contract).mustBeProblem(404);
        SERVER.as(TestServer.RIVAL).get("/usage/events?contract=" + contract).mustBeProblem(404);
        report(TestServer.OPERATOR, EVENT, event("1", contract, "{\"access\": 1}"))
                .mustBeProblem(422);
        SERVER.as(TestServer.OPERATOR).get("/usage?contract=" + contract).mustBe(200);
    }

    @Test
    void events_come_in_pages() {
        String contract = contract("pages");
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            body.append(event("p" + i, contract, "{\"access\": 1}")).append('\n');
        }
        report(TestServer.PARKING, "application/x-ndjson", body.toString()).mustBe(200);
        int count = 0;
        String next = "/usage/events?limit=10&contract=" + contract + "&month=" + MONTH;
        while (!next.isEmpty()) {
            JsonNode page = SERVER.as(BOBS_APP).get(next).mustBe(200).json();
            count += page.path("events").size();
            next = page.path("next").asText().replace(TestServer.BASE, "/");
        }
        assertThat(count).isEqualTo(25);
    }

    @Test
    void a_report_of_the_old_clients_is_one_event_with_all_its_figures() {
        String tariff = """
                {"pricingModel": "PER_RECORD", "price": "0.01", "currency": "EUR",
                 "alsoMetered": ["access", "inputByte", "outputByte"]}""";
        String body = """
                {"id": "bob/legacy", "offering": "acme/parking/lots", "consumer": "bob/app", "tariff": %s}""".formatted(tariff);
        SERVER.as(TestServer.PARKING).json("POST", "/contracts", body).mustBe(201);
        SERVER.as(BOBS_APP)
                .json("POST", "/contracts/bob/legacy/steps/sign", "{}")
                .mustBe(200);
        String event = """
                {"specversion": "1.0", "id": "s-17/2026-11-23T09:30:00Z", "source": "bigiot-lib",
                 "type": "org.mercat.usage", "subject": "bob/legacy", "time": "%s",
                 "data": {"start": "%s", "end": "%s",
                  "quantities": {"access": 12, "record": 340, "inputByte": 1200, "outputByte": 98765}}}""".formatted(NOW, NOW, NOW.plusSeconds(60));
        report(TestServer.PARKING, EVENT, event).mustBe(201);
        assertThat(totals("bob/legacy").path("totals")).hasSize(4);
        JsonNode read = SERVER.as(BOBS_APP)
                .get("/usage/events?contract=bob/legacy&month=" + MONTH)
                .json()
                .at("/events/0/data");
        assertThat(read.path("start").asText()).isEqualTo(NOW.toString());
        assertThat(read.path("end").asText()).isEqualTo(NOW.plusSeconds(60).toString());
        assertThat(read.at("/quantities/outputByte").asText()).isEqualTo("98765");
    }

    @Test
    void what_is_no_event_is_refused_whole() {
        report(TestServer.PARKING, EVENT, "{").mustBeProblem(400);
        report(TestServer.PARKING, "text/plain", "x").mustBeProblem(415);
        report(TestServer.PARKING, EVENT, "{}").mustBeProblem(422);
        SERVER.as(BOBS_APP).get("/usage").mustBeProblem(400);
        contract("asked");
        SERVER.as(BOBS_APP).get("/usage?contract=bob/asked&month=soon").mustBeProblem(400);
        SERVER.as(BOBS_APP).get("/usage/events?contract=bob/asked&limit=0x").mustBeProblem(400);
    }

    @Test
    void what_was_answered_is_there_after_a_restart() {
        String contract = contract("kept");
        report(TestServer.PARKING, EVENT, event("k1", contract, "{\"access\": 7}"))
                .mustBe(201);
        SERVER.restart();
        assertThat(sum(contract, "provider")).isEqualTo("7");
        report(TestServer.PARKING, EVENT, event("k1", contract, "{\"access\": 7}"))
                .mustBe(200);
    }
}
