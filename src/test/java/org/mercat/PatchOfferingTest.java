// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchOfferingTest {
    private static final String ID = "acme/parking/x";
    private static final String PATH = Offerings.pathOf(ID);

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private String tag;

    @BeforeEach
    void register() {
        tag = parking().json("PUT", PATH, Offerings.full(ID).toString()).tag();
    }

    private static TestServer.Client parking() {
        return SERVER.as(TestServer.PARKING);
    }

    private Answer patch(String body) {
        return parking().with("If-Match", tag).patch(PATH, body);
    }

    @Test
    void a_patch_without_if_match_is_428() {
        parking().patch(PATH, "{\"licence\": \"CC0-1.0\"}").mustBeProblem(428);
    }

    @Test
    void one_member_is_changed_and_the_others_stay_200() {
        JsonNode before = parking().get(PATH).json();
        JsonNode after = patch("{\"licence\": \"CC0-1.0\"}").mustBe(200).json();
        assertThat(after.path("licence").asText()).isEqualTo("CC0-1.0");
        for (String name : new String[] {"title", "inputs", "outputs", "place", "price", "created", "activeUntil"}) {
            assertThat(after.path(name)).as(name).isEqualTo(before.path(name));
        }
        assertThat(parking().get(PATH).json()).isEqualTo(after);
    }

    @Test
    void null_removes_a_member_200() {
        JsonNode after =
                patch("{\"description\": null, \"temporal\": null}").mustBe(200).json();
        assertThat(after.has("description")).isFalse();
        assertThat(after.has("temporal")).isFalse();
    }

    @Test
    void nested_members_are_merged_200() {
        String body = "{\"title\": {\"es\": \"Plazas libres\", \"de\": null},"
                + "\"price\": {\"price\": \"0.25\"}, \"endpoint\": {\"description\": null}}";
        JsonNode after = patch(body).mustBe(200).json();
        assertThat(after.path("title"))
                .isEqualTo(Answer.json("{\"en\": \"Free parking spaces\", \"es\": \"Plazas libres\"}"));
        assertThat(after.path("price").path("price").asText()).isEqualTo("0.25");
        assertThat(after.path("price").path("currency").asText()).isEqualTo("EUR");
        assertThat(after.path("endpoint").has("description")).isFalse();
        assertThat(after.path("endpoint").has("url")).isTrue();
    }

    @Test
    void a_list_is_replaced_as_a_whole_200() {
        String body =
                "{\"outputs\": [{\"name\": \"latitude\", \"semanticType\": \"Latitude\", \"valueType\": \"number\"}]}";
        JsonNode after = patch(body).mustBe(200).json();
        assertThat(after.path("outputs")).hasSize(1);
        String triples = parking().get(PATH, "application/n-triples").text();
        assertThat(triples).doesNotContain("/outputs/0/members");
    }

    @Test
    void a_patch_that_breaks_a_rule_is_422_and_changes_nothing() {
        patch("{\"licence\": null}").mustBeProblem(422);
        assertThat(parking().get(PATH).tag()).isEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"acme/parking/y\"}",
                "{\"licens\": 1}",
                "[]",
                "1",
                "null",
                "{",
                "{\"a\": 1, \"a\": 2}",
                ""
            })
    void a_patch_that_makes_no_sense_is_400(String body) {
        patch(body).mustBeProblem(400);
        assertThat(parking().get(PATH).tag()).isEqualTo(tag);
    }

    @Test
    void an_old_tag_is_412() {
        parking().json("PUT", PATH, Offerings.full(ID).toString());
        patch("{\"licence\": \"CC0-1.0\"}").mustBeProblem(412);
        parking()
                .with("If-Match", "*")
                .patch(PATH, "{\"licence\": \"CC0-1.0\"}")
                .mustBe(200);
    }

    @Test
    void of_many_patches_of_one_state_one_is_200_and_the_others_are_412() {
        List<CompletableFuture<Integer>> patches = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String body = "{\"price\": {\"freeQuota\": %d}}".formatted(i);
            patches.add(CompletableFuture.supplyAsync(() -> patch(body).status()));
        }
        List<Integer> statuses =
                patches.stream().map(CompletableFuture::join).sorted().toList();
        assertThat(statuses).containsExactly(200, 412, 412, 412, 412, 412, 412, 412);
    }

    @Test
    void a_patch_of_what_is_not_there_is_404() {
        parking().with("If-Match", "*").patch(PATH + "-missing", "{}").mustBeProblem(404);
    }

    @Test
    void a_patch_of_what_was_withdrawn_is_410() {
        parking().delete(PATH).mustBe(204);
        parking().with("If-Match", "*").patch(PATH, "{}").mustBeProblem(410);
    }

    @Test
    void a_patch_of_another_media_type_is_415() {
        parking().with("If-Match", tag).json("PATCH", PATH, "{}").mustBeProblem(415);
        parking()
                .with("If-Match", tag)
                .send("PATCH", PATH, "application/merge-patch+json; charset=utf-16", "{}")
                .mustBeProblem(415);
    }

    @Test
    void a_patch_of_the_siblings_is_403() {
        SERVER.as(TestServer.WEATHER).with("If-Match", tag).patch(PATH, "{}").mustBeProblem(403);
        assertThat(parking().get(PATH).tag()).isEqualTo(tag);
    }

    @Test
    void a_dry_run_of_a_patch_changes_nothing_200() {
        parking()
                .with("If-Match", tag)
                .patch(PATH + "?dryRun=true", "{\"licence\": \"CC0-1.0\"}")
                .mustBe(200);
        parking()
                .with("If-Match", tag)
                .patch(PATH + "?dryRun=true", "{\"licence\": \"X\"}")
                .mustBeProblem(422);
        assertThat(parking().get(PATH).tag()).isEqualTo(tag);
    }
}
