// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What disputes award is given back, once: by a credit note of what was charged, else by the next run. */
@TestMethodOrder(OrderAnnotation.class)
class AwardsTest {
    private static final MovableClock CLOCK = new MovableClock("2026-09-01T08:00:00Z");

    @RegisterExtension
    static final TestServer SERVER = new TestServer(CLOCK);

    @BeforeAll
    static void use() {
        SERVER.organization("bob");
        SERVER.system("consumers", "bob/app");
        for (String name : List.of("lots", "spots")) {
            String id = "acme/parking/" + name;
            var offering = Offerings.full(id);
            offering.withObject("/price").put("price", "0.10").remove("freeQuota");
            SERVER.as(TestServer.PARKING)
                    .json("PUT", "/offerings/" + id, offering.toString())
                    .mustBe(201);
            SERVER.as("bob/app")
                    .json("POST", "/contracts", "{\"id\": \"bob/%s\", \"offering\": \"%s\"}".formatted(name, id))
                    .mustBe(201);
        }
        SERVER.as(TestServer.ACME)
                .json("PUT", "/taxes/acme/2026-09", "{\"rate\": \"20\"}")
                .mustBe(201);
        CLOCK.set("2026-10-01T08:00:00Z");
        report("a", "lots", "2026-09", 100);
        report("b", "spots", "2026-09", 200);
    }

    private static void report(String id, String contract, String month, int accesses) {
        String event = """
                {"specversion": "1.0", "id": "%s", "source": "/gateway", "type": "org.mercat.usage", "subject": "bob/%s",
                 "time": "%s-10T10:00:00Z", "data": {"quantities": {"access": "%s"}}}""".formatted(id, contract, month, accesses);
        SERVER.as(TestServer.PARKING)
                .send("POST", "/usage", "application/cloudevents+json", event)
                .mustBe(201);
    }

    private static Answer open(String contract, String about) {
        return SERVER.as("bob/app")
                .json(
                        "POST",
                        "/disputes",
                        "{\"contract\": \"bob/%s\", \"text\": \"Too much.\"%s}".formatted(contract, about));
    }

    private static String opened(String contract, String about) {
        return "/disputes/"
                + open(contract, about).mustBe(201).json().path("id").asText();
    }

    private static Answer award(String dispute, String amount) {
        return SERVER.as(TestServer.PARKING)
                .json("POST", dispute + "/steps/award", "{\"amount\": \"%s\"}".formatted(amount));
    }

    private static JsonNode get(String path) {
        return SERVER.as("operator").get(path).mustBe(200).json();
    }

    private static JsonNode issue(String month) {
        return SERVER.as("operator")
                .json("POST", "/billing/runs/" + month + "/steps/issue", "")
                .mustBe(200)
                .json();
    }

    private static List<String> amounts(JsonNode paper) {
        List<String> amounts = new ArrayList<>();
        paper.path("lines")
                .forEach(line -> amounts.add(
                        line.path("kind").asText() + " " + line.path("contract").asText() + " "
                                + line.path("amount").asText()));
        return amounts;
    }

    private static void mustBeZero(JsonNode run) {
        BigDecimal sum = BigDecimal.ZERO;
        for (JsonNode posting : run.path("postings")) {
            sum = sum.add(new BigDecimal(posting.path("amount").asText()));
        }
        assertThat(sum).isZero();
    }

    @Test
    @Order(1)
    void what_was_not_charged_yet_the_next_run_takes_off() {
        String dispute = opened("lots", ", \"month\": \"2026-09\", \"metric\": \"access\"");
        JsonNode awarded = award(dispute, "2.50").mustBe(200).json();
        assertThat(awarded.has("creditNote") || awarded.has("billingRun")).isFalse();
        assertThat(get("/credit-notes").path("count").asInt()).isZero();
        JsonNode draft = SERVER.as("operator")
                .json("POST", "/billing/runs", "{\"month\": \"2026-09\"}")
                .mustBe(201)
                .json();
        mustBeZero(draft);
        JsonNode run = issue("2026-09");
        mustBeZero(run);
        JsonNode invoice = get("/invoices/acme/1");
        assertThat(amounts(invoice))
                .containsExactly("usage bob/lots 10.00", "adjustment bob/lots -2.50", "usage bob/spots 20.00");
        assertThat(invoice.at("/lines/1/dispute").asText()).isEqualTo(TestServer.BASE + dispute.substring(1));
        assertThat(invoice.at("/lines/1/taxAmount").asText()).isEqualTo("-0.50");
        assertThat(invoice.path("net").asText()).isEqualTo("27.50");
        assertThat(get("/settlements/1").path("gross").asText()).isEqualTo("27.50");
        assertThat(get(dispute).path("billingRun").asText()).isEqualTo(TestServer.BASE + "billing/runs/2026-09");
        assertThat(get("/invoices/acme/1/lines/2/trace").path("arithmetic").asText())
                .startsWith("1 adjustment x -2.50 EUR = -2.50 EUR");
    }

