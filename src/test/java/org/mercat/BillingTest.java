// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two months of two consumers, bob and dan, with acme, whose data are the city's for 30 percent. One after the other, as
 * months are.
 */
@TestMethodOrder(OrderAnnotation.class)
class BillingTest {
    private static final YearMonth NOW = Market.NOW;
    private static final YearMonth FIRST = Market.FIRST;
    private static final YearMonth SECOND = Market.SECOND;
    private static final String LOTS = Market.LOTS;

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Market MARKET = new Market(SERVER);

    @BeforeAll
    static void prepare() {
        MARKET.prepare();
        put(TestServer.ACME, "/taxes/acme/" + SECOND, "{\"rate\": \"21\", \"note\": \"IVA\"}")
                .mustBe(201);
        report("a", "bob", FIRST, 1_000);
        report("b", "bob", FIRST, 235);
        report("c", "dan", FIRST, 10);
    }

    private static Answer put(String client, String path, String body) {
        return MARKET.put(client, path, body);
    }

    private static void report(String id, String consumer, YearMonth month, int accesses) {
        MARKET.report(id, consumer, month, accesses).mustBe(201);
    }

    private static Answer issue(YearMonth month) {
        return MARKET.issue(month);
    }

    private static JsonNode get(String client, String path) {
        return MARKET.get(client, path);
    }

