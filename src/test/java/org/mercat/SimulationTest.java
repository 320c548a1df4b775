// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What months would have come to under other tariffs, shares and fee plans; nothing of it is written. */
class SimulationTest {
    private static final String SIMULATIONS = "/billing/simulations";
    private static final String LOTS = Market.LOTS;

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static final Market MARKET = new Market(SERVER);

    @BeforeAll
    static void prepare() {
        MARKET.prepare();
        MARKET.report("a", "bob", Market.FIRST, 1_000).mustBe(201);
        MARKET.report("b", "dan", Market.FIRST, 10).mustBe(201);
        MARKET.report("c", "bob", Market.SECOND, 500).mustBe(201);
    }

    private static JsonNode simulated(String client, String body) {
        return MARKET.post(client, SIMULATIONS, body).mustBe(200).json();
    }

    private static String trial(String member, String one) {
        return "{\"from\": \"%s\", \"to\": \"%s\", \"%s\": [%s]}".formatted(Market.FIRST, Market.SECOND, member, one);
    }

    private static String tariff(String tariff) {
        return trial("tariffs", "{\"offering\": \"%s\", \"tariff\": %s}".formatted(LOTS, tariff));
    }

    private static String amounts(JsonNode list, String member, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(one -> one.path(member).asText().equals(name))
                .map(one ->
                        one.path("present").asText() + " " + one.path("tried").asText() + " "
                                + one.path("difference").asText())
                .findFirst()
                .orElse("nothing");
    }

    @Test
    void a_provider_sees_what_another_price_would_come_to() {
        long revision = SERVER.revision();
        JsonNode answer = simulated(
                TestServer.ACME,
                tariff(
                        "{\"pricingModel\": \"PER_ACCESS\", \"price\": \"0.20\", \"currency\": \"EUR\", \"freeQuota\": 100}"));
        // bob 1,000 and 500, of which 100 each are free; dan 10, which are free
        assertThat(amounts(answer.path("payers"), "organization", "bob")).isEqualTo("150.00 260.00 110.00");
        assertThat(amounts(answer.path("payers"), "organization", "dan")).isEqualTo("1.00 0.00 -1.00");
        assertThat(amounts(answer.path("total"), "of", "sales")).isEqualTo("151.00 260.00 109.00");
        assertThat(amounts(answer.path("total"), "of", "fees")).isEqualTo("20.10 31.00 10.90");
        assertThat(amounts(answer.path("earners"), "organization", "city")).isEqualTo("40.77 70.20 29.43");
        assertThat(amounts(answer.path("offerings"), "offering", LOTS)).isEqualTo("95.13 163.80 68.67");
        assertThat(answer.path("unchanged")).isEmpty();
        assertThat(answer.path("open").asBoolean()).isTrue();
        assertThat(SERVER.revision()).isEqualTo(revision);
    }

    @Test
    void the_operator_tries_fee_plans_and_others_may_not() {
        String body = trial("feePlans", "{\"currency\": \"EUR\", \"percentage\": 20}");
        JsonNode answer = simulated(TestServer.OPERATOR, body);
        assertThat(amounts(answer.path("total"), "of", "fees")).isEqualTo("20.10 30.20 10.10");
        assertThat(amounts(answer.path("payers"), "organization", "bob")).isEqualTo("150.00 150.00 0.00");
        assertThat(amounts(
                        simulated(
                                        TestServer.OPERATOR,
                                        body.replace("\"currency", "\"organization\": \"city\", \"currency"))
                                .path("total"),
                        "of",
                        "fees"))
                .isEqualTo("20.10 20.10 0.00");
        MARKET.post(TestServer.ACME, SIMULATIONS, body).mustBeProblem(403);
    }

    @Test
    void shares_are_tried() {
        String shares = "{\"offering\": \"%s\", \"shares\": [{\"organization\": \"city\", \"percent\": \"50\"}]}";
        JsonNode answer = simulated(TestServer.ACME, trial("shares", shares.formatted(LOTS)));
        assertThat(amounts(answer.path("earners"), "organization", "city")).isEqualTo("40.77 67.95 27.18");
    }

    @Test
    void others_see_nothing_of_it() {
        JsonNode answer = simulated(TestServer.OTHER, "{\"from\": \"" + Market.FIRST + "\"}");
        assertThat(answer.path("payers")).isEmpty();
        assertThat(answer.path("offerings")).isEmpty();
        JsonNode consumers = simulated("bob", "{\"from\": \"" + Market.FIRST + "\"}");
        assertThat(consumers.path("payers")).isEmpty();
        MARKET.post(
                        TestServer.OTHER,
                        SIMULATIONS,
                        tariff("{\"pricingModel\": \"PER_ACCESS\", \"price\": \"1\", \"currency\": \"EUR\"}"))
                .mustBeProblem(403);
    }

    @Test
    void what_was_not_counted_cannot_be_rated() {
        String detail = MARKET.post(
                        TestServer.ACME,
                        SIMULATIONS,
                        tariff("{\"pricingModel\": \"PER_RECORD\", \"price\": \"0.01\", \"currency\": \"EUR\"}"))
                .mustBeProblem(409)
                .detail();
        assertThat(detail).contains("\"record\" was not counted in " + Market.FIRST, "access");
    }

    @Test
    void what_makes_no_sense_is_refused_by_name() {
        String free = "{\"pricingModel\": \"FREE\"}";
        assertThat(MARKET.post(TestServer.ACME, SIMULATIONS, tariff(free).replace(LOTS, "acme/parking/none"))
                        .mustBeProblem(422)
                        .detail())
                .contains("no offering \"acme/parking/none\"");
        assertThat(MARKET.post(TestServer.ACME, SIMULATIONS, tariff("{\"pricingModel\": \"PER_ACCESS\"}"))
                        .mustBeProblem(422)
                        .text())
                .contains("/tariffs/0/tariff");
        assertThat(MARKET.post(TestServer.ACME, SIMULATIONS, "{\"from\": \"" + Market.NOW.plusMonths(1) + "\"}")
                        .mustBeProblem(422)
                        .detail())
                .contains("is in the future");
        MARKET.post(
                        TestServer.ACME,
                        SIMULATIONS,
                        "{\"from\": \"%s\", \"to\": \"%s\"}".formatted(Market.NOW.minusMonths(12), Market.NOW))
                .mustBeProblem(422);
        MARKET.post(TestServer.ACME, SIMULATIONS, "{\"form\": 1}").mustBeProblem(422);
    }
}
