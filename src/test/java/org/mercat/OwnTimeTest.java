// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A catalogue with a time of its own says so, wherever it is asked; others do not speak of time. */
class OwnTimeTest {
    @RegisterExtension
    static final TestServer OWN = new TestServer(new MovableClock("2026-09-01T08:00:00.5Z"));

    @RegisterExtension
    static final TestServer USUAL = new TestServer();

    @Test
    void every_answer_says_so() {
        for (String path : List.of("/health/ready", "/offerings", "/nowhere", "/sparql?query=ASK%7B%7D", "/invoices")) {
            assertThat(OWN.as(TestServer.NOBODY).get(path).header("Mercat-Time"))
                    .as(path)
                    .isEqualTo("2026-09-01T08:00:00Z");
            assertThat(USUAL.as(TestServer.NOBODY).get(path).header("Mercat-Time"))
                    .as(path)
                    .isEmpty();
        }
        assertThat(OWN.as(TestServer.NOBODY).get("/health/ready").text())
                .isEqualTo("{\"status\":\"ready\",\"time\":\"2026-09-01T08:00:00Z\"}");
        assertThat(USUAL.as(TestServer.NOBODY).get("/health/live").text()).isEqualTo("{\"status\":\"live\"}");
    }

    @Test
    void what_is_registered_is_of_that_time_and_found_in_it() {
        String id = "acme/parking/then";
        OWN.as(TestServer.PARKING)
                .json("PUT", Offerings.pathOf(id), Offerings.small(id).toString())
                .mustBe(201);
        assertThat(OWN.as(TestServer.NOBODY)
                        .get(Offerings.pathOf(id))
                        .json()
                        .path("created")
                        .asText())
                .isEqualTo("2026-09-01T08:00:00Z");
        OWN.as(TestServer.PARKING)
                .json("PUT", Offerings.pathOf(id) + "/activation", "{\"until\": \"2026-09-01T09:00:00Z\"}")
                .mustBe(200);
        assertThat(OWN.as(TestServer.NOBODY).get("/offerings?limit=5").text()).contains(id);
    }

    @Test
    void what_is_no_time_is_refused_before_anything_starts() {
        Run wrong = Run.of("serve", "--now", "2026-09-01");
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("\"2026-09-01\" is no time with its zone: write one such as 2026-09-01T00:00:00Z");
    }
}
