// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Demands over HTTP: registered, read, matched, told of. */
class DemandsTest {
    private static final String PATH = "/demands/acme/app/";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static TestServer.Client consumer() {
        return SERVER.as(TestServer.APP);
    }

    private static Answer put(String name, String search) {
        return consumer().json("PUT", PATH + name, demand(search));
    }

    private static String demand(String search) {
        return "{\"consumer\": \"acme/app\", \"title\": {\"en\": \"What I need\"}, \"search\": " + search + "}";
    }

    private static Listener listen(String name, String lastEventId) {
        return SERVER.listen(TestServer.APP, PATH + name + "/events", lastEventId);
    }

    private static String offer(String name, Consumer<ObjectNode> change) {
        String id = "acme/parking/" + name;
        Answer answer = SERVER.as(TestServer.PARKING).json("PUT", Offerings.pathOf(id), Offerings.changed(id, change));
        assertThat(answer.status()).as("%s", answer).isIn(200, 201);
        return id;
    }

    private static void titled(ObjectNode offering, String title) {
        offering.putObject("title").put("en", title);
        offering.putObject("description").put("en", "About " + title);
    }

    @Test
    void a_demand_comes_back_as_it_went_in() {
        Answer created = put("whole", """
                        {"text": "free spaces", "category": ["Parking"], "output": ["Latitude", "Longitude"],
                         "box": [-4, 43, -3, 44], "maxPrice": 0.01, "currency": "EUR", "commercial": true,
                         "provider": "acme/parking", "kind": "information", "valueType": "number", "unit": "DEG",
                         "degree": "plugin", "modifiedSince": "2020-01-01"}""").mustBe(201);
        JsonNode search = created.json().path("search");
        assertThat(created.header("Location")).isEqualTo(TestServer.BASE + "demands/acme/app/whole");
        assertThat(search.path("category")).hasSize(1);
        assertThat(search.path("category").get(0).asText()).isEqualTo("Parking");
        assertThat(search.path("output")).hasSize(2);
        assertThat(search.path("within").asText()).startsWith("POLYGON");
        assertThat(search.path("permission").get(0).asText()).isEqualTo("CommercialUse");
        assertThat(search.path("provider").get(0).asText()).isEqualTo("acme/parking");
        assertThat(search.path("unit").get(0).asText()).isEqualTo("DEG");
        assertThat(search.path("degree").asText()).isEqualTo("plugin");
        assertThat(search.path("modifiedSince").asText()).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(created.json().path("consumer").asText()).isEqualTo("acme/app");
        Answer again = put("whole", search.toString()).mustBe(200);
        assertThat(again.json().path("search")).isEqualTo(search);
        assertThat(consumer().get(PATH + "whole").mustBe(200).json().path("search"))
                .isEqualTo(search);
    }

    @Test
    void a_demand_in_turtle_is_one_too_and_its_criteria_can_be_asked_for() {
        String turtle = """
                @prefix mc: <https://w3id.org/mercat/core#> .
                @prefix dcterms: <http://purl.org/dc/terms/> .
                <> a mc:Demand ; dcterms:title "Places"@en ; dcterms:creator <%sconsumers/acme/app> ;
                  mc:criteria [ mc:output <https://w3id.org/mercat/datatypes#Position> ] .
                """.formatted(TestServer.BASE);
        consumer().send("PUT", PATH + "turtle", "text/turtle", turtle).mustBe(201);
        assertThat(consumer().get(PATH + "turtle").json().at("/search/output/0").asText())
                .isEqualTo("Position");
        String query = "PREFIX mc: <https://w3id.org/mercat/core#> SELECT ?d { ?d a mc:Demand ; mc:criteria"
                + " [ mc:output <https://w3id.org/mercat/datatypes#Position> ] }";
        assertThat(SERVER.as(TestServer.NOBODY)
                        .with("Accept", "application/sparql-results+json")
                        .send("POST", "/sparql", "application/sparql-query", query)
                        .mustBe(200)
                        .text())
                .contains("demands/acme/app/turtle");
    }

