// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is promoted is marked and paid for, and changes nothing in the order of what is found; calls are counted. */
@TestMethodOrder(OrderAnnotation.class)
class PromotionsTest {
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final YearMonth NOW = YearMonth.from(TODAY);
    private static final String SEARCH = "/offerings?text=spaces&facets=true";
    private static final String PROMOTED = "acme/parking/a2";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Market MARKET = new Market(SERVER);
    private static JsonNode before;

    @BeforeAll
    static void prepare() {
        for (int i = 0; i < 5; i++) {
            String id = "acme/parking/a" + i;
            MARKET.put(
                            TestServer.PARKING,
                            "/offerings/" + id,
                            Offerings.full(id).toString())
                    .mustBe(201);
        }
        MARKET.put(
                        TestServer.OPERATOR,
                        "/fee-plans/" + NOW,
                        "{\"currency\": \"EUR\", \"promotionFee\": \"2.00\", \"callFee\": \"0.01\"}")
                .mustBe(201);
        before = MARKET.get(TestServer.NOBODY, SEARCH);
    }

    private static String path(String offering, LocalDate day) {
        return "/promotions/" + offering + "/" + day;
    }

    private static String body(LocalDate last, String fee) {
        return "{\"lastDay\": \"%s\", \"promotionFee\": \"%s\", \"currency\": \"EUR\"}".formatted(last, fee);
    }

