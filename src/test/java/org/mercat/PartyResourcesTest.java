// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Organizations, providers and consumers: registered, read, changed, withdrawn. */
class PartyResourcesTest {
    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static TestServer.Client operator() {
        return SERVER.as(TestServer.OPERATOR);
    }

    /** A body for a member of a collection. */
    private static String body(String collection, String id) {
        String organization = id.split("/")[0];
        return collection.equals("organizations")
                ? "{\"id\": \"%s\", \"name\": {\"en\": \"Name\"}, \"email\": \"a@acme.example\"}".formatted(id)
                : "{\"id\": \"%s\", \"name\": {\"en\": \"Name\"}, \"organization\": \"%s\"}"
                        .formatted(id, organization);
    }

    @ParameterizedTest
    @CsvSource({"organizations, crud", "providers, acme/crud", "consumers, acme/crud-app"})
    void a_life_from_201_to_410(String collection, String id) {
        String path = "/" + collection + "/" + id;
        String body = body(collection, id);
        Answer created = operator().json("PUT", path, body).mustBe(201);
        assertThat(created.header("Location")).isEqualTo(TestServer.BASE + collection + "/" + id);
        assertThat(created.header("Cache-Control")).isEqualTo("no-store");
        assertThat(created.json().path("clientId").asText()).isEqualTo(id);
        SERVER.token(id, created.json().path("clientSecret").asText()).mustBe(200);

        Answer got = SERVER.as(TestServer.NOBODY).get(path).mustBe(200);
        assertThat(got.json().path("name")).isEqualTo(Answer.json(body).path("name"));
        Graphs.mustBeIsomorphic(Graphs.of(operator().get(path, "text/turtle")), Graphs.of(got));

        assertThat(operator().json("PUT", path, body).mustBe(200).json().has("clientSecret"))
                .isFalse();
        JsonNode patched = operator()
                .with("If-Match", "*")
                .patch(path, "{\"description\": \"New\"}")
                .mustBe(200)
                .json();
        assertThat(patched.path("description").asText()).isEqualTo("New");
        operator().with("If-Match", got.tag()).delete(path).mustBeProblem(412);
        operator().delete(path).mustBe(204);
        operator().get(path).mustBeProblem(410);
        operator().delete(path).mustBeProblem(410);
        assertThat(operator().json("PUT", path, body).mustBe(201).json().has("clientSecret"))
                .isTrue();
        operator().delete(path).mustBe(204);
    }

    @ParameterizedTest
    @CsvSource({"organizations, posted", "providers, acme/posted", "consumers, acme/posted-app"})
    void one_sent_to_the_collection_is_201_and_again_409(String collection, String id) {
        String path = "/" + collection;
        Answer created = operator().json("POST", path, body(collection, id)).mustBe(201);
        assertThat(created.json().path("clientSecret").asText()).startsWith("mcs_");
        operator().json("POST", path, body(collection, id)).mustBeProblem(409);
        operator().get(path + "/" + id).mustBe(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"organizations", "providers", "consumers"})
    void one_that_never_was_is_404(String collection) {
        String path = "/" + collection + "/" + (collection.equals("organizations") ? "none" : "acme/none");
        operator().get(path).mustBeProblem(404);
        operator().delete(path).mustBeProblem(404);
        operator().with("If-Match", "*").patch(path, "{}").mustBeProblem(404);
        operator().send("POST", path + "/secret", null, (byte[]) null).mustBeProblem(404);
    }

    @Test
    void a_party_without_a_name_is_422() {
        JsonNode error = operator()
                .json("PUT", "/organizations/nameless", "{}")
                .mustBeProblem(422)
                .error();
        assertThat(error.path("path").asText()).isEqualTo("http://schema.org/name");
        assertThat(error.path("message").asText()).contains("\"name\"");
        operator().get("/organizations/nameless").mustBeProblem(404);
        SERVER.token("nameless", "mcs_x").mustBe(401);
    }

    @Test
    void a_dry_run_gives_no_secret_200() {
        Answer answer = operator()
                .json("PUT", "/organizations/dry?dryRun=true", body("organizations", "dry"))
                .mustBe(200);
        assertThat(answer.text()).doesNotContain("mcs_", "Secret");
        operator().get("/organizations/dry").mustBeProblem(404);
    }

    @Test
    void a_provider_of_no_organization_is_409() {
        operator()
                .json("PUT", "/providers/nobody/x", body("providers", "nobody/x"))
                .mustBeProblem(409);
    }

    @Test
    void a_provider_that_names_another_organization_is_422() {
        String body =
                body("providers", "acme/mine").replace("\"organization\": \"acme\"", "\"organization\": \"other\"");
        Answer answer = operator().json("PUT", "/providers/acme/mine", body).mustBeProblem(422);
        assertThat(answer.error().path("message").asText()).contains("acme");
    }

    @Test
    void a_consumer_with_the_id_of_a_provider_is_409() {
        operator()
                .json("PUT", "/consumers/acme/parking", body("consumers", "acme/parking"))
                .mustBeProblem(409);
    }

    @Test
    void an_organization_called_operator_is_409() {
        operator()
                .json("PUT", "/organizations/operator", body("organizations", "operator"))
                .mustBeProblem(409);
        assertThat(SERVER.token(TestServer.OPERATOR, TestServer.OPERATOR_SECRET).status())
                .isEqualTo(200);
    }

    @Test
    void an_organization_with_providers_cannot_leave_409() {
        assertThat(operator().delete("/organizations/acme").mustBeProblem(409).detail())
                .contains("acme/");
        operator().get("/organizations/acme").mustBe(200);
    }

    @Test
    void an_organization_changes_itself_200_and_no_other_403() {
        SERVER.as(TestServer.ACME)
                .json("PUT", "/organizations/acme", body("organizations", "acme"))
                .mustBe(200);
        SERVER.as(TestServer.ACME)
                .json("PUT", "/organizations/second", body("organizations", "second"))
                .mustBeProblem(403);
        SERVER.as(TestServer.ACME)
                .json("PUT", "/providers/acme/third", body("providers", "acme/third"))
                .mustBe(201);
        SERVER.as(TestServer.ACME)
                .json("PUT", "/providers/other/third", body("providers", "other/third"))
                .mustBeProblem(403);
    }
}