    @Test
    void what_is_wrong_with_a_search_is_said_where_it_is_400() {
        for (Map.Entry<String, String> bad : Map.of(
                        "{\"category\": \"Parkin\"}", "/search/category",
                        "{\"maxPrice\": 1}", "/search/currency",
                        "{\"colour\": \"red\"}", "/search/colour",
                        "{\"limit\": 5}", "/search/limit",
                        "{\"sort\": \"price\", \"text\": \"x\"}", "/search/sort",
                        "{\"near\": \"here\", \"radius\": 5}", "/search/near")
                .entrySet()) {
            Answer answer = put("bad", bad.getKey()).mustBeProblem(400);
            assertThat(answer.error().path("pointer").asText()).as("%s", answer).isEqualTo(bad.getValue());
        }
        put("bad", "{}").mustBeProblem(422);
        put("bad", "\"text\"").mustBeProblem(400);
        consumer()
                .json("PUT", PATH + "bad", "{\"consumer\": \"acme/app\", \"title\": \"x\"}")
                .mustBeProblem(422);
        consumer().get(PATH + "bad").mustBeProblem(404);
    }

    @Test
    void a_bad_search_in_turtle_is_422() {
        String turtle = """
                @prefix mc: <https://w3id.org/mercat/core#> .
                @prefix dcterms: <http://purl.org/dc/terms/> .
                <> a mc:Demand ; dcterms:title "Places"@en ; dcterms:creator <%sconsumers/acme/app> ;
                  mc:criteria [ mc:output <https://w3id.org/mercat/datatypes#Psition> ] .
                """.formatted(TestServer.BASE);
        assertThat(consumer()
                        .send("PUT", PATH + "bad", "text/turtle", turtle)
                        .mustBeProblem(422)
                        .text())
                .contains("Position");
    }

    @Test
    void a_demand_belongs_to_its_consumer() {
        put("mine", "{\"category\": \"Parking\"}").mustBe(201);
        SERVER.as(TestServer.OTHER)
                .json("PUT", PATH + "mine", demand("{\"category\": \"Parking\"}"))
                .mustBeProblem(403);
        for (String part : List.of("/matches", "/events", "/webhook", "/dead-letters")) {
            SERVER.as(TestServer.OTHER).get(PATH + "mine" + part).mustBeProblem(403);
            SERVER.as(TestServer.NOBODY).get(PATH + "mine" + part).mustBeProblem(401);
        }
        SERVER.as(TestServer.ACME).get(PATH + "mine/matches").mustBe(200);
        consumer()
                .json("PUT", PATH + "mine", demand("{\"text\": \"x\"}").replace("acme/app", "acme/other"))
                .mustBeProblem(409);
        SERVER.as(TestServer.OPERATOR)
                .json(
                        "PUT",
                        "/demands/acme/nobody/x",
                        demand("{\"text\": \"x\"}").replace("acme/app", "acme/nobody"))
                .mustBeProblem(409);
    }

    @Test
    void a_list_has_the_callers_own() {
        put("listed-a", "{\"category\": \"Parking\"}").mustBe(201);
        put("listed-b", "{\"category\": \"Parking\"}").mustBe(201);
        assertThat(ids(consumer().get("/demands?limit=100"))).contains("acme/app/listed-a", "acme/app/listed-b");
        assertThat(ids(SERVER.as(TestServer.OPERATOR).get("/demands?limit=100")))
                .contains("acme/app/listed-a");
        assertThat(ids(SERVER.as(TestServer.OTHER).get("/demands"))).isEmpty();
        JsonNode first = consumer().get("/demands?limit=1").mustBe(200).json();
        String next = first.path("next").asText();
        assertThat(ids(consumer().get(next.substring(TestServer.BASE.length() - 1))))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(ids(consumer().get("/demands?limit=1")));
        consumer().get("/demands?limit=0").mustBeProblem(400);
        consumer().get("/demands?cursor=x!").mustBeProblem(400);
    }

