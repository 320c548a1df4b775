// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What bob/app, which uses, and acme/parking, which gives, do not agree on. The marketplace has conditions here. */
class DisputesTest {
    private static final String BOBS_APP = "bob/app";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @BeforeAll
    static void register() {
        SERVER.organization("bob");
        SERVER.system("consumers", BOBS_APP);
        SERVER.as(TestServer.PARKING)
                .json(
                        "PUT",
                        "/offerings/acme/parking/lots",
                        Offerings.full("acme/parking/lots").toString())
                .mustBe(201);
        SERVER.as(TestServer.OPERATOR)
                .json(
                        "PUT",
                        "/conditions/operator/1",
                        "{\"title\": {\"en\": \"Rules\"}, \"description\": {\"en\": \"Be kind.\"}, \"validFrom\": \"2026-01-01T00:00:00Z\"}")
                .mustBe(201);
        String body = "{\"id\": \"bob/lots\", \"offering\": \"acme/parking/lots\"";
        assertThat(SERVER.as(BOBS_APP)
                        .json("POST", "/contracts", body + "}")
                        .mustBeProblem(422)
                        .detail())
                .contains("operator/1");
        SERVER.as(BOBS_APP)
                .json("POST", "/contracts", body + ", \"accepts\": [\"operator/1\"]}")
                .mustBe(201);
    }

    private static Answer open(String client, String about) {
        return SERVER.as(client)
                .json(
                        "POST",
                        "/disputes",
                        "{\"contract\": \"bob/lots\", \"text\": \"We count half of that.\"" + about + "}");
    }

    /** @return its path */
    private static String opened(String client, String about) {
        return "/disputes/" + open(client, about).mustBe(201).json().path("id").asText();
    }

    private static Answer step(String client, String dispute, String step, String body) {
        return SERVER.as(client).json("POST", dispute + "/steps/" + step, body);
    }