    private static Map<String, BigDecimal> books(JsonNode run) {
        Map<String, BigDecimal> books = new TreeMap<>();
        run.path("postings")
                .forEach(posting -> books.put(
                        posting.path("account").asText(),
                        new BigDecimal(posting.path("amount").asText())));
        assertThat(books.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isZero();
        return books;
    }

    @Test
    @Order(1)
    void a_draft_shows_the_books_and_changes_nothing() {
        JsonNode draft = SERVER.as(TestServer.OPERATOR)
                .json("POST", "/billing/runs", "{\"month\": \"%s\"}".formatted(FIRST))
                .mustBe(201)
                .json();
        assertThat(draft.path("status").asText()).isEqualTo("draft");
        assertThat(books(draft))
                .containsOnlyKeys("income/fees", "payable/acme", "payable/city", "receivable/bob", "receivable/dan")
                .containsEntry("receivable/bob", new BigDecimal("123.50"));
        assertThat(get(TestServer.OPERATOR, "/invoices").path("count").asInt()).isZero();
        SERVER.as(TestServer.OPERATOR)
                .json("POST", "/billing/runs/" + FIRST + "/steps/void", "")
                .mustBe(204);
        SERVER.as(TestServer.OPERATOR).get("/billing/runs/" + FIRST).mustBeProblem(404);
    }

    @Test
    @Order(2)
    void months_are_issued_when_they_are_over_and_one_after_the_other() {
        assertThat(issue(NOW).mustBeProblem(409).detail()).contains("is not over");
        assertThat(issue(SECOND).mustBeProblem(409).detail()).contains(FIRST + " comes first");
        SERVER.as(TestServer.OPERATOR)
                .json("POST", "/billing/runs", "{\"month\": \"soon\"}")
                .mustBeProblem(400);
    }

    @Test
    @Order(3)
    void an_issued_month_has_invoices_and_settlements_that_are_the_books() {
        JsonNode run = issue(FIRST).mustBe(200).json();
        assertThat(run.path("status").asText()).isEqualTo("issued");
        Map<String, BigDecimal> books = books(run);
        JsonNode bobs = get("bob", "/invoices/acme/1");
        assertThat(bobs.path("recipient").asText()).isEqualTo("bob");
        assertThat(bobs.path("total").asText()).isEqualTo("123.50");
        assertThat(bobs.at("/lines/0/contract").asText()).isEqualTo("bob/lots");
        assertThat(bobs.at("/lines/0/quantity").asText()).isEqualTo("1235");
        assertThat(get("dan", "/invoices").at("/invoices/0/id").asText()).isEqualTo("acme/2");
        assertThat(get(TestServer.ACME, "/invoices").path("count").asInt()).isEqualTo(2);
        JsonNode settlement = get(TestServer.ACME, "/settlements/1");
        assertThat(settlement.path("gross").asText()).isEqualTo("124.50");
        assertThat(settlement.path("fees").asText()).isEqualTo("17.45"); // 12.45 of the payments, 5 to enter
        assertThat(settlement.path("payout").asText()).isEqualTo("73.43");
        assertThat(get("city", "/settlements").at("/settlements/0/payout").asText())
                .isEqualTo("33.62");
        assertThat(books)
                .containsEntry("payable/acme", new BigDecimal("-73.43"))
                .containsEntry("payable/city", new BigDecimal("-33.62"));
    }

    @Test
    @Order(4)
    void to_issue_again_changes_nothing_and_says_so() {
        long revision = SERVER.revision();
        Answer again = issue(FIRST).mustBe(200);
        assertThat(again.header("Mercat-Changed")).isEqualTo("false");
        assertThat(SERVER.revision()).isEqualTo(revision);
        assertThat(get(TestServer.OPERATOR, "/invoices").path("count").asInt()).isEqualTo(2);
        SERVER.as(TestServer.OPERATOR)
                .json("POST", "/billing/runs/" + FIRST + "/steps/void", "")
                .mustBeProblem(409);
        assertThat(put(TestServer.OPERATOR, "/fee-plans/" + FIRST, "{\"currency\": \"EUR\"}")
                        .mustBeProblem(409)
                        .detail())
                .contains("was charged already");
    }

    @Test
    @Order(5)
    void others_see_neither_invoices_nor_settlements() {
        SERVER.as("dan").get("/invoices/acme/1").mustBeProblem(404);
        SERVER.as("city").get("/settlements/1").mustBeProblem(404);
        SERVER.as(TestServer.OTHER).get("/invoices/acme/1/lines/1/trace").mustBeProblem(404);
        SERVER.as(TestServer.RIVAL).get("/shares/" + LOTS + "/" + FIRST).mustBeProblem(403);
        SERVER.as("bob").json("POST", "/invoices/acme/1/steps/pay", "").mustBeProblem(403);
        assertThat(get(TestServer.OTHER, "/invoices").path("count").asInt()).isZero();
    }

    @Test
    @Order(6)
    void a_line_is_traced_to_its_events() {
        JsonNode trace = get("bob", "/invoices/acme/1/lines/1/trace");
        assertThat(trace.path("arithmetic").asText()).isEqualTo("1235 access x 0.10 EUR = 123.50 EUR");
        assertThat(trace.at("/tariff/pricingModel").asText()).isEqualTo("PER_ACCESS");
        List<String> ids = new ArrayList<>();
        trace.path("events").forEach(event -> ids.add(event.path("id").asText()));
        assertThat(ids).containsExactly("a", "b");
        JsonNode page = get("bob", "/invoices/acme/1/lines/1/trace?limit=1");
        assertThat(get("bob", page.path("next").asText().replace(TestServer.BASE, "/"))
                        .at("/events/0/id")
                        .asText())
                .isEqualTo("b");
        SERVER.as("bob").get("/invoices/acme/1/lines/7/trace").mustBeProblem(404);
    }

    @Test
    @Order(6)
    void a_line_leads_in_sparql_to_its_events_its_tariff_and_nobody_elses() {
        String query = """
                PREFIX mc: <https://w3id.org/mercat/core#>
                PREFIX dcterms: <http://purl.org/dc/terms/>
                SELECT ?id ?quantity ?price {
                  <%s#/lines/0> mc:usage ?usage ; mc:contract/mc:tariff/<http://schema.org/price> ?price
                  GRAPH ?usage { ?event dcterms:identifier ?id ; mc:side "provider" ; mc:measured [ mc:metric "access" ; mc:quantity ?quantity ] }
                } ORDER BY ?id""".formatted(TestServer.BASE + "invoices/acme/1");
        assertThat(rows("bob", query)).containsExactly("a,1000,0.1", "b,235,0.1");
        assertThat(rows(TestServer.ACME, query)).hasSize(2);
        assertThat(rows(TestServer.OPERATOR, query)).hasSize(2);
        assertThat(rows("dan", query)).isEmpty();
        String graph =
                "SELECT ?s { GRAPH <%scontracts/bob/lots/usage/%s> { ?s ?p ?o } }".formatted(TestServer.BASE, FIRST);
        assertThat(rows("bob", graph)).hasSize(2 * 11);
        assertThat(rows("dan", graph)).isEmpty();
    }

    private static List<String> rows(String client, String query) {
        return SERVER.as(client)
                .get("/ledger/sparql?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8), "text/csv")
                .mustBe(200)
                .text()
                .lines()
                .skip(1)
                .toList();
    }

    @Test
    @Order(7)
    void an_invoice_comes_as_turtle_and_as_csv() {
        assertThat(SERVER.as("bob").get("/invoices/acme/1.ttl").mustBe(200).text())
                .contains("mc:Invoice")
                .contains("123.50");
        Answer csv = SERVER.as("bob").get("/invoices/acme/1", "text/csv").mustBe(200);
        assertThat(csv.text().lines().skip(1))
                .containsExactly("1,usage,bob/lots," + LOTS + ",," + FIRST + ",access,1235,0.10,123.50,,,EUR");
        assertThat(SERVER.as(TestServer.ACME)
                        .get("/settlements/1.csv")
                        .mustBe(200)
                        .text())
                .contains("share-given,," + LOTS + ",city");
    }

    @Test
    @Order(8)
    void what_is_given_back_makes_a_credit_note_and_in_the_end_the_invoice_void() {
        assertThat(SERVER.as(TestServer.ACME)
                        .json(
                                "POST",
                                "/invoices/acme/2/credit-notes",
                                "{\"lines\": [{\"line\": 1, \"amount\": \"5\"}]}")
                        .mustBeProblem(409)
                        .detail())
                .contains("there is 1.00 EUR left");
        SERVER.as("dan").json("POST", "/invoices/acme/2/credit-notes", "{}").mustBeProblem(403);
        JsonNode note = SERVER.as(TestServer.ACME)
                .json(
                        "POST",
                        "/invoices/acme/2/credit-notes",
                        "{\"lines\": [{\"line\": 1, \"amount\": \"0.40\"}], \"text\": \"Out of order\"}")
                .mustBe(201)
                .json();
        assertThat(note.path("id").asText()).isEqualTo("acme/1");
        assertThat(note.at("/history/0/text").asText()).isEqualTo("Out of order");
        assertThat(note.path("month").asText()).isEqualTo(SECOND.toString());
        assertThat(get("dan", "/invoices/acme/2").path("status").asText()).isEqualTo("issued");
        SERVER.as(TestServer.ACME)
                .json("POST", "/invoices/acme/2/credit-notes", "{}")
                .mustBe(201);
        assertThat(get("dan", "/credit-notes/acme/2").path("total").asText()).isEqualTo("0.60");
        assertThat(get("dan", "/invoices/acme/2").path("status").asText()).isEqualTo("voided");
        assertThat(get("dan", "/invoices?status=void").path("count").asInt()).isEqualTo(1);
        SERVER.as(TestServer.ACME)
                .json("POST", "/invoices/acme/2/credit-notes", "{}")
                .mustBeProblem(409);
        SERVER.as(TestServer.ACME)
                .json("POST", "/invoices/acme/2/steps/pay", "")
                .mustBeProblem(409);
        SERVER.as(TestServer.ACME)
                .json("POST", "/invoices/acme/1/steps/pay", "")
                .mustBe(200);
        assertThat(get("bob", "/invoices/acme/1").path("status").asText()).isEqualTo("paid");
    }

    @Test
    @Order(9)
    void the_next_month_has_what_came_late_the_credits_and_the_next_numbers() {
        report("late", "bob", FIRST, 100);
        report("d", "bob", SECOND, 50);
        JsonNode run = issue(SECOND).mustBe(200).json();
        JsonNode bobs = get("bob", "/invoices/acme/3");
        assertThat(bobs.at("/lines/0/usedIn").asText()).isEqualTo(FIRST.toString());
        assertThat(bobs.at("/lines/0/amount").asText()).isEqualTo("10.00");
        assertThat(bobs.at("/lines/1/amount").asText()).isEqualTo("5.00");
        assertThat(bobs.at("/lines/1/taxNote").asText()).isEqualTo("IVA");
        assertThat(bobs.path("tax").asText()).isEqualTo("3.15");
        assertThat(bobs.path("total").asText()).isEqualTo("18.15");
        JsonNode settlement =
                get(TestServer.ACME, "/settlements?month=" + SECOND).at("/settlements/0");
        assertThat(settlement.path("id").asText()).isEqualTo("3");
        assertThat(settlement.path("gross").asText()).isEqualTo("14.00");
        assertThat(settlement.path("payout").asText()).isEqualTo("11.97"); // 14 - 1.40 - 3.78 and 3.15 of tax
        assertThat(books(run)).containsEntry("receivable/dan", new BigDecimal("-1.00"));
        assertThat(get("bob", "/invoices/acme/3/lines/1/trace")
                        .at("/events/0/id")
                        .asText())
                .isEqualTo("late");
    }

    @Test
    @Order(10)
    void what_cannot_be_meant_is_refused_at_its_place() {
        String plan = "/fee-plans/" + NOW;
        assertThat(put(TestServer.OPERATOR, plan, "{}").mustBeProblem(422).text())
                .contains("ISO 4217");
        put(TestServer.OPERATOR, plan, "{\"currency\": \"EUR\", \"percentage\": \"101\"}")
                .mustBeProblem(422);
        put(TestServer.OPERATOR, plan, "{\"currency\": \"EUR\", \"entryFee\": -1}")
                .mustBeProblem(422);
        put(TestServer.OPERATOR, plan, "{\"currency\": \"EUR\", \"fee\": 1}").mustBeProblem(400);
        put(TestServer.OPERATOR, plan, "{\"currency\": \"EUR\", \"title\": {\"en\": \"x\"}}")
                .mustBeProblem(422);
        put(TestServer.OPERATOR, plan + "/nobody", "{\"currency\": \"EUR\"}").mustBeProblem(404);
        put(TestServer.OPERATOR, "/fee-plans/2026-13", "{\"currency\": \"EUR\"}")
                .mustBeProblem(400);
        String shares = "/shares/" + LOTS + "/" + NOW;
        assertThat(put(
                                TestServer.PARKING,
                                shares,
                                "{\"shares\": [{\"organization\": \"city\", \"percent\": \"60\"},"
                                        + " {\"organization\": \"bob\", \"percent\": \"41\"}]}")
                        .mustBeProblem(422)
                        .detail())
                .contains("101 percent");
        put(TestServer.PARKING, shares, "{\"shares\": [{\"organization\": \"x\", \"percent\": 1}]}")
                .mustBeProblem(422);
        put(TestServer.RIVAL, shares, "{\"shares\": []}").mustBeProblem(403);
        put("bob", "/taxes/acme/" + NOW, "{\"rate\": 1}").mustBeProblem(403);
    }

    @Test
    @Order(11)
    void all_of_it_is_there_after_a_restart() {
        SERVER.restart();
        assertThat(get("bob", "/invoices").path("count").asInt()).isEqualTo(2);
        String next = get("bob", "/invoices?limit=1").path("next").asText();
        assertThat(get("bob", next.substring(next.indexOf("/invoices")))
                        .at("/invoices/0/id")
                        .asText())
                .isEqualTo("acme/3");
        assertThat(get(TestServer.PARKING, "/shares/" + LOTS + "/" + FIRST)
                        .at("/shares/0/percent")
                        .asText())
                .isEqualTo("30");
        assertThat(get(TestServer.ACME, "/fee-plans").path("count").asInt()).isEqualTo(1);
    }
}
