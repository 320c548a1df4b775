// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contracts between bob/app, which uses, and acme/parking, which gives. */
class ContractsTest {
    private static final String BOB = "bob";
    private static final String BOBS_APP = "bob/app";
    private static final String LOTS = "acme/parking/lots";
    private static final String PER_ACCESS =
            "{\"pricingModel\": \"PER_ACCESS\", \"price\": \"0.05\", \"currency\": \"EUR\"}";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @BeforeAll
    static void register() {
        SERVER.organization(BOB);
        SERVER.system("consumers", BOBS_APP);
        offer(LOTS, "0.05");
    }

    private static Answer offer(String id, String price) {
        ObjectNode offering = Offerings.full(id);
        offering.withObject("/price").put("price", price);
        return SERVER.as(TestServer.PARKING).json("PUT", "/offerings/" + id, offering.toString());
    }

    private static Answer conclude(String client, String body) {
        return SERVER.as(client).json("POST", "/contracts", body);
    }

    private static String subscription(String name) {
        return "{\"id\": \"bob/%s\", \"offering\": \"%s\", \"consumer\": \"%s\"}".formatted(name, LOTS, BOBS_APP);
    }

    private static String individual(String name, String tariff) {
        return "{\"id\": \"bob/%s\", \"offering\": \"%s\", \"consumer\": \"%s\", \"tariff\": %s}"
                .formatted(name, LOTS, BOBS_APP, tariff);
    }

    private static Answer step(String client, String name, String step, String body) {
        return SERVER.as(client).json("POST", "/contracts/bob/" + name + "/steps/" + step, body);
    }

    private static JsonNode read(String name) {
        return SERVER.as(BOBS_APP).get("/contracts/bob/" + name).mustBe(200).json();
    }

    private static List<String> history(JsonNode contract) {
        return StreamSupport.stream(contract.path("history").spliterator(), false)
                .map(step -> step.path("step").asText())
                .toList();
    }

    @Test
    void a_consumer_subscribes_and_the_price_stays_what_it_was() {
        offer("acme/parking/street", "0.05");
        Answer answer =
                conclude(BOBS_APP, "{\"offering\": \"acme/parking/street\"}").mustBe(201);
        assertThat(answer.header("Location")).isEqualTo(TestServer.BASE + "contracts/bob/street");
        JsonNode contract = answer.json();
        assertThat(contract.path("status").asText()).isEqualTo("active");
        assertThat(contract.path("consumer").asText()).isEqualTo(BOBS_APP);
        assertThat(contract.path("provider").asText()).isEqualTo(TestServer.PARKING);
        assertThat(contract.path("signed").asText()).isNotEmpty();
        assertThat(contract.path("tariff").path("price").asText()).isEqualTo("0.05");
        assertThat(contract.path("tariff").path("freeQuota").asInt()).isEqualTo(100);
        offer("acme/parking/street", "0.09").mustBe(200);
        assertThat(read("street").path("tariff").path("price").asText()).isEqualTo("0.05");
        assertThat(conclude(BOBS_APP, "{\"offering\": \"acme/parking/street\"}")
                        .mustBe(201)
                        .json()
                        .path("tariff")
                        .path("price")
                        .asText())
                .isEqualTo("0.09");
        assertThat(read("street-2").path("id").asText()).isEqualTo("bob/street-2");
    }

    @Test
    void who_has_read_another_price_does_not_agree_to_it() {
        offer("acme/parking/moving", "0.05");
        long read = revision("moving");
        offer("acme/parking/moving", "0.06").mustBe(200);
        String body = "{\"offering\": \"acme/parking/moving\", \"id\": \"bob/moving\"}";
        assertThat(SERVER.as(BOBS_APP)
                        .json("POST", "/contracts?offeringRevision=" + read, body)
                        .mustBeProblem(409)
                        .detail())
                .contains("you have read revision " + read);
        SERVER.as(BOBS_APP).get("/contracts/bob/moving").mustBeProblem(404);
        SERVER.as(BOBS_APP)
                .json("POST", "/contracts?offeringRevision=" + revision("moving"), body)
                .mustBe(201);
        SERVER.as(BOBS_APP)
                .json("POST", "/contracts?offeringRevision=newest", body)
                .mustBeProblem(400);
    }

