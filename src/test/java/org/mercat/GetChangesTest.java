// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GetChangesTest {
    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static TestServer.Client provider() {
        return SERVER.as(TestServer.PARKING);
    }

    private static void put(String name, int status) {
        String id = "acme/parking/" + name;
        provider()
                .json("PUT", Offerings.pathOf(id), Offerings.small(id).toString())
                .mustBe(status);
    }

    private static void delete(String name) {
        provider().delete(Offerings.pathOf("acme/parking/" + name)).mustBe(204);
    }

    private static Listener listen(String lastEventId) {
        return SERVER.listen(TestServer.NOBODY, "/changes", lastEventId);
    }

    private static JsonNode page(String query) {
        return SERVER.as(TestServer.NOBODY).get("/changes" + query).mustBe(200).json();
    }

    private static String after(String id) {
        return "?after=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private static List<String> briefs(JsonNode page) {
        List<String> briefs = new ArrayList<>();
        page.path("changes")
                .forEach(change -> briefs.add(change.path("type").asText() + " "
                        + change.path("offering").asText()));
        return briefs;
    }

    @Test
    void what_happens_to_an_offering_is_told_as_it_happens() {
        try (Listener listener = listen(null)) {
            assertThat(listener.header("Content-Type")).isEqualTo("text/event-stream");
            put("told", 201);
            put("told", 200);
            provider()
                    .delete(Offerings.pathOf("acme/parking/told") + "/activation")
                    .mustBe(204);
            provider()
                    .send("PUT", Offerings.pathOf("acme/parking/told") + "/activation", null, new byte[0])
                    .mustBe(200);
            delete("told");
            assertThat(listener.until("withdrawn acme/parking/told"))
                    .containsExactly(
                            "created acme/parking/told",
                            "changed acme/parking/told",
                            "expired acme/parking/told",
                            "changed acme/parking/told",
                            "withdrawn acme/parking/told");
        }
    }

    @Test
    void an_event_has_the_revision_and_where_the_offering_is() {
        try (Listener listener = listen(null)) {
            put("where", 201);
            Listener.Event event = listener.next();
            assertThat(event.data().path("revision").asLong()).isEqualTo(SERVER.revision());
            assertThat(event.data().path("url").asText()).isEqualTo(Offerings.iriOf("acme/parking/where"));
            assertThat(event.data().path("id").asText()).isEqualTo(event.id());
            assertThat(Instant.parse(event.data().path("time").asText()))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now());
        }
    }

    @Test
    void who_comes_back_is_told_what_he_missed_and_then_what_happens() {
        String last;
        try (Listener listener = listen(null)) {
            put("before", 201);
            listener.until("created acme/parking/before");
            last = listener.lastId();
        }
        put("missed", 201);
        delete("before");
        try (Listener listener = listen(last)) {
            put("after", 201);
            assertThat(listener.until("created acme/parking/after"))
                    .containsExactly(
                            "created acme/parking/missed",
                            "withdrawn acme/parking/before",
                            "created acme/parking/after");
        }
    }

    @Test
    void who_comes_back_after_a_restart_is_told_what_he_missed() {
        String last;
        try (Listener listener = listen(null)) {
            put("old", 201);
            listener.until("created acme/parking/old");
            last = listener.lastId();
        }
        put("new", 201);
        delete("old");
        SERVER.restart();
        try (Listener listener = listen(last)) {
            put("newest", 201);
            assertThat(listener.until("created acme/parking/newest"))
                    .containsExactly(
                            "created acme/parking/new", "withdrawn acme/parking/old", "created acme/parking/newest");
        }
    }

    @Test
    void wherever_a_reader_is_cut_off_in_a_commit_nothing_is_missed_and_nothing_comes_twice() {
        String start = page("?after=" + SERVER.revision()).path("last").asText();
        String lines = IntStream.range(0, 40)
                .mapToObj(i -> Offerings.small("acme/parking/bulk-" + i).toString())
                .collect(Collectors.joining("\n"));
        provider().send("POST", "/offerings", "application/x-ndjson", lines).mustBe(200);
        List<String> inPages = new ArrayList<>();
        JsonNode page;
        String last = start;
        do {
            page = page(after(last) + "&limit=7");
            inPages.addAll(briefs(page));
            last = page.path("last").asText();
        } while (page.has("next"));
        assertThat(inPages).hasSize(40).doesNotHaveDuplicates();
        JsonNode all = page(after(start));
        assertThat(briefs(all)).isEqualTo(inPages);
        for (int cut = 0; cut < 40; cut += 9) {
            List<String> rest = new ArrayList<>();
            try (Listener listener =
                    listen(all.path("changes").get(cut).path("id").asText())) {
                while (rest.size() < 39 - cut) {
                    rest.add(listener.next().brief());
                }
            }
            assertThat(rest).isEqualTo(inPages.subList(cut + 1, 40));
        }
    }

    @Test
    void an_offering_whose_time_runs_out_is_told_to_who_listens_and_to_who_comes_back() {
        String start = page("?after=" + SERVER.revision()).path("last").asText();
        String id = "acme/parking/short";
        Instant until = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(2);
        try (Listener listener = listen(null)) {
            provider()
                    .json(
                            "PUT",
                            Offerings.pathOf(id),
                            Offerings.changed(id, o -> o.put("activeUntil", until.toString())))
                    .mustBe(201);
            assertThat(listener.until("expired " + id)).containsExactly("created " + id, "expired " + id);
        }
        JsonNode missed = page(after(start));
        assertThat(briefs(missed)).contains("created " + id, "expired " + id).doesNotHaveDuplicates();
        assertThat(briefs(page(after(missed.path("last").asText())))).isEmpty();
    }

    @Test
    void the_feed_from_the_beginning_has_each_offering_once() {
        put("twice", 201);
        put("twice", 200);
        JsonNode page = page("?after=0&limit=1000");
        assertThat(briefs(page).stream().filter(brief -> brief.endsWith("/twice")))
                .containsExactly("created acme/parking/twice");
        assertThat(page.path("count").asInt()).isEqualTo(page.path("changes").size());
        assertThat(briefs(page())).isEqualTo(briefs(page));
    }

    private static JsonNode page() {
        return page("?limit=1000");
    }

    @Test
    void a_page_leads_to_the_next() {
        put("one", 201);
        put("two", 201);
        Answer first = SERVER.as(TestServer.NOBODY).get("/changes?limit=1").mustBe(200);
        String next = first.json().path("next").asText();
        assertThat(first.header("Link")).isEqualTo("<" + next + ">; rel=\"next\"");
        assertThat(next).startsWith(TestServer.BASE + "changes?after=");
        JsonNode second = page("?" + next.substring(next.indexOf('?') + 1));
        assertThat(briefs(second)).hasSize(1).isNotEqualTo(briefs(first.json()));
    }

    @Test
    void what_is_no_id_of_an_event_is_400() {
        for (String bad : List.of("x", "-1", "1@", "1/../@2", "%00", "1@2/A", "99999999999999999999")) {
            SERVER.as(TestServer.NOBODY).get("/changes?after=" + bad).mustBeProblem(400);
        }
        assertThat(listen("next").status()).isEqualTo(400);
    }

    @Test
    void an_id_of_another_catalogue_is_400() {
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get("/changes?after=999999@1")
                        .mustBeProblem(400)
                        .text())
                .contains("after=0");
    }

    @Test
    void a_bad_limit_is_400() {
        for (String bad : List.of("0", "-1", "1001", "x", "")) {
            SERVER.as(TestServer.NOBODY).get("/changes?limit=" + bad).mustBeProblem(400);
        }
    }

    @Test
    void other_media_types_are_406() {
        SERVER.as(TestServer.NOBODY).get("/changes", "text/turtle").mustBeProblem(406);
    }

    @Test
    void who_listens_when_the_server_stops_sees_the_end() {
        try (Listener listener = listen(null)) {
            SERVER.restart();
            assertThat(listener.ends()).isTrue();
        }
    }

    @Test
    void a_listener_that_reads_nothing_keeps_nobody_from_writing() throws Exception {
        try (java.net.Socket slow = new java.net.Socket("127.0.0.1", SERVER.port());
                Listener listener = listen(null)) {
            slow.setReceiveBufferSize(1_000);
            slow.getOutputStream()
                    .write("GET /changes HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            for (int round = 0; round < 5; round++) {
                String lines = IntStream.range(0, 300)
                        .mapToObj(i -> Offerings.small("acme/parking/slow-" + i).toString())
                        .collect(Collectors.joining("\n"));
                provider()
                        .send("POST", "/offerings", "application/x-ndjson", lines)
                        .mustBe(200);
            }
            put("at-the-end", 201);
            assertThat(listener.until("created acme/parking/at-the-end")).hasSizeGreaterThan(300);
        }
    }
}
