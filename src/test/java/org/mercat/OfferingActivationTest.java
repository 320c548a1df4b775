// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfferingActivationTest {
    private static final String ID = "acme/parking/x";
    private static final String PATH = Offerings.pathOf(ID);
    private static final String ACTIVATION = PATH + "/activation";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @BeforeEach
    void register() {
        parking().json("PUT", PATH, Offerings.small(ID).toString());
    }

    private static TestServer.Client parking() {
        return SERVER.as(TestServer.PARKING);
    }

    private static Answer activate(String body) {
        return parking().json("PUT", ACTIVATION, body);
    }

    private static Instant activeUntil() {
        return Instant.parse(parking().get(PATH).json().path("activeUntil").asText());
    }

    private static void mustBeInAnHour(Instant until) {
        assertThat(Duration.between(Instant.now(), until)).isBetween(Duration.ofMinutes(58), Duration.ofMinutes(60));
    }

    @Test
    void a_registration_is_active_for_an_hour_201() {
        parking().delete(PATH);
        JsonNode created = parking()
                .json("PUT", PATH, Offerings.small(ID).toString())
                .mustBe(201)
                .json();
        mustBeInAnHour(Instant.parse(created.path("activeUntil").asText()));
    }

    @Test
    void a_sign_of_life_without_a_time_is_good_for_an_hour_200() {
        parking().delete(ACTIVATION).mustBe(204);
        JsonNode answer = activate("").mustBe(200).json();
        assertThat(answer.path("active").asBoolean()).isTrue();
        assertThat(Instant.parse(answer.path("activeUntil").asText())).isEqualTo(activeUntil());
        mustBeInAnHour(activeUntil());
    }

    @Test
    void a_time_to_come_is_200() {
        activate("{\"until\": \"2036-01-01T02:00:00+02:00\"}").mustBe(200);
        assertThat(activeUntil()).isEqualTo(Instant.parse("2036-01-01T00:00:00Z"));
    }

    @Test
    void registering_again_does_not_shorten_it_200() {
        activate("{\"until\": \"2036-01-01T00:00:00Z\"}").mustBe(200);
        parking().json("PUT", PATH, Offerings.small(ID).toString()).mustBe(200);
        assertThat(activeUntil()).isEqualTo(Instant.parse("2036-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"+14:00, 30", "-12:00, 90"})
    void a_time_from_before_is_compared_as_a_time_whatever_its_zone_200(String zone, int minutes) {
        OffsetDateTime before = OffsetDateTime.now(ZoneOffset.of(zone)).plusMinutes(minutes);
        String sent = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(before.truncatedTo(ChronoUnit.SECONDS));
        parking()
                .json("PUT", PATH, Offerings.changed(ID, o -> o.put("activeUntil", sent)))
                .mustBe(200);
        assertThat(activeUntil()).isEqualTo(Instant.parse(sent));
        parking().json("PUT", PATH, Offerings.small(ID).toString()).mustBe(200);
        assertThat(Duration.between(Instant.now(), activeUntil()))
                .isBetween(Duration.ofMinutes(Math.max(60, minutes) - 2), Duration.ofMinutes(Math.max(60, minutes)));
    }

    @Test
    void an_activation_of_another_version_is_412_and_changes_nothing() {
        String read = parking().get(PATH).tag();
        activate("{\"until\": \"2035-01-01T00:00:00Z\"}").mustBe(200);
        String tag = parking().get(PATH).tag();
        parking()
                .with("If-Match", read)
                .json("PUT", ACTIVATION, "{\"until\": \"2036-01-01T00:00:00Z\"}")
                .mustBeProblem(412);
        parking().with("If-Match", read).delete(ACTIVATION).mustBeProblem(412);
        assertThat(parking().get(PATH).tag()).isEqualTo(tag);
        parking().with("If-Match", tag).json("PUT", ACTIVATION, "").mustBe(200);
        parking()
                .with("If-Match", parking().get(PATH, "text/turtle").tag())
                .delete(ACTIVATION)
                .mustBe(204);
    }

    @Test
    void the_tag_changes_and_the_rest_stays_200() {
        Answer before = parking().get(PATH);
        activate("{\"until\": \"2035-01-01T00:00:00Z\"}").mustBe(200);
        Answer after = parking().get(PATH);
        assertThat(after.tag()).isNotEqualTo(before.tag());
        assertThat(after.json().path("outputs")).isEqualTo(before.json().path("outputs"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"until\": \"2020-01-01T00:00:00Z\"}",
                "{\"until\": \"tomorrow\"}",
                "{\"until\": \"2036-01-01\"}",
                "{\"until\": \"2036-01-01T00:00:00\"}",
                "{\"until\": \"+999999-01-01T00:00:00Z\"}",
                "{\"until\": \"9999-12-31T23:59:59-18:00\"}",
                "{\"until\": 2036}",
                "{\"until\": null}",
                "{\"until\": \"2036-01-01T00:00:00Z\", \"from\": \"2035-01-01T00:00:00Z\"}",
                "{}",
                "[]",
                "{"
            })
    void what_is_no_time_to_come_is_400(String body) {
        String tag = parking().get(PATH).tag();
        activate(body).mustBeProblem(400);
        assertThat(parking().get(PATH).tag()).isEqualTo(tag);
    }

    @Test
    void a_huge_body_is_413() {
        activate(" ".repeat(5_000)).mustBeProblem(413);
    }

    @Test
    void a_pause_is_204_and_takes_the_time_away() {
        parking().delete(ACTIVATION).mustBe(204);
        assertThat(parking().get(PATH).mustBe(200).json().has("activeUntil")).isFalse();
        parking().delete(ACTIVATION).mustBe(204);
    }

    @Test
    void the_activation_of_what_is_not_there_is_404() {
        parking().json("PUT", PATH + "-missing/activation", "").mustBeProblem(404);
        parking().delete(PATH + "-missing/activation").mustBeProblem(404);
    }

    @Test
    void the_activation_of_what_was_withdrawn_is_410() {
        parking().delete(PATH).mustBe(204);
        activate("").mustBeProblem(410);
        parking().delete(ACTIVATION).mustBeProblem(410);
    }

    @Test
    void the_activation_of_the_offering_of_others_is_403() {
        for (String client : new String[] {TestServer.WEATHER, TestServer.RIVAL, TestServer.OTHER, TestServer.APP}) {
            SERVER.as(client).json("PUT", ACTIVATION, "").mustBeProblem(403);
            SERVER.as(client).delete(ACTIVATION).mustBeProblem(403);
        }
        SERVER.as(TestServer.NOBODY).json("PUT", ACTIVATION, "").mustBeProblem(401);
        SERVER.as(TestServer.ACME).json("PUT", ACTIVATION, "").mustBe(200);
        SERVER.as(TestServer.OPERATOR).json("PUT", ACTIVATION, "").mustBe(200);
    }
}