    private static long revision(String offering) {
        return SERVER.as(BOBS_APP)
                .get("/offerings/acme/parking/" + offering)
                .json()
                .path("revision")
                .asLong();
    }

    @Test
    void a_provider_offers_a_price_of_its_own_and_the_consumer_signs() {
        String tariff = """
                {"pricingModel": "PER_UNIT", "meter": "bookedMinute", "price": "0.01", "currency": "EUR",
                 "tiers": [{"upTo": 1000, "price": "0.03"}, {"upTo": "5000.5", "price": "0.02"}],
                 "tiering": "volume", "minimum": "5.00", "maximum": "100", "trialDays": 14,
                 "alsoMetered": ["access", "byte"]}""";
        JsonNode offered = conclude(TestServer.PARKING, individual("special", tariff))
                .mustBe(201)
                .json();
        assertThat(offered.path("status").asText()).isEqualTo("proposed");
        assertThat(offered.has("signed")).isFalse();
        step(TestServer.PARKING, "special", "sign", "{}").mustBeProblem(403);
        JsonNode signed = step(BOBS_APP, "special", "sign", "{\"text\": \"Thanks\"}")
                .mustBe(200)
                .json();
        assertThat(signed.path("status").asText()).isEqualTo("active");
        assertThat(history(signed)).containsExactly("offer", "sign");
        JsonNode its = read("special").path("tariff");
        assertThat(its.path("tiers")).hasSize(2);
        assertThat(its.path("meter").asText()).isEqualTo("bookedMinute");
        assertThat(its.path("tiering").asText()).isEqualTo("volume");
        assertThat(its.path("trialDays").asInt()).isEqualTo(14);
        assertThat(StreamSupport.stream(its.path("alsoMetered").spliterator(), false)
                        .map(JsonNode::asText))
                .containsExactlyInAnyOrder("access", "byte");
    }

