// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PutOfferingTest {
    private static final String ID = "acme/parking/x";
    private static final String PATH = Offerings.pathOf(ID);

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static TestServer.Client parking() {
        return SERVER.as(TestServer.PARKING);
    }

    private static Answer put(String body) {
        return parking().json("PUT", PATH, body);
    }

    private static Answer put() {
        return put(Offerings.small(ID).toString());
    }

    @Test
    void a_new_offering_is_201_and_the_same_again_is_200() {
        String path = Offerings.pathOf("acme/parking/new");
        Answer created = parking()
                .json("PUT", path, Offerings.small("acme/parking/new").toString())
                .mustBe(201);
        assertThat(created.header("Location")).isEqualTo(Offerings.iriOf("acme/parking/new"));
        assertThat(created.tag()).isEqualTo(parking().get(path).tag());
        assertThat(created.text()).isEqualTo(parking().get(path).text());
        Answer replaced = parking()
                .json("PUT", path, Offerings.small("acme/parking/new").toString())
                .mustBe(200);
        assertThat(replaced.tag()).isNotEqualTo(created.tag());
        assertThat(replaced.json().path("created")).isEqualTo(created.json().path("created"));
    }

    @Test
    void what_the_server_manages_cannot_be_sent_200() {
        put();
        Answer got = put(Offerings.changed(
                ID,
                o -> o.put("created", "1999-01-01T00:00:00Z")
                        .put("modified", "1999-01-01T00:00:00Z")
                        .put("revision", 999_999)));
        assertThat(got.json().path("revision").asLong()).isLessThan(999_999);
        assertThat(got.text()).doesNotContain("1999");
    }

    @Test
    void offering_without_licence_is_422() {
        Answer answer = put(Offerings.changed(ID, o -> o.remove("licence"))).mustBeProblem(422);
        JsonNode error = answer.error();
        assertThat(error.path("focusNode").asText()).isEqualTo(Offerings.iriOf(ID));
        assertThat(error.path("path").asText()).isEqualTo("http://purl.org/dc/terms/license");
        assertThat(error.path("constraint").asText()).isEqualTo("https://w3id.org/mercat/shapes#Offering-licence");
        assertThat(error.path("message").asText()).contains("\"licence\"");
        assertThat(error.path("severity").asText()).isEqualTo("violation");
    }

    @Test
    void a_fault_deep_inside_has_its_pointer_and_its_line_422() {
        String body = Offerings.small(ID).toPrettyString().replace("\"DEG\"", "\"Degree\"");
        JsonNode error = put(body).mustBeProblem(422).error();
        assertThat(error.path("pointer").asText()).isEqualTo("/outputs/0/unit");
        assertThat(error.path("line").asInt()).isEqualTo(lineOf(body, "\"unit\""));
        assertThat(error.path("focusNode").asText()).isEqualTo(Offerings.iriOf(ID) + "#/outputs/0");
    }

    @Test
    void a_fault_in_turtle_has_its_line_422() {
        String body = Offerings.turtle(ID).replace("datatypes#Longitude", "datatypes#Longitud");
        JsonNode error = parking()
                .send("PUT", PATH, "text/turtle", body)
                .mustBeProblem(422)
                .error();
        assertThat(error.path("line").asInt()).isEqualTo(lineOf(body, "Longitud>"));
        assertThat(error.path("message").asText()).contains("did you mean Longitude");
    }

    private static int lineOf(String text, String part) {
        return (int) text.substring(0, text.indexOf(part)).lines().count();
    }

    @ParameterizedTest
    @CsvSource({
        "category, Parkng, Parking",
        "category, Parkplatz, Parking",
        "licence, CC-BY-4, CC-BY-4.0",
        "segment, City, Cities"
    })
    void an_unknown_term_gets_suggestions_422(String member, String word, String suggestion) {
        JsonNode error = put(Offerings.changed(ID, o -> o.put(member, word)))
                .mustBeProblem(422)
                .error();
        assertThat(error.path("message").asText()).contains("did you mean", suggestion);
        assertThat(error.path("pointer").asText()).isEqualTo("/" + member);
    }

    @Test
    void an_unknown_member_gets_a_suggestion_400() {
        JsonNode error = put(Offerings.changed(ID, o -> o.put("licens", "MIT")))
                .mustBeProblem(400)
                .error();
        assertThat(error.path("pointer").asText()).isEqualTo("/licens");
        assertThat(error.path("message").asText()).contains("licence");
    }

    @Test
    void a_time_without_a_time_zone_is_422() {
        JsonNode error = put(Offerings.changed(ID, o -> o.put("activeUntil", "2030-01-01T00:00:00")))
                .mustBeProblem(422)
                .error();
        assertThat(error.path("pointer").asText()).isEqualTo("/activeUntil");
        assertThat(error.path("message").asText()).contains("2030-01-01T00:00:00Z");
        String zoned = Offerings.changed(ID, o -> o.put("activeUntil", "2036-01-01T00:00:00-05:00"));
        parking().json("PUT", PATH + "?dryRun=true", zoned).mustBe(200);
    }

    @Test
    void a_day_stands_for_its_begin_or_its_end() {
        JsonNode stored = put(Offerings.changed(ID, o -> {
                    o.putObject("temporal").put("startDate", "2026-05-01").put("endDate", "2026-05-31");
                    o.put("activeUntil", "2036-05-31");
                }))
                .json();
        assertThat(stored.at("/temporal/startDate").asText()).isEqualTo("2026-05-01T00:00:00Z");
        assertThat(stored.at("/temporal/endDate").asText()).isEqualTo("2026-05-31T23:59:59Z");
        assertThat(stored.path("activeUntil").asText()).isEqualTo("2036-05-31T23:59:59Z");
        String noDay = Offerings.changed(ID, o -> o.putObject("temporal").put("startDate", "2026-02-30"));
        assertThat(put(noDay).mustBeProblem(422).error().path("pointer").asText())
                .isEqualTo("/temporal/startDate");
    }

    @Test
    void a_polygon_that_crosses_itself_is_422() {
        String body = Offerings.changed(ID, o -> o.putObject("place").put("wkt", "POLYGON((0 0, 1 1, 0 1, 1 0, 0 0))"));
        JsonNode error = put(body).mustBeProblem(422).error();
        assertThat(error.path("pointer").asText()).isEqualTo("/place/wkt");
        assertThat(error.path("line").asInt()).isPositive();
        assertThat(error.path("message").asText()).contains("Nobody can find this place", "cross");
    }

    @Test
    void all_faults_are_told_at_once_422() {
        String body = Offerings.changed(ID, o -> {
            o.remove("licence");
            o.remove("title");
            o.put("category", "Nonsense");
        });
        assertThat(put(body).mustBeProblem(422).json().path("errors").findValuesAsText("path"))
                .contains(
                        "http://purl.org/dc/terms/license",
                        "http://purl.org/dc/terms/title",
                        "http://www.w3.org/ns/dcat#theme");
    }

    @Test
    void a_warning_is_in_a_header_201() {
        String path = Offerings.pathOf("acme/parking/warned");
        String body = Offerings.changed("acme/parking/warned", o -> o.put("title", "Plätze"));
        Answer answer = parking().json("PUT", path, body).mustBe(201);
        assertThat(answer.header("Mercat-Warning")).contains("title").matches("[\\x20-\\x7e]+");
        assertThat(parking()
                        .json(
                                "PUT",
                                path,
                                Offerings.small("acme/parking/warned").toString())
                        .header("Mercat-Warning"))
                .isEmpty();
    }

    @Test
    void an_offering_of_another_provider_than_its_id_says_is_409() {
        put(Offerings.changed(ID, o -> o.put("provider", "acme/weather"))).mustBeProblem(409);
    }

    @Test
    void an_offering_of_a_provider_that_does_not_exist_is_409() {
        SERVER.as(TestServer.ACME)
                .json(
                        "PUT",
                        "/offerings/acme/nobody/x",
                        Offerings.small("acme/nobody/x").toString())
                .mustBeProblem(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/trig",
                "application/octet-stream",
                "rubbish",
                "application/json; charset=iso-8859-1"
            })
    void another_media_type_is_415(String type) {
        parking().send("PUT", PATH, type, Offerings.small(ID).toString()).mustBeProblem(415);
        parking()
                .send("POST", "/offerings", type, Offerings.small(ID).toString())
                .mustBeProblem(415);
    }

    @Test
    void an_answer_that_cannot_be_given_stores_nothing_406() {
        String path = Offerings.pathOf("acme/parking/png");
        parking()
                .with("Accept", "image/png")
                .json("PUT", path, Offerings.small("acme/parking/png").toString())
                .mustBeProblem(406);
        parking().get(path).mustBeProblem(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2e%2e", "..", "X", "x.ttl.ttl", "a%2Fb", "%3E", "-x", "x%23y"})
    void a_hostile_id_is_400(String last) {
        long before = SERVER.revision();
        parking()
                .json("PUT", "/offerings/acme/parking/" + last, Offerings.changed(ID, o -> o.remove("id")))
                .mustBeProblem(400);
        assertThat(SERVER.revision()).isEqualTo(before);
    }

    @Test
    void an_id_of_65_characters_is_400() {
        String body = Offerings.changed(ID, o -> o.remove("id"));
        parking().json("PUT", "/offerings/acme/parking/" + "x".repeat(65), body).mustBeProblem(400);
        parking().json("PUT", "/offerings/acme/parking/" + "x".repeat(64), body).mustBe(201);
    }
}