    private static List<String> ids(Answer page) {
        return StreamSupport.stream(page.mustBe(200).json().path("demands").spliterator(), false)
                .map(demand -> demand.path("id").asText())
                .toList();
    }

    @Test
    void a_patch_changes_the_search() {
        put("patched", "{\"category\": \"Parking\"}").mustBe(201);
        consumer()
                .with("If-Match", "*")
                .patch(PATH + "patched", "{\"search\": {\"box\": \"-4,43,-3,44\"}}")
                .mustBe(200);
        JsonNode search = consumer().get(PATH + "patched").json().path("search");
        assertThat(search.path("category").get(0).asText()).isEqualTo("Parking");
        assertThat(search.path("within").asText()).startsWith("POLYGON");
    }

    @Test
    void matches_are_what_the_search_finds_now() {
        String id = offer("found-by-demand", o -> titled(o, "Quagga watching"));
        put("quagga", "{\"text\": \"quagga\"}").mustBe(201);
        JsonNode page =
                consumer().get(PATH + "quagga/matches?explain=true").mustBe(200).json();
        assertThat(page.path("total").asInt()).isEqualTo(1);
        assertThat(page.at("/hits/0/offering").asText()).isEqualTo(id);
        assertThat(page.at("/hits/0/scores").isMissingNode()).isFalse();
        consumer().get(PATH + "quagga/matches?category=Parking").mustBeProblem(400);
    }

    @Test
    void a_withdrawn_demand_is_410_and_told_no_more() {
        put("gone", "{\"category\": \"Parking\"}").mustBe(201);
        consumer().delete(PATH + "gone").mustBe(204);
        consumer().get(PATH + "gone").mustBeProblem(410);
        consumer().get(PATH + "gone/events").mustBeProblem(410);
        consumer().get(PATH + "never/events").mustBeProblem(404);
        assertThat(ids(consumer().get("/demands?limit=100"))).doesNotContain("acme/app/gone");
    }

    @Test
    void a_consumer_with_demands_stays_409() {
        SERVER.system("consumers", "acme/waiting");
        SERVER.as("acme/waiting")
                .json(
                        "PUT",
                        "/demands/acme/waiting/x",
                        demand("{\"text\": \"x\"}").replace("acme/app", "acme/waiting"))
                .mustBe(201);
        SERVER.as(TestServer.ACME).delete("/consumers/acme/waiting").mustBeProblem(409);
        SERVER.as("acme/waiting").delete("/demands/acme/waiting/x").mustBe(204);
        SERVER.as(TestServer.ACME).delete("/consumers/acme/waiting").mustBe(204);
    }

    @Test
    void who_listens_is_told_what_matches_changes_stops_matching_and_goes() {
        put("okapi", "{\"text\": \"okapi\", \"output\": \"Position\"}").mustBe(201);
        try (Listener listener = listen("okapi", null)) {
            String id = offer("okapi", o -> titled(o, "Okapi tracker"));
            Listener.Event event = listener.next();
            assertThat(event.brief()).isEqualTo("matched " + id);
            assertThat(event.data().path("demand").asText()).isEqualTo("acme/app/okapi");
            assertThat(event.data().path("url").asText()).isEqualTo(Offerings.iriOf(id));
            assertThat(event.data().path("degree").asText()).isNotEmpty();
            offer("okapi", o -> titled(o, "Okapi tracker, better"));
            offer("okapi", o -> titled(o, "Giraffe tracker"));
            offer("okapi", o -> titled(o, "Okapi tracker"));
            SERVER.as(TestServer.PARKING)
                    .delete(Offerings.pathOf(id) + "/activation")
                    .mustBe(204);
            SERVER.as(TestServer.PARKING)
                    .send("PUT", Offerings.pathOf(id) + "/activation", null, new byte[0])
                    .mustBe(200);
            SERVER.as(TestServer.PARKING).delete(Offerings.pathOf(id)).mustBe(204);
            assertThat(listener.until("withdrawn " + id))
                    .containsExactly(
                            "changed " + id,
                            "unmatched " + id,
                            "matched " + id,
                            "expired " + id,
                            "matched " + id,
                            "withdrawn " + id);
        }
    }