    @Test
    void what_is_declined_is_over() {
        conclude(TestServer.PARKING, individual("declined", PER_ACCESS)).mustBe(201);
        assertThat(step(BOBS_APP, "declined", "decline", "{}")
                        .mustBe(200)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("ended");
        assertThat(step(BOBS_APP, "declined", "sign", "{}").mustBeProblem(409).detail())
                .contains("ended", "make a new contract");
    }

    @Test
    void both_sides_see_a_contract_and_nobody_else() {
        conclude(BOBS_APP, subscription("seen")).mustBe(201);
        for (String client : List.of(BOBS_APP, BOB, TestServer.PARKING, TestServer.ACME, TestServer.OPERATOR)) {
            SERVER.as(client).get("/contracts/bob/seen").mustBe(200);
            assertThat(SERVER.as(client).get("/contracts?limit=100").mustBe(200).text())
                    .contains("bob/seen");
        }
        for (String client : List.of(TestServer.RIVAL, TestServer.APP, TestServer.WEATHER, TestServer.OTHER)) {
            SERVER.as(client).get("/contracts/bob/seen").mustBeProblem(404);
            assertThat(SERVER.as(client).get("/contracts").mustBe(200).text()).doesNotContain("bob/seen");
            step(client, "seen", "end", "{}").mustBeProblem(404);
        }
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get(
                                "/sparql?query=ASK%7B%3Fs%20a%20%3Chttps%3A%2F%2Fw3id.org%2Fmercat%2Fcore%23Contract%3E%7D",
                                "application/sparql-results+json")
                        .json()
                        .path("boolean")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void lists_are_filtered_and_come_in_pages() {
        for (String name : List.of("page-a", "page-b", "page-c")) {
            conclude(BOBS_APP, subscription(name)).mustBe(201);
        }
        step(BOBS_APP, "page-b", "end", "{}").mustBe(200);
        assertThat(SERVER.as(BOBS_APP)
                        .get("/contracts?limit=100&status=ended")
                        .mustBe(200)
                        .text())
                .contains("bob/page-b")
                .doesNotContain("bob/page-a");
        assertThat(SERVER.as(BOBS_APP)
                        .get("/contracts?offering=acme/parking/none")
                        .mustBe(200)
                        .json()
                        .path("count")
                        .asInt())
                .isZero();
        int count = 0;
        String next = "/contracts?limit=2&offering=" + LOTS;
        while (!next.isEmpty()) {
            JsonNode page = SERVER.as(BOBS_APP).get(next).mustBe(200).json();
            count += page.path("count").asInt();
            next = page.path("next").asText().replace(TestServer.BASE, "/");
        }
        assertThat(count)
                .isEqualTo(SERVER.as(BOBS_APP)
                        .get("/contracts?limit=100&offering=" + LOTS)
                        .json()
                        .path("count")
                        .asInt());
        SERVER.as(BOBS_APP).get("/contracts?status=running").mustBeProblem(400);
        SERVER.as(BOBS_APP).get("/contracts?cursor=!").mustBeProblem(400);
    }

    @Test
    void it_is_turtle_for_who_wants_it_and_unchanged_for_who_has_it() {
        conclude(BOBS_APP, subscription("turtle")).mustBe(201);
        assertThat(SERVER.as(BOBS_APP)
                        .get("/contracts/bob/turtle.ttl")
                        .mustBe(200)
                        .text())
                .contains("mc:Contract", "mc:pricingModel", "prov:wasInfluencedBy");
        String tag = SERVER.as(BOBS_APP).get("/contracts/bob/turtle").tag();
        SERVER.as(BOBS_APP)
                .with("If-None-Match", tag)
                .get("/contracts/bob/turtle")
                .mustBe(304);
        step(TestServer.PARKING, "turtle", "suspend", "{}").mustBe(200);
        SERVER.as(BOBS_APP)
                .with("If-Match", tag)
                .json("POST", "/contracts/bob/turtle/steps/end", "{}")
                .mustBeProblem(412);
        assertThat(read("turtle").path("status").asText()).isEqualTo("suspended");
        step(TestServer.PARKING, "turtle", "resume", "{}").mustBe(200);
    }

    @Test
    void a_contract_can_be_asked_for_in_turtle() {
        String turtle = """
                @prefix mc: <https://w3id.org/mercat/core#> .
                @prefix dcterms: <http://purl.org/dc/terms/> .
                <https://catalogue.example/contracts/bob/rdf> a mc:Contract ;
                  mc:offering <https://catalogue.example/offerings/acme/parking/lots> ;
                  dcterms:creator <https://catalogue.example/consumers/bob/app> .""";
        SERVER.as(BOBS_APP).send("POST", "/contracts", "text/turtle", turtle).mustBe(201);
        assertThat(read("rdf").path("status").asText()).isEqualTo("active");
    }

    @Test
    void a_tariff_that_is_announced_and_signed_takes_effect_on_its_day_and_the_former_one_is_kept() {
        conclude(BOBS_APP, subscription("announced")).mustBe(201);
        LocalDate from = firstAfterNotice();
        String announcement = "{\"tariff\": %s, \"from\": \"%s\"}".formatted(PER_ACCESS.replace("0.05", "0.07"), from);
        JsonNode announced = step(TestServer.PARKING, "announced", "announce", announcement)
                .mustBe(200)
                .json();
        assertThat(announced.path("tariff").path("price").asText()).isEqualTo("0.05");
        assertThat(announced.path("announcedTariff").path("from").asText()).isEqualTo(from.toString());
        step(BOBS_APP, "announced", "sign", "{}").mustBe(200);
        Instant before = from.atStartOfDay().toInstant(ZoneOffset.UTC).minusSeconds(1);
        SERVER.catalogue().contracts().settle(before);
        assertThat(read("announced").path("tariff").path("price").asText()).isEqualTo("0.05");
        SERVER.catalogue().contracts().settle(before.plusSeconds(1));
        JsonNode changed = read("announced");
        assertThat(changed.path("status").asText()).isEqualTo("active");
        assertThat(changed.path("tariff").path("price").asText()).isEqualTo("0.07");
        assertThat(changed.path("tariff").path("from").asText()).isEqualTo(from.toString());
        assertThat(changed.has("announcedTariff")).isFalse();
        assertThat(changed.path("formerTariffs").path(0).path("price").asText()).isEqualTo("0.05");
        assertThat(changed.path("formerTariffs").path(0).path("through").asText())
                .isEqualTo(from.minusDays(1).toString());
        assertThat(history(changed)).containsExactly("subscribe", "announce", "sign", "change");
        var contract = SERVER.catalogue().contracts().find("bob/announced").orElseThrow();
        assertThat(contract.tariffOn(from.minusDays(1)).tariff().price()).isEqualByComparingTo("0.05");
        assertThat(contract.tariffOn(from).tariff().price()).isEqualByComparingTo("0.07");
    }

    @Test
    void a_contract_ends_where_an_announced_tariff_is_not_signed() {
        conclude(BOBS_APP, subscription("unsigned")).mustBe(201);
        LocalDate from = firstAfterNotice();
        String announcement = "{\"tariff\": %s, \"from\": \"%s\"}".formatted(PER_ACCESS.replace("0.05", "0.50"), from);
        step(TestServer.PARKING, "unsigned", "announce", announcement).mustBe(200);
        step(BOBS_APP, "unsigned", "sign", "{}").mustBe(200);
        step(BOBS_APP, "unsigned", "decline", "{}").mustBe(200);
        SERVER.catalogue().contracts().settle(from.atStartOfDay().toInstant(ZoneOffset.UTC));
        JsonNode ended = read("unsigned");
        assertThat(ended.path("status").asText()).isEqualTo("ended");
        assertThat(history(ended)).containsExactly("subscribe", "announce", "sign", "decline", "end");
    }

    private static LocalDate firstAfterNotice() {
        LocalDate earliest = LocalDate.now(ZoneOffset.UTC).plusDays(30);
        return earliest.getDayOfMonth() == 1 ? earliest : earliest.plusMonths(1).withDayOfMonth(1);
    }

    @Test
    void the_days_in_force_are_those_without_suspension() {
        conclude(BOBS_APP, subscription("days")).mustBe(201);
        step(TestServer.PARKING, "days", "suspend", "{}").mustBe(200);
        var contract = SERVER.catalogue().contracts().find("bob/days").orElseThrow();
        Instant signed = contract.signed().orElseThrow();
        LocalDate today = LocalDate.ofInstant(signed, ZoneOffset.UTC);
        assertThat(contract.isInForce(signed.minusSeconds(1))).isFalse();
        assertThat(contract.isInForce(signed.plusSeconds(3_600))).isFalse();
        assertThat(contract.daysInForce(YearMonth.from(today), Instant.now().plusSeconds(40L * 86_400)))
                .hasSizeLessThanOrEqualTo(2);
        step(TestServer.PARKING, "days", "resume", "{}").mustBe(200);
        contract = SERVER.catalogue().contracts().find("bob/days").orElseThrow();
        YearMonth next = YearMonth.from(today).plusMonths(1);
        Instant later = next.plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        assertThat(contract.daysInForce(next, later)).hasSize(next.lengthOfMonth());
        assertThat(contract.daysInForce(next, later.minusSeconds(86_400))).hasSize(next.lengthOfMonth() - 1);
        assertThat(contract.daysInForce(next.minusMonths(2), later)).isEmpty();
    }

    @Test
    void what_cannot_be_agreed_on_is_refused_by_name() {
        assertThat(conclude(BOBS_APP, "{\"offering\": \"acme/parking/none\"}")
                        .mustBeProblem(422)
                        .text())
                .contains("There is no offering", "/offering");
        assertThat(conclude(BOBS_APP, "{}").mustBeProblem(400).text()).contains("needs its");
        assertThat(conclude(BOB, "{\"offering\": \"%s\", \"consumer\": \"bob/none\"}".formatted(LOTS))
                        .mustBeProblem(422)
                        .text())
                .contains("There is no consumer \\\"bob/none\\\"");
        assertThat(conclude(TestServer.OPERATOR, subscription("by-operator"))
                        .mustBeProblem(403)
                        .detail())
                .contains("Only \"bob/app\"");
        conclude(TestServer.RIVAL, subscription("by-rival")).mustBeProblem(403);
        conclude(TestServer.RIVAL, individual("by-rival", PER_ACCESS)).mustBeProblem(403);
        assertThat(conclude(TestServer.PARKING, subscription("to-say"))
                        .mustBeProblem(403)
                        .detail())
                .contains("write a \"tariff\"");
        assertThat(conclude(BOBS_APP, individual("by-consumer", PER_ACCESS))
                        .mustBeProblem(403)
                        .detail())
                .contains("offers a contract");
        assertThat(conclude(BOBS_APP, subscription("x").replace("bob/x", "acme/x"))
                        .mustBeProblem(409)
                        .detail())
                .contains("begins with the organization of its consumer");
        conclude(BOBS_APP, subscription("twice")).mustBe(201);
        assertThat(conclude(BOBS_APP, subscription("twice")).mustBeProblem(409).detail())
                .contains("already");
        offer("acme/parking/gone", "0.05");
        SERVER.as(TestServer.PARKING)
                .delete("/offerings/acme/parking/gone/activation")
                .mustBe(204);
        assertThat(conclude(BOBS_APP, "{\"offering\": \"acme/parking/gone\"}")
                        .mustBeProblem(422)
                        .text())
                .contains("is not active");
        SERVER.as(TestServer.PARKING).delete("/offerings/acme/parking/gone").mustBe(204);
        assertThat(conclude(BOBS_APP, "{\"offering\": \"acme/parking/gone\"}")
                        .mustBeProblem(422)
                        .text())
                .contains("was withdrawn");
    }

    @Test
    void tariffs_without_sense_are_refused_at_their_place() {
        assertThat(tariffProblem(
                        "\"tiers\": [{\"upTo\": 10, \"price\": \"1\"}, {\"upTo\": \"10.0\", \"price\": \"2\"}]"))
                .contains("Two tiers end at 10");
        assertThat(tariffProblem("\"tiers\": [{\"upTo\": 0, \"price\": \"1\"}]"))
                .contains("/tariff/tiers/0", "above 0");
        assertThat(tariffProblem("\"minimum\": \"5\", \"maximum\": \"4\"")).contains("above the maximum");
        assertThat(tariffProblem("\"meter\": \"minute\"")).contains("PER_UNIT");
        assertThat(tariffProblem("\"trialDays\": -1")).contains("0 to 366");
    }

    private static String tariffProblem(String members) {
        String tariff = PER_ACCESS.replace("}", ", " + members + "}");
        return conclude(TestServer.PARKING, individual("senseless", tariff))
                .mustBeProblem(422)
                .text();
    }

    @Test
    void announcements_need_their_time_and_a_tariff() {
        conclude(BOBS_APP, subscription("notice")).mustBe(201);
        LocalDate from = firstAfterNotice();
        for (String day :
                List.of(from.minusMonths(1).toString(), from.plusDays(1).toString(), "soon", "2026-13-01")) {
            assertThat(step(
                                    TestServer.PARKING,
                                    "notice",
                                    "announce",
                                    "{\"tariff\": %s, \"from\": \"%s\"}".formatted(PER_ACCESS, day))
                            .mustBeProblem(422)
                            .detail())
                    .contains("write \"from\": \"" + from + "\"");
        }
        step(TestServer.PARKING, "notice", "announce", "{\"from\": \"%s\"}".formatted(from))
                .mustBeProblem(422);
        step(BOBS_APP, "notice", "announce", "{}").mustBeProblem(403);
        assertThat(step(BOBS_APP, "notice", "sign", "{}").mustBeProblem(409).detail())
                .contains("no other tariff is announced");
        step(TestServer.OPERATOR, "notice", "announce", "{}").mustBeProblem(403);
        step(TestServer.OPERATOR, "notice", "suspend", "{\"text\": \"Not paid\"}")
                .mustBe(200);
    }

    @Test
    void contracts_survive_a_restart() {
        conclude(BOBS_APP, subscription("kept")).mustBe(201);
        String before = SERVER.as(BOBS_APP).get("/contracts/bob/kept").text();
        SERVER.restart();
        assertThat(SERVER.as(BOBS_APP).get("/contracts/bob/kept").mustBe(200).text())
                .isEqualTo(before);
        step(BOBS_APP, "kept", "end", "{}").mustBe(200);
    }
}
