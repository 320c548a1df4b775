// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health, measurements, ids of requests, and problems that no route answers. */
class OperationsTest {
    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static TestServer.Client nobody() {
        return SERVER.as(TestServer.NOBODY);
    }

    @Test
    void a_server_that_runs_is_live_and_ready_200() {
        assertThat(nobody().get("/health/live")
                        .mustBe(200)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("live");
        assertThat(nobody().get("/health/ready")
                        .mustBe(200)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("ready");
    }

    @Test
    void measurements_are_for_the_operator_alone() {
        nobody().get("/metrics").mustBeProblem(401);
        SERVER.as(TestServer.ACME).get("/metrics").mustBeProblem(403);
        Answer answer = SERVER.as(TestServer.OPERATOR).get("/metrics").mustBe(200);
        assertThat(answer.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(answer.text()).contains("mercat_store_revision", "mercat_store_backlog", "jvm_memory_used_bytes");
    }

    @Test
    void requests_are_counted_by_route_and_not_by_address_200() {
        nobody().get("/offerings/acme/parking/one");
        nobody().get("/offerings/acme/parking/two");
        nobody().get("/no/such/path");
        String metrics =
                SERVER.as(TestServer.OPERATOR).get("/metrics").mustBe(200).text();
        assertThat(metrics)
                .contains(
                        "method=\"GET\",route=\"/offerings/{organization}/{provider}/{offering}\",status=\"404\"",
                        "method=\"GET\",route=\"none\",status=\"404\"",
                        "method=\"POST\",route=\"/oauth/token\",status=\"200\"")
                .doesNotContain("parking/one", "no/such");
    }

    @Test
    void a_method_that_nobody_knows_is_counted_under_no_name_of_its_own() {
        for (String method : new String[] {"BREW", "BREW-2", "get"}) {
            nobody().send(method, "/health/live", null, (byte[]) null);
        }
        String metrics =
                SERVER.as(TestServer.OPERATOR).get("/metrics").mustBe(200).text();
        assertThat(metrics.lines().filter(line -> line.startsWith("mercat_requests_seconds_count{method=\"other\"")))
                .isNotEmpty();
        assertThat(metrics).doesNotContain("BREW", "method=\"get\"");
    }

    @Test
    void each_answer_has_a_request_id_of_its_own() {
        String first = nobody().get("/health/live").header("X-Request-Id");
        assertThat(first).matches("[0-9a-f]{16}");
        assertThat(nobody().get("/health/live").header("X-Request-Id")).isNotEqualTo(first);
        assertThat(nobody().get("/sparql?query=ASK%7B%7D").header("X-Request-Id"))
                .isNotEmpty();
    }

    @Test
    void a_harmless_request_id_is_kept() {
        Answer answer =
                nobody().with("X-Request-Id", "order-66.a_B").get("/nothing").mustBeProblem(404);
        assertThat(answer.header("X-Request-Id")).isEqualTo("order-66.a_B");
        assertThat(answer.json().path("instance").asText()).isEqualTo("urn:mercat:request:order-66.a_B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "<script>", "\"x\"", "${jndi:ldap://x.example/a}", "%0d%0aX: y", "", "é"})
    void a_hostile_request_id_is_replaced(String sent) {
        Answer answer = nobody().with("X-Request-Id", sent).get("/health/live").mustBe(200);
        assertThat(answer.header("X-Request-Id")).matches("[0-9a-f]{16}");
    }

    @Test
    void an_endless_request_id_is_replaced() {
        Answer answer = nobody().with("X-Request-Id", "a".repeat(65))
                .get("/health/live")
                .mustBe(200);
        assertThat(answer.header("X-Request-Id")).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/offerings/acme", "/offerings/a/b/c/d", "//x", "/offerings//x"})
    void an_unknown_path_is_404(String path) {
        assertThat(nobody().get(path).mustBeProblem(404).detail()).contains("/openapi.json");
    }

    @Test
    void a_path_with_a_slash_behind_is_the_same_200() {
        nobody().get("/health/live/").mustBe(200);
    }

    @Test
    void headers_without_end_are_431() {
        nobody().with("X-Long", "a".repeat(20_000)).get("/health/live").mustBeProblem(431);
    }
}