    private static List<String> ids(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> one.path("id").asText())
                .toList();
    }

    private static String counted(String client, String kind) {
        JsonNode counts = MARKET.get(client, "/billing/counts").path("counts");
        return StreamSupport.stream(counts.spliterator(), false)
                .filter(one -> one.path("kind").asText().equals(kind))
                .map(one -> one.path("organization").asText() + " "
                        + one.path("quantity").asText() + " "
                        + one.path("amount").asText())
                .findFirst()
                .orElse("nothing");
    }

    @Test
    @Order(1)
    void a_promotion_needs_a_fee_that_is_agreed_and_days_to_come() {
        assertThat(before.has("promoted")).isFalse();
        assertThat(MARKET.put(TestServer.PARKING, path(PROMOTED, TODAY), body(TODAY, "1.99"))
                        .mustBeProblem(422)
                        .detail())
                .contains("costs 2.00 EUR in " + NOW);
        MARKET.put(TestServer.PARKING, path(PROMOTED, TODAY.minusDays(1)), body(TODAY, "2"))
                .mustBeProblem(409);
        MARKET.put(TestServer.PARKING, path(PROMOTED, TODAY), body(TODAY.minusDays(1), "2"))
                .mustBeProblem(422);
        MARKET.put(TestServer.PARKING, path(PROMOTED, TODAY), body(TODAY.plusYears(2), "2"))
                .mustBeProblem(422);
        MARKET.put(TestServer.PARKING, path(PROMOTED, TODAY), "{\"lastDay\": \"" + TODAY + "\"}")
                .mustBeProblem(422);
        MARKET.put(TestServer.RIVAL, path(PROMOTED, TODAY), body(TODAY, "2")).mustBeProblem(403);
        MARKET.put(TestServer.PARKING, path("acme/parking/none", TODAY), body(TODAY, "2"))
                .mustBeProblem(404);
        MARKET.put(TestServer.PARKING, "/promotions/" + PROMOTED + "/today", body(TODAY, "2"))
                .mustBeProblem(400);
    }

    @Test
    @Order(2)
    void what_is_promoted_comes_in_a_list_of_its_own_and_changes_nothing_else() {
        MARKET.put(TestServer.PARKING, path(PROMOTED, TODAY), body(TODAY.plusDays(3), "2"))
                .mustBe(201);
        JsonNode after = MARKET.get(TestServer.NOBODY, SEARCH);
        assertThat(ids(after.path("promoted"))).containsExactly(PROMOTED);
        assertThat(ids(after.path("offerings"))).isEqualTo(ids(before.path("offerings")));
        assertThat(after.path("facets")).isEqualTo(before.path("facets"));
        assertThat(after.path("total")).isEqualTo(before.path("total"));
        for (JsonNode hit : after.path("hits")) {
            assertThat(hit.has("promoted"))
                    .isEqualTo(hit.path("offering").asText().equals(PROMOTED));
        }
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get("/offerings?text=spaces&lang=de", "text/html")
                        .mustBe(200)
                        .text())
                .containsOnlyOnce("aria-label=\"Anzeige\"")
                .contains("<strong class=\"kind\">Anzeige</strong>");
        assertThat(MARKET.get(TestServer.NOBODY, SEARCH + "&sort=title").has("promoted"))
                .isFalse();
        assertThat(MARKET.get(TestServer.NOBODY, "/offerings?text=weather").has("promoted"))
                .isFalse();
        JsonNode first = MARKET.get(TestServer.NOBODY, "/offerings?text=spaces&limit=2");
        JsonNode second =
                MARKET.get(TestServer.NOBODY, first.path("next").asText().replace(TestServer.BASE, "/"));
        assertThat(ids(first.path("promoted"))).containsExactly(PROMOTED);
        assertThat(second.has("promoted")).isFalse();
        assertThat(ids(first.path("offerings")))
                .isEqualTo(ids(before.path("offerings")).subList(0, 2));
        assertThat(ids(second.path("offerings")))
                .isEqualTo(ids(before.path("offerings")).subList(2, 4));
    }

    @Test
    @Order(3)
    void its_days_are_counted_and_two_do_not_overlap() {
        assertThat(counted(TestServer.ACME, "promotion-fee")).isEqualTo("acme 1 2.00");
        assertThat(counted(TestServer.OTHER, "promotion-fee")).isEqualTo("nothing");
        MARKET.put(TestServer.PARKING, path(PROMOTED, TODAY.plusDays(3)), body(TODAY.plusDays(5), "2"))
                .mustBeProblem(409);
        MARKET.put(TestServer.PARKING, path(PROMOTED, TODAY.plusDays(4)), body(TODAY.plusDays(5), "2"))
                .mustBe(201);
        assertThat(MARKET.get(TestServer.PARKING, "/promotions").path("count").asInt())
                .isEqualTo(2);
        assertThat(MARKET.get(TestServer.RIVAL, "/promotions").path("count").asInt())
                .isZero();
    }

    @Test
    @Order(4)
    void one_that_is_dearer_than_agreed_rests() {
        MARKET.put(TestServer.OPERATOR, "/fee-plans/" + NOW + "/acme", "{\"currency\": \"EUR\", \"promotionFee\": 3}")
                .mustBe(201);
        SERVER.restart();
        assertThat(MARKET.get(TestServer.NOBODY, SEARCH).has("promoted")).isFalse();
        assertThat(counted(TestServer.ACME, "promotion-fee")).isEqualTo("nothing");
        MARKET.put(TestServer.OPERATOR, "/fee-plans/" + NOW + "/acme", "{\"currency\": \"EUR\", \"promotionFee\": 1}")
                .mustBe(200);
        assertThat(counted(TestServer.ACME, "promotion-fee")).isEqualTo("acme 1 1.00");
    }

    @Test
    @Order(5)
    void one_that_is_stopped_is_over_today_and_one_to_come_is_gone() {
        SERVER.as(TestServer.PARKING).delete(path(PROMOTED, TODAY)).mustBe(204);
        SERVER.as(TestServer.PARKING).delete(path(PROMOTED, TODAY.plusDays(4))).mustBe(204);
        JsonNode left = MARKET.get(TestServer.PARKING, "/promotions").path("promotions");
        assertThat(left).hasSize(1);
        assertThat(left.at("/0/lastDay").asText()).isEqualTo(TODAY.toString());
        SERVER.as(TestServer.PARKING).delete(path(PROMOTED, TODAY.plusDays(4))).mustBeProblem(404);
    }

    @Test
    @Order(7)
    void what_was_counted_is_charged_by_the_run() {
        YearMonth month = NOW.minusMonths(1);
        MARKET.put(TestServer.OPERATOR, "/fee-plans/" + month, "{\"currency\": \"EUR\", \"promotionFee\": \"1.50\"}")
                .mustBe(201);
        SERVER.restart(folder -> Backdated.promote(folder, month.atDay(27).minusMonths(1), month.atDay(3)));
        MARKET.issue(month).mustBe(200);
        JsonNode settlement =
                MARKET.get(TestServer.ACME, "/settlements?month=" + month).at("/settlements/0");
        assertThat(settlement.at("/lines/0/kind").asText()).isEqualTo("promotion-fee");
        assertThat(settlement.at("/lines/0/quantity").asText()).isEqualTo("3");
        assertThat(settlement.path("payout").asText()).isEqualTo("-4.50");
        assertThat(MARKET.get(TestServer.ACME, "/billing/counts?month=" + month)
                        .at("/counts/0/amount")
                        .asText())
                .isEqualTo("4.50");
    }

    @Test
    @Order(8)
    void of_many_the_best_three_are_listed_and_all_are_marked() {
        for (String name : List.of("a0", "a1", "a3", "a4")) {
            MARKET.put(TestServer.PARKING, path("acme/parking/" + name, TODAY), body(TODAY, "2"))
                    .mustBe(201);
        }
        JsonNode found = MARKET.get(TestServer.NOBODY, SEARCH);
        assertThat(found.path("promoted")).hasSize(3);
        assertThat(found.path("hits"))
                .hasSize(5)
                .allMatch(hit -> hit.path("promoted").asBoolean()
                        != hit.path("offering").asText().equals(PROMOTED)); // that of before is over
        assertThat(ids(found.path("offerings"))).isEqualTo(ids(before.path("offerings")));
        String query = "/offerings?text=spaces&category=Parking&limit=1";
        assertThat(MARKET.get(TestServer.NOBODY, query).path("promoted")).hasSize(3);
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get(query, "text/turtle")
                        .mustBe(200)
                        .text())
                .doesNotContain("romoted");
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get(query, "application/sparql-query")
                        .mustBe(200)
                        .text())
                .doesNotContain("romoted");
    }

    @Test
    @Order(6)
    void calls_are_counted_by_organization_and_survive_a_restart() {
        long counted = calls("other");
        for (int i = 0; i < 7; i++) {
            SERVER.as(TestServer.RIVAL).get("/contracts").mustBe(200);
        }
        SERVER.as(TestServer.RIVAL).get("/sparql?query=ASK%7B%7D").mustBe(200);
        SERVER.as(TestServer.NOBODY).get("/offerings").mustBe(200);
        SERVER.as(TestServer.RIVAL).get("/billing/runs").mustBeProblem(403);
        assertThat(calls("other")).isEqualTo(counted + 9);
        SERVER.restart();
        assertThat(calls("other")).isEqualTo(counted + 9);
        assertThat(counted(TestServer.OTHER, "call-fee")).isEqualTo("other " + (counted + 10) + " "); // no provider
        assertThat(counted(TestServer.ACME, "call-fee")).matches("acme \\d+ \\d+[.]\\d\\d");
    }

    /** As the operator sees it, whose own calls are not counted. */
    private static long calls(String organization) {
        JsonNode counts = MARKET.get(TestServer.OPERATOR, "/billing/counts").path("counts");
        return StreamSupport.stream(counts.spliterator(), false)
                .filter(one -> one.path("kind").asText().equals("call-fee")
                        && one.path("organization").asText().equals(organization))
                .mapToLong(one -> one.path("quantity").asLong())
                .findFirst()
                .orElse(0);
    }
}
