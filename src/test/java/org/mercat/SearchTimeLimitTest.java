// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A search that takes longer than it may. */
class SearchTimeLimitTest {
    @RegisterExtension
    static final TestServer SERVER = new TestServer(Duration.ofMillis(1));

    @Test
    void a_search_over_the_time_limit_is_503_and_the_server_lives() {
        String offerings = IntStream.range(0, 500)
                .mapToObj(i -> Offerings.small("acme/parking/n" + i) + "\n")
                .collect(Collectors.joining());
        SERVER.as(TestServer.PARKING)
                .send("POST", "/offerings", "application/x-ndjson", offerings)
                .mustBe(200);
        String words = "?text=free+parking+spaces+counts&sort=title";
        Answer answer = SERVER.as(TestServer.NOBODY).get("/offerings" + words).mustBeProblem(503);
        assertThat(answer.detail()).contains("longer than it may", "add a criterion");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        SERVER.as(TestServer.NOBODY).get("/offerings/acme/parking/n499").mustBe(200);
    }
}
