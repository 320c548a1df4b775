// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mercat.contract.DueContracts;

/** Tariffs that were announced come into force, and contracts end, when the day has come, whether anybody asks or not. */
class DueContractsTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-11-01T00:00:00Z");
    private static final MovableClock CLOCK = new MovableClock("2026-09-01T08:00:00Z");

    @RegisterExtension
    static final TestServer SERVER = new TestServer(CLOCK);

    @BeforeEach
    void begin() {
        CLOCK.set("2026-09-01T08:00:00Z");
    }

    private static String announced(String name) {
        String offering = "acme/parking/" + name;
        SERVER.as(TestServer.PARKING)
                .json("PUT", "/offerings/" + offering, Offerings.full(offering).toString())
                .mustBe(201);
        String contract = "/contracts/acme/" + name;
        SERVER.as(TestServer.APP)
                .json("POST", "/contracts", "{\"id\": \"acme/%s\", \"offering\": \"%s\"}".formatted(name, offering))
                .mustBe(201);
        SERVER.as(TestServer.PARKING)
                .json(
                        "POST",
                        contract + "/steps/announce",
                        "{\"from\": \"2026-11-01\", \"tariff\":"
                                + " {\"pricingModel\": \"PER_ACCESS\", \"price\": \"0.07\", \"currency\": \"EUR\"}}")
                .mustBe(200);
        return contract;
    }

    private static JsonNode read(String contract) {
        return SERVER.as(TestServer.APP).get(contract).mustBe(200).json();
    }

    @Test
    void they_are_done_at_the_start_and_not_a_day_before() {
        String signed = announced("signed");
        String unsigned = announced("unsigned");
        SERVER.as(TestServer.APP).json("POST", signed + "/steps/sign", "{}").mustBe(200);
        CLOCK.set("2026-10-31T23:59:59Z");
        SERVER.restart();
        assertThat(read(signed).at("/tariff/price").asText()).isEqualTo("0.001");
        assertThat(read(unsigned).path("status").asText()).isEqualTo("active");
        CLOCK.set("2026-11-01T00:00:00Z");
        SERVER.restart();
        assertThat(read(signed).at("/tariff/price").asText()).isEqualTo("0.07");
        assertThat(read(unsigned).path("status").asText()).isEqualTo("ended");
    }

    @Test
    void they_are_done_at_midnight_while_it_runs() throws InterruptedException {
        String contract = announced("midnight");
        MovableClock clock = new MovableClock("2026-10-31T23:59:59Z");
        CountDownLatch looks = new CountDownLatch(2); // when it looks again, it has done what the first look found
        var contracts = SERVER.catalogue().contracts();
        try (DueContracts due = new DueContracts(contracts, () -> at(clock, looks), Duration.ofMillis(1))) {
            due.start();
            assertThat(read(contract).path("status").asText()).isEqualTo("active");
            clock.set("2026-11-01T00:00:00Z");
            assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(read(contract).path("status").asText()).isEqualTo("ended");
    }

    /** Counts looks after midnight. */
    private static Instant at(MovableClock clock, CountDownLatch looks) {
        Instant now = clock.instant();
        if (!now.isBefore(MIDNIGHT)) {
            looks.countDown();
        }
        return now;
    }
}