    @Test
    void signs_of_life_are_no_news() {
        put("alive", "{\"text\": \"axolotl\"}").mustBe(201);
        try (Listener listener = listen("alive", null)) {
            String id = offer("axolotl", o -> titled(o, "Axolotl pond"));
            SERVER.as(TestServer.PARKING)
                    .send("PUT", Offerings.pathOf(id) + "/activation", null, new byte[0])
                    .mustBe(200);
            offer("axolotl", o -> titled(o, "Axolotl pond"));
            offer("axolotl", o -> titled(o, "Axolotl lake"));
            assertThat(listener.next().brief()).isEqualTo("matched " + id);
            assertThat(listener.next().brief()).isEqualTo("changed " + id);
        }
    }

    @Test
    void who_comes_back_is_told_what_was_missed_also_after_a_restart() {
        put("missed", "{\"text\": \"narwhal\"}").mustBe(201);
        String last;
        String gone = offer("narwhal-gone", o -> titled(o, "Narwhal one"));
        try (Listener listener = listen("missed", null)) {
            String seen = offer("narwhal-seen", o -> titled(o, "Narwhal two"));
            assertThat(listener.next().brief()).isEqualTo("matched " + seen);
            last = listener.lastId();
        }
        String next = offer("narwhal-next", o -> titled(o, "Narwhal three"));
        offer("nothing", o -> titled(o, "Sea cow"));
        SERVER.as(TestServer.PARKING).delete(Offerings.pathOf(gone)).mustBe(204);
        List<String> expected = List.of("matched " + next, "withdrawn " + gone);
        for (int round = 0; round < 2; round++) {
            try (Listener listener = listen("missed", last)) {
                String marker = offer("narwhal-" + round, o -> titled(o, "Narwhal marker"));
                List<String> told = listener.until("matched " + marker);
                assertThat(told.subList(0, 2)).isEqualTo(expected);
                assertThat(told).hasSize(3 + round);
            }
            JsonNode page = consumer()
                    .get(PATH + "missed/events?after=" + last.replace("/", "%2F"))
                    .mustBe(200)
                    .json();
            List<String> polled = new ArrayList<>();
            page.path("events")
                    .forEach(event -> polled.add(event.path("type").asText() + " "
                            + event.path("offering").asText()));
            assertThat(polled.subList(0, 2)).isEqualTo(expected);
            SERVER.restart();
        }
    }

    @Test
    void an_offering_whose_time_runs_out_is_told() {
        put("short", "{\"text\": \"dodo\"}").mustBe(201);
        Instant until = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(2);
        try (Listener listener = listen("short", null)) {
            String id = offer("dodo", o -> {
                titled(o, "Dodo sightings");
                o.put("activeUntil", until.toString());
            });
            assertThat(listener.next().brief()).isEqualTo("matched " + id);
            Listener.Event expired = listener.next();
            assertThat(expired.brief()).isEqualTo("expired " + id);
            assertThat(Instant.parse(expired.data().path("time").asText())).isEqualTo(until);
        }
    }

    @Test
    void a_demand_whose_own_time_is_over_is_told_nothing() {
        consumer()
                .json(
                        "PUT",
                        PATH + "over",
                        "{\"consumer\": \"acme/app\", \"title\": \"x\", \"activeUntil\": \"2020-01-01T00:00:00Z\","
                                + " \"search\": {\"text\": \"tapir\"}}")
                .mustBe(201);
        put("not-over", "{\"text\": \"tapir\"}").mustBe(201);
        try (Listener over = listen("over", null);
                Listener other = listen("not-over", null)) {
            String id = offer("tapir", o -> titled(o, "Tapir"));
            assertThat(other.next().brief()).isEqualTo("matched " + id);
            put("over", "{\"text\": \"tapir\"}").mustBe(200);
            String second = offer("tapir-2", o -> titled(o, "Tapir again"));
            assertThat(over.next().brief()).isEqualTo("matched " + second);
        }
    }

