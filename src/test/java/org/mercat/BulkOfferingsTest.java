// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** POST /offerings as NDJSON. */
class BulkOfferingsTest {
    private static final String NDJSON = "application/x-ndjson";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static TestServer.Client parking() {
        return SERVER.as(TestServer.PARKING);
    }

    private static List<JsonNode> post(String body) {
        return results(parking().send("POST", "/offerings", NDJSON, body));
    }

    private static List<JsonNode> results(Answer answer) {
        assertThat(answer.mustBe(200).header("Content-Type")).startsWith(NDJSON);
        return answer.text().lines().map(Answer::json).toList();
    }

    private static String line(String id) {
        return Offerings.small(id) + "\n";
    }

    private static List<Integer> statuses(List<JsonNode> results) {
        return results.stream().map(result -> result.path("status").asInt()).toList();
    }

    @Test
    void each_line_has_its_result_in_order_200() {
        List<JsonNode> results =
                post(line("acme/parking/a1") + line("acme/parking/a2") + "{}\n" + line("acme/parking/a3"));
        assertThat(results).extracting(result -> result.path("line").asInt()).containsExactly(1, 2, 3, 4);
        assertThat(results)
                .extracting(result -> result.path("id").asText())
                .containsExactly("acme/parking/a1", "acme/parking/a2", "", "acme/parking/a3");
        assertThat(statuses(results)).containsExactly(201, 201, 400, 201);
    }

    @Test
    void the_revision_of_a_result_is_that_of_the_offering_200() {
        JsonNode result = post(line("acme/parking/r1")).get(0);
        JsonNode offering =
                parking().get("/offerings/acme/parking/r1").mustBe(200).json();
        assertThat(result.path("revision").asLong())
                .isEqualTo(offering.path("revision").asLong());
        assertThat(parking()
                        .with("If-Match", "\"" + result.path("revision").asLong() + "\"")
                        .delete("/offerings/acme/parking/r1")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void of_two_lines_with_one_id_the_second_is_409() {
        String second = Offerings.changed("acme/parking/twice", o -> o.put("licence", "CC0-1.0"));
        List<JsonNode> results = post(line("acme/parking/twice") + line("acme/parking/once") + second);
        assertThat(statuses(results)).containsExactly(201, 201, 409);
        assertThat(results.get(2).path("detail").asText()).contains("line 1", "\"acme/parking/twice\"");
        assertThat(parking()
                        .get("/offerings/acme/parking/twice")
                        .json()
                        .path("licence")
                        .asText())
                .isEqualTo("CC-BY-4.0");
        assertThat(statuses(post(second))).containsExactly(200);
    }

    @Test
    void a_line_that_was_refused_may_be_mended_in_a_later_one_201() {
        String bad = Offerings.changed("acme/parking/mended", o -> o.remove("licence"));
        assertThat(statuses(post(bad + "\n" + line("acme/parking/mended")))).containsExactly(422, 201);
    }

    @Test
    void a_thousand_lines_with_one_id_cost_one_commit() {
        long before = SERVER.revision();
        List<JsonNode> results = post(line("acme/parking/again").repeat(1_000));
        assertThat(statuses(results)).hasSize(1_000).startsWith(201, 409).containsOnlyOnce(201);
        assertThat(SERVER.revision()).isEqualTo(before + 1);
    }

    @Test
    void a_dry_run_finds_repeated_ids_too_409() {
        String body = line("acme/parking/dry") + line("acme/parking/dry");
        assertThat(statuses(results(parking().send("POST", "/offerings?dryRun=true", NDJSON, body))))
                .containsExactly(200, 409);
    }

    @Test
    void bad_lines_do_not_stop_the_others_200() throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String text : List.of(
                line("acme/parking/b1"),
                "{ \"id\": \n",
                Offerings.changed("acme/parking/b2", o -> o.remove("licence")) + "\n",
                line("acme/weather/b3"),
                line("other/parking/b4"),
                "[]\n",
                "{}\n",
                Offerings.changed("acme/parking/b5", o -> o.put("provider", "acme/weather")) + "\n")) {
            body.write(text.getBytes(StandardCharsets.UTF_8));
        }
        body.write(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}', '\n'});
        body.write(Offerings.changed("acme/parking/b6", o -> o.put("x", "y".repeat(1 << 20)))
                .getBytes(StandardCharsets.UTF_8));
        body.write('\n');
        body.write(line("acme/parking/b7").stripTrailing().getBytes(StandardCharsets.UTF_8));
        List<JsonNode> results = results(parking().send("POST", "/offerings", NDJSON, body.toByteArray()));
        assertThat(statuses(results)).containsExactly(201, 400, 422, 403, 403, 400, 400, 409, 400, 413, 201);
        assertThat(results.get(1).path("errors").path(0).path("line").asInt()).isEqualTo(1);
        assertThat(results.get(2).path("id").asText()).isEqualTo("acme/parking/b2");
        assertThat(results.get(2).path("errors").path(0).path("path").asText()).endsWith("license");
        assertThat(results.get(2).has("revision")).isFalse();
        for (String missing : List.of("b2", "b5", "b6")) {
            parking().get("/offerings/acme/parking/" + missing).mustBe(404);
        }
        parking().get("/offerings/acme/parking/b7").mustBe(200);
    }

