// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The terms of business of a provider and of the marketplace, and who accepts them. */
class ConditionsTest {
    private static final String PAST = "2026-01-01T00:00:00Z";
    private static final String FUTURE = "2036-01-01T00:00:00Z";
    private static final String BOBS_APP = "bob/app";

    /** No conditions are asked for by this one, but the marketplace's. */
    private static final String OTHERS = "other/parking/lots";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @BeforeAll
    static void register() {
        SERVER.organization("bob");
        SERVER.system("consumers", BOBS_APP);
        offer(TestServer.PARKING);
        offer(TestServer.RIVAL);
        put(TestServer.ACME, "acme/2026-1", "2026-01-01T00:00:00Z", "You may look.")
                .mustBe(201);
    }

    private static void offer(String provider) {
        SERVER.as(provider)
                .json(
                        "PUT",
                        "/offerings/" + provider + "/lots",
                        Offerings.full(provider + "/lots").toString())
                .mustBe(201);
    }

    private static Answer put(String client, String id, String from, String text) {
        return SERVER.as(client)
                .json(
                        "PUT",
                        "/conditions/" + id,
                        "{\"title\": {\"en\": \"Terms\"}, \"description\": {\"en\": \"%s\"}, \"validFrom\": \"%s\"}"
                                .formatted(text, from));
    }

    private static Answer subscribe(String name, String offering, String accepts) {
        String body = "{\"id\": \"bob/%s\", \"offering\": \"%s\"%s}"
                .formatted(name, offering, accepts.isEmpty() ? "" : ", \"accepts\": " + accepts);
        return SERVER.as(BOBS_APP).json("POST", "/contracts", body);
    }

    @Test
    void they_are_public_and_stay_as_they_are_once_in_force() {
        JsonNode read = SERVER.as(TestServer.NOBODY)
                .get("/conditions/acme/2026-1")
                .mustBe(200)
                .json();
        assertThat(read.path("organization").asText()).isEqualTo("acme");
        assertThat(read.at("/description/en").asText()).isEqualTo("You may look.");
        assertThat(SERVER.as(TestServer.NOBODY).get("/conditions").mustBe(200).text())
                .contains("\"acme/2026-1\"");
        put(TestServer.ACME, "acme/2026-1", PAST, "You may look.").mustBe(200);
        assertThat(put(TestServer.ACME, "acme/2026-1", PAST, "You may look and pay.")
                        .mustBeProblem(409)
                        .detail())
                .contains("in force", "new version");
        put(TestServer.ACME, "acme/2026-1", FUTURE, "You may look.").mustBeProblem(409);
        SERVER.as(TestServer.ACME).delete("/conditions/acme/2026-1").mustBeProblem(409);
    }

    @Test
    void they_can_be_changed_and_withdrawn_before_they_are_in_force() {
        put(TestServer.ACME, "acme/2036", FUTURE, "A draft.").mustBe(201);
        put(TestServer.ACME, "acme/2036", FUTURE, "A better draft.").mustBe(200);
        SERVER.as(TestServer.ACME).delete("/conditions/acme/2036").mustBe(204);
        SERVER.as(TestServer.NOBODY).get("/conditions/acme/2036").mustBeProblem(410);
    }

    @Test
    void nobody_writes_those_of_others() {
        put(TestServer.OTHER, "acme/2026-2", FUTURE, "Mine").mustBeProblem(403);
        put(TestServer.PARKING, "acme/2026-2", FUTURE, "Mine").mustBeProblem(403);
        put(TestServer.ACME, "operator/2026-2", FUTURE, "Mine").mustBeProblem(403);
        put(TestServer.OPERATOR, "nowhere/1", FUTURE, "Nobody's").mustBeProblem(409);
        put(TestServer.ACME, "acme/2026-2", "2036-01-01T00:00:00", "When?").mustBeProblem(422);
    }