    /** Each criterion alone finds the one offering that has everything, as the search does; its opposite does not. */
    @Test
    void every_criterion_is_matched_as_the_search_finds_it() {
        List<String> searches = List.of(
                "{\"text\": \"\\\"heron watch\\\"\"}",
                "{\"text\": \"herons\"}",
                "{\"text\": \"heron\", \"category\": \"Parking\"}",
                "{\"provider\": \"acme/weather\"}",
                "{\"organization\": \"acme\", \"text\": \"heron\"}",
                "{\"box\": [100, 10, 101, 11]}",
                "{\"near\": \"100.5,10.5\", \"radius\": 100}",
                "{\"within\": \"POLYGON((100 10, 101 10, 101 11, 100 10))\"}",
                "{\"place\": \"Heronville\"}",
                "{\"from\": \"1990-01-01\", \"until\": \"1990-02-01\"}",
                "{\"maxPrice\": 0.5, \"currency\": \"XAF\", \"text\": \"heron\"}",
                "{\"pricingModel\": \"PER_DAY\"}",
                "{\"input\": [\"Latitude\", \"Longitude\"], \"text\": \"heron\"}",
                "{\"output\": \"ParkingAvailability\", \"input\": [\"Latitude\", \"Longitude\"], \"text\": \"heron\"}",
                "{\"licence\": \"CC0-1.0\"}",
                "{\"text\": \"heron\", \"unit\": \"RAD\"}",
                "{\"output\": \"ParkingAvailability\", \"degree\": \"exact\", \"text\": \"heron\"}");
        for (int i = 0; i < searches.size(); i++) {
            put("criterion-" + i, searches.get(i)).mustBe(201);
        }
        put("never", "{\"text\": \"heron\", \"place\": \"Nowhere\"}").mustBe(201);
        List<Listener> listeners = new ArrayList<>();
        for (int i = 0; i < searches.size(); i++) {
            listeners.add(listen("criterion-" + i, null));
        }
        String id = "acme/weather/heron";
        ObjectNode offering = Offerings.full(id);
        titled(offering, "Heron watch");
        offering.put("licence", "CC0-1.0");
        offering.putObject("place")
                .put("wkt", "POINT(100.5 10.5)")
                .putObject("name")
                .put("en", "Heronville");
        offering.putObject("temporal").put("startDate", "1990-01-01T00:00:00Z").put("endDate", "1990-12-31T00:00:00Z");
        offering.putObject("price")
                .put("pricingModel", "PER_DAY")
                .put("price", "0.4")
                .put("currency", "XAF");
        SERVER.as(TestServer.WEATHER)
                .json("PUT", Offerings.pathOf(id), offering.toString())
                .mustBe(201);
        for (int i = 0; i < searches.size(); i++) {
            JsonNode matches =
                    consumer().get(PATH + "criterion-" + i + "/matches").json();
            assertThat(matches.path("hits").findValuesAsText("offering"))
                    .as(searches.get(i))
                    .contains(id);
            try (Listener listener = listeners.get(i)) {
                Listener.Event event = listener.next();
                assertThat(event.brief()).as(searches.get(i)).isEqualTo("matched " + id);
                JsonNode hit = matches.path("hits").get(0);
                assertThat(event.data().path("degree").asText())
                        .isEqualTo(hit.path("degree").asText());
            }
        }
        assertThat(consumer()
                        .get(PATH + "never/events?after=0")
                        .mustBe(200)
                        .json()
                        .path("count")
                        .asInt())
                .isZero();
    }

    @Test
    void a_slip_of_the_pen_is_forgiven() {
        offer("wombat-old", o -> titled(o, "Wombat burrows"));
        put("slip", "{\"text\": \"wombta\"}").mustBe(201);
        try (Listener listener = listen("slip", null)) {
            String id = offer("wombat", o -> titled(o, "Wombat finder"));
            assertThat(listener.next().brief()).isEqualTo("matched " + id);
        }
    }
}