    @Test
    @Order(2)
    void what_was_charged_a_credit_note_gives_back_at_once() {
        String dispute = opened("spots", ", \"invoice\": \"acme/1\", \"line\": 3");
        assertThat(award(dispute, "20.01").mustBeProblem(409).detail()).contains("20.00 EUR left of the invoice");
        assertThat(get(dispute).path("status").asText()).isEqualTo("open");
        JsonNode awarded = award(dispute, "5").mustBe(200).json();
        assertThat(awarded.path("creditNote").asText()).isEqualTo("acme/1");
        JsonNode note = get("/credit-notes/acme/1");
        assertThat(note.path("total").asText()).isEqualTo("6.00");
        assertThat(note.at("/lines/0/credits").asText()).endsWith("invoices/acme/1#/lines/2");
        assertThat(note.at("/history/0/text").asText()).isEqualTo("Dispute bob/spots/1");
        assertThat(get("/invoices/acme/1").at("/lines/2/credited").asText()).isEqualTo("5.00");
        award(dispute, "5").mustBeProblem(409);
        assertThat(get("/credit-notes").path("count").asInt()).isEqualTo(1);
    }

    @Test
    @Order(3)
    void usage_of_a_month_that_was_issued_is_credited_up_to_what_is_left() {
        String usage = ", \"month\": \"2026-09\", \"metric\": \"access\"";
        assertThat(award(opened("spots", usage), "15.01").mustBeProblem(409).detail())
                .contains("15.00 EUR left");
        String dispute = opened("spots", usage);
        assertThat(award(dispute, "15").mustBe(200).json().path("creditNote").asText())
                .isEqualTo("acme/2");
        assertThat(award(opened("spots", usage), "1").mustBeProblem(409).detail())
                .as("all of it was given back, and is not charged once more")
                .contains("0.00 EUR left");
        assertThat(get("/invoices/acme/1").path("status").asText()).isEqualTo("issued");
    }

    @Test
    @Order(4)
    void bills_that_do_not_charge_the_contract_cannot_be_disputed() {
        assertThat(open("lots", ", \"invoice\": \"acme/9\"").mustBeProblem(404).detail())
                .contains("no invoice \"acme/9\"");
        assertThat(open("lots", ", \"invoice\": \"acme/1\", \"line\": 3")
                        .mustBeProblem(404)
                        .detail())
                .contains("has no line 3 that charges the contract \"bob/lots\"; it has 1, 2.");
        open("lots", ", \"invoice\": \"acme/1\"").mustBe(201);
    }

    @Test
    @Order(5)
    void a_run_takes_each_award_off_once_whatever_stops_in_between() {
        String dispute = opened("lots", "");
        award(dispute, "3").mustBe(200);
        SERVER.restart();
        CLOCK.set("2026-11-01T08:00:00Z");
        report("c", "lots", "2026-10", 100);
        mustBeZero(issue("2026-10"));
        assertThat(amounts(get("/invoices/acme/2")))
                .containsExactly("usage bob/lots 10.00", "adjustment bob/lots -3.00");
        SERVER.restart();
        CLOCK.set("2026-12-01T08:00:00Z");
        report("d", "lots", "2026-11", 100);
        mustBeZero(issue("2026-11"));
        assertThat(amounts(get("/invoices/acme/3"))).containsExactly("usage bob/lots 10.00");
        assertThat(get("/settlements?month=2026-10").at("/settlements/0/gross").asText())
                .isEqualTo("-13.00"); // 10 less 3, and 20 given back by credit notes
    }
}