    @Test
    void the_consumer_disputes_usage_the_provider_answers_the_operator_awards() {
        Answer answer = open(
                BOBS_APP,
                ", \"month\": \"2026-11\", \"metric\": \"access\", \"evidence\": [\"https://bob.example/log.csv\"]");
        JsonNode dispute = answer.mustBe(201).json();
        assertThat(answer.header("Location"))
                .isEqualTo(TestServer.BASE + "disputes/" + dispute.path("id").asText());
        assertThat(dispute.path("contract").asText()).isEqualTo("bob/lots");
        assertThat(dispute.path("about").asText())
                .isEqualTo(TestServer.BASE + "usage?contract=bob/lots&month=2026-11#access");
        assertThat(dispute.path("openedBy").asText()).isEqualTo("consumer");
        assertThat(dispute.path("status").asText()).isEqualTo("open");
        Instant created = Instant.parse(dispute.path("created").asText());
        assertThat(Duration.between(
                        created, Instant.parse(dispute.path("answerUntil").asText())))
                .isEqualTo(Duration.ofDays(14));

        String path = "/disputes/" + dispute.path("id").asText();
        assertThat(step(BOBS_APP, path, "escalate", "{}").mustBeProblem(409).detail())
                .contains("has until");
        step(BOBS_APP, path, "answer", "{\"text\": \"One thing more.\"}").mustBe(200);
        assertThat(SERVER.as(BOBS_APP).get(path).json().path("status").asText())
                .as("only the other side answers")
                .isEqualTo("open");
        step(TestServer.PARKING, path, "answer", "{}").mustBeProblem(422);
        assertThat(step(
                                TestServer.PARKING,
                                path,
                                "answer",
                                "{\"text\": \"See the log.\", \"evidence\": [\"https://acme.example/log.csv\"]}")
                        .mustBe(200)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("answered");
        step(TestServer.OPERATOR, path, "award", "{\"amount\": \"1\"}").mustBeProblem(409);
        step(BOBS_APP, path, "escalate", "{}").mustBe(200);
        step(TestServer.PARKING, path, "escalate", "{}").mustBeProblem(409);
        JsonNode end = step(
                        TestServer.OPERATOR,
                        path,
                        "award",
                        "{\"amount\": \"12.25\", \"text\": \"Bob's log is right.\"}")
                .mustBe(200)
                .json();
        assertThat(end.path("status").asText()).isEqualTo("awarded");
        assertThat(end.path("awardedAmount").asText()).isEqualTo("12.25");
        assertThat(end.path("awardedCurrency").asText()).isEqualTo("EUR");
        assertThat(end.path("history").findValuesAsText("step"))
                .containsExactly("dispute", "answer", "answer", "escalate", "award");
        assertThat(end.at("/history/0/revision").asInt()).isEqualTo(1);
        assertThat(end.at("/history/0/evidence/0").asText()).isEqualTo("https://bob.example/log.csv");
        step(BOBS_APP, path, "withdraw", "{}").mustBeProblem(409);
    }

    @Test
    void the_provider_gives_way_at_once_and_the_amount_is_money() {
        String path = opened(BOBS_APP, ", \"month\": \"2026-10\", \"metric\": \"access\"");
        step(BOBS_APP, path, "award", "{\"amount\": \"1\"}").mustBeProblem(403);
        for (String amount : new String[] {"0", "-1", "0.001", "1e3", "much", ""}) {
            step(TestServer.PARKING, path, "award", "{\"amount\": \"%s\"}".formatted(amount))
                    .mustBeProblem(422);
        }
        step(TestServer.PARKING, path, "award", "{\"amount\": \"0.10\"}").mustBe(200);
    }

    @Test
    void the_operator_rejects_with_a_reason_and_who_opened_it_withdraws() {
        String path = opened(TestServer.PARKING, "");
        JsonNode dispute = SERVER.as(BOBS_APP).get(path).mustBe(200).json();
        assertThat(dispute.path("openedBy").asText()).isEqualTo("provider");
        assertThat(dispute.path("about").asText()).isEqualTo(TestServer.BASE + "contracts/bob/lots");
        step(BOBS_APP, path, "answer", "{\"text\": \"No.\"}").mustBe(200);
        step(BOBS_APP, path, "withdraw", "{}").mustBeProblem(403);
        step(BOBS_APP, path, "reject", "{\"text\": \"No.\"}").mustBeProblem(403);
        step(TestServer.OPERATOR, path, "answer", "{\"text\": \"Hm.\"}").mustBeProblem(403);
        step(TestServer.PARKING, path, "escalate", "{}").mustBe(200);
        step(TestServer.OPERATOR, path, "reject", "{}").mustBeProblem(422);
        assertThat(step(TestServer.OPERATOR, path, "reject", "{\"text\": \"Nothing shows it.\"}")
                        .mustBe(200)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("rejected");
        String another = opened(TestServer.PARKING, "");
        step(TestServer.PARKING, another, "withdraw", "{\"text\": \"We were wrong.\"}")
                .mustBe(200);
        assertThat(SERVER.as(TestServer.OPERATOR)
                        .get("/disputes?status=withdrawn")
                        .mustBe(200)
                        .text())
                .contains("We were wrong.");
    }

    @Test
    void nobody_else_sees_one_and_it_outlives_a_restart() {
        String path = opened(BOBS_APP, "");
        SERVER.as(TestServer.RIVAL).get(path).mustBeProblem(404);
        SERVER.as(TestServer.APP).get(path).mustBeProblem(404);
        SERVER.as(TestServer.NOBODY).get(path).mustBeProblem(401);
        assertThat(SERVER.as(TestServer.RIVAL)
                        .get("/disputes")
                        .mustBe(200)
                        .json()
                        .path("disputes"))
                .isEmpty();
        open(TestServer.RIVAL, "").mustBeProblem(404);
        open(TestServer.OPERATOR, "").mustBeProblem(403);
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get(
                                "/sparql?query=SELECT%20*%20%7B%20%3Fs%20a%20%3Chttps%3A%2F%2Fw3id.org%2Fmercat%2Fcore%23Dispute%3E%20%7D")
                        .mustBe(200)
                        .text())
                .doesNotContain("disputes/");
        SERVER.as("bob").get(path).mustBe(200);
        SERVER.restart();
        SERVER.as(BOBS_APP).get(path).mustBe(200);
        assertThat(SERVER.as(BOBS_APP).get(path + ".ttl").mustBe(200).text()).contains("mc:Dispute");
    }

    @Test
    void what_cannot_be_meant_is_refused_by_name() {
        assertThat(open(BOBS_APP, ", \"month\": \"2026-11\"").mustBeProblem(422).detail())
                .contains("metric");
        open(BOBS_APP, ", \"month\": \"2026-13\", \"metric\": \"access\"").mustBeProblem(422);
        open(BOBS_APP, ", \"invoice\": \"acme/12\", \"metric\": \"access\"").mustBeProblem(422);
        open(BOBS_APP, ", \"line\": 3").mustBeProblem(422);
        assertThat(open(BOBS_APP, ", \"invoice\": \"acme/12\", \"line\": 3")
                        .mustBeProblem(404)
                        .detail())
                .contains("no invoice \"acme/12\" that charges the contract \"bob/lots\"");
        open(BOBS_APP, ", \"evidence\": [\"javascript:alert(1)\"]").mustBeProblem(422);
        assertThat(open(BOBS_APP, ", \"amount\": \"3\"").mustBeProblem(422).detail())
                .contains("\"amount\"");
        String path = opened(BOBS_APP, "");
        SERVER.as(BOBS_APP)
                .with("If-Match", "\"99\"")
                .json("POST", path + "/steps/withdraw", "{}")
                .mustBeProblem(412);
        step(BOBS_APP, path, "dance", "{}").mustBeProblem(404);
        SERVER.as(BOBS_APP).get("/disputes/bob/lots/999").mustBeProblem(404);
    }
}