    @Test
    void blank_lines_are_left_out_but_counted_200() {
        List<JsonNode> results =
                post("\n \t\r\n" + line("acme/parking/c1").replace("\n", "\r\n") + "\n\n" + line("acme/parking/c2"));
        assertThat(results).extracting(result -> result.path("line").asInt()).containsExactly(3, 6);
        assertThat(statuses(results)).containsExactly(201, 201);
        assertThat(post("")).isEmpty();
    }

    @Test
    void a_warning_is_none_of_the_errors_200() {
        JsonNode result = post(Offerings.changed("acme/parking/w", o -> o.put("title", "One")))
                .get(0);
        assertThat(result.path("status").asInt()).isEqualTo(201);
        assertThat(result.path("warnings")).isNotEmpty();
        assertThat(result.has("errors")).isFalse();
    }

    @Test
    void a_dry_run_stores_nothing_200() {
        long before = SERVER.revision();
        String body =
                line("acme/parking/d1") + Offerings.changed("acme/parking/d2", o -> o.put("provider", "acme/weather"));
        Answer answer = parking().send("POST", "/offerings?dryRun=true", NDJSON, body);
        assertThat(statuses(results(answer))).containsExactly(200, 409);
        assertThat(SERVER.revision()).isEqualTo(before);
        parking().get("/offerings/acme/parking/d1").mustBe(404);
    }

    @Test
    void two_thousand_lines_are_all_there_when_the_answer_is_200() {
        String body = IntStream.range(0, 2_000)
                .mapToObj(i -> i % 100 == 50 ? "{\n" : line("acme/parking/n" + i))
                .collect(Collectors.joining());
        List<JsonNode> results = post(body);
        assertThat(results).hasSize(2_000);
        for (int i = 0; i < 2_000; i++) {
            assertThat(results.get(i).path("line").asInt()).isEqualTo(i + 1);
            assertThat(results.get(i).path("status").asInt()).isEqualTo(i % 100 == 50 ? 400 : 201);
        }
        for (int i = 0; i < 2_000; i += 13) {
            if (i % 100 != 50) {
                parking().get("/offerings/acme/parking/n" + i).mustBe(200);
            }
        }
    }

    @Test
    void another_charset_is_415() {
        parking()
                .send("POST", "/offerings", NDJSON + "; charset=iso-8859-1", line("acme/parking/l1"))
                .mustBeProblem(415);
        parking().get("/offerings/acme/parking/l1").mustBe(404);
    }

    @Test
    void a_consumer_is_403_and_nobody_is_401() {
        SERVER.as(TestServer.APP)
                .send("POST", "/offerings", NDJSON, line("acme/app/x"))
                .mustBeProblem(403);
        SERVER.as(TestServer.NOBODY)
                .send("POST", "/offerings", NDJSON, line("acme/parking/x"))
                .mustBeProblem(401);
    }
}