    @Test
    void who_subscribes_accepts_the_newest_and_that_is_on_record() {
        assertThat(subscribe("no", "acme/parking/lots", "").mustBeProblem(422).detail())
                .contains(TestServer.BASE + "conditions/acme/2026-1", "\"accepts\": [\"acme/2026-1\"]");
        assertThat(subscribe("no", "acme/parking/lots", "[\"acme/2026-1\", \"other/1\"]")
                        .mustBeProblem(422)
                        .detail())
                .contains("\"other/1\"");
        SERVER.as(BOBS_APP).get("/contracts/bob/no").mustBeProblem(404);
        JsonNode contract = subscribe("yes", "acme/parking/lots", "[\"acme/2026-1\"]")
                .mustBe(201)
                .json();
        assertThat(contract.at("/history/0/accepted/0").asText()).isEqualTo("acme/2026-1");
        assertThat(contract.at("/history/0/agent").asText()).endsWith("consumers/bob/app");
        assertThat(contract.at("/history/0/time").asText()).isNotEmpty();
        assertThat(SERVER.as(BOBS_APP).get("/contracts/bob/yes.ttl").mustBe(200).text())
                .contains("prov:used");
    }

    @Test
    void where_there_are_none_nothing_is_asked() {
        JsonNode contract = subscribe("free", OTHERS, "").mustBe(201).json();
        assertThat(contract.at("/history/0").has("accepted")).isFalse();
        assertThat(subscribe("free-2", OTHERS, "[\"acme/2026-1\"]")
                        .mustBeProblem(422)
                        .detail())
                .contains("leave it out");
    }

    @Test
    void who_signs_accepts_and_what_was_accepted_before_is_not_asked_for_again() {
        SERVER.organization("carol");
        SERVER.system("providers", "carol/air");
        offer("carol/air");
        put("carol", "carol/1", PAST, "One").mustBe(201);
        SERVER.as("carol/air")
                .json(
                        "POST",
                        "/contracts",
                        "{\"id\": \"bob/air\", \"offering\": \"carol/air/lots\", \"consumer\": \"bob/app\", \"tariff\": {\"pricingModel\": \"FREE\"}}")
                .mustBe(201);
        assertThat(sign("{}").mustBeProblem(422).detail()).contains("carol/1");
        sign("{\"accepts\": \"carol/1\"}").mustBeProblem(422);
        sign("{\"accepts\": [\"no id\"]}").mustBeProblem(422);
        JsonNode signed = sign("{\"accepts\": [\"carol/1\"]}").mustBe(200).json();
        assertThat(signed.at("/history/1/accepted/0").asText()).isEqualTo("carol/1");
        announce();
        sign("{}").mustBe(200);
        put("carol", "carol/2", "2026-02-01T00:00:00Z", "Two").mustBe(201);
        step("decline", "{}").mustBe(200);
        assertThat(sign("{}").mustBeProblem(422).detail()).contains("carol/2").doesNotContain("carol/1");
        sign("{\"accepts\": [\"carol/2\"]}").mustBe(200);
    }

    private static Answer sign(String body) {
        return step("sign", body);
    }

    private static Answer step(String step, String body) {
        return SERVER.as(BOBS_APP).json("POST", "/contracts/bob/air/steps/" + step, body);
    }

    private static void announce() {
        SERVER.as("carol/air")
                .json(
                        "POST",
                        "/contracts/bob/air/steps/announce",
                        "{\"tariff\": {\"pricingModel\": \"FREE\"}, \"from\": \"2099-01-01\"}")
                .mustBe(200);
    }

    @Test
    void those_of_the_marketplace_are_the_operators() {
        SERVER.organization("dave");
        SERVER.system("providers", "dave/sun");
        offer("dave/sun");
        put(TestServer.OPERATOR, "operator/2036", FUTURE, "Be kind.").mustBe(201);
        subscribe("sun", "dave/sun/lots", "").mustBe(201);
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get("/conditions/operator/2036")
                        .mustBe(200)
                        .json()
                        .path("organization")
                        .asText())
                .isEqualTo("operator");
    }
}
