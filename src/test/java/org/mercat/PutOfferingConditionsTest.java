// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** PUT of an offering on a condition, or only to ask what would come of it. */
class PutOfferingConditionsTest {
    private static final String ID = "acme/parking/x";
    private static final String PATH = Offerings.pathOf(ID);

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static TestServer.Client parking() {
        return SERVER.as(TestServer.PARKING);
    }

    private static Answer put() {
        return parking().json("PUT", PATH, Offerings.small(ID).toString());
    }

    @Test
    void a_dry_run_stores_nothing_200() {
        long before = SERVER.revision();
        String body = Offerings.changed("acme/parking/dry", o -> o.put("title", "One language"));
        Answer answer = parking()
                .json("PUT", "/offerings/acme/parking/dry?dryRun=true", body)
                .mustBe(200);
        assertThat(answer.json().path("acceptable").asBoolean()).isTrue();
        assertThat(answer.json().path("warnings")).isNotEmpty();
        parking().get("/offerings/acme/parking/dry").mustBeProblem(404);
        assertThat(SERVER.revision()).isEqualTo(before);
    }

    @Test
    void a_dry_run_says_what_would_be_refused() {
        put();
        String dry = PATH + "?dryRun=true";
        parking().json("PUT", dry, "{}").mustBeProblem(422);
        parking()
                .json("PUT", dry, Offerings.changed(ID, o -> o.put("provider", "other/parking")))
                .mustBeProblem(409);
        parking()
                .with("If-None-Match", "*")
                .json("PUT", dry, Offerings.small(ID).toString())
                .mustBeProblem(412);
        SERVER.as(TestServer.RIVAL)
                .json("PUT", dry, Offerings.small(ID).toString())
                .mustBeProblem(403);
        parking()
                .json("PUT", PATH + "?dryRun=perhaps", Offerings.small(ID).toString())
                .mustBeProblem(400);
    }

    @Test
    void if_none_match_star_on_an_existing_one_is_412() {
        put();
        parking()
                .with("If-None-Match", "*")
                .json("PUT", PATH, Offerings.small(ID).toString())
                .mustBeProblem(412);
        String fresh = "acme/parking/fresh";
        parking()
                .with("If-None-Match", "*")
                .json("PUT", Offerings.pathOf(fresh), Offerings.small(fresh).toString())
                .mustBe(201);
    }

    @Test
    void a_lost_update_is_412() {
        put();
        String read = parking().get(PATH).tag();
        String turtle = parking().get(PATH, "text/turtle").tag();
        parking()
                .with("If-Match", turtle)
                .json("PUT", PATH, Offerings.small(ID).toString())
                .mustBe(200);
        parking()
                .with("If-Match", read)
                .json("PUT", PATH, Offerings.small(ID).toString())
                .mustBeProblem(412);
        parking()
                .with("If-Match", "*")
                .json("PUT", PATH, Offerings.small(ID).toString())
                .mustBe(200);
        parking()
                .with("If-Match", "*")
                .json("PUT", PATH + "-missing", Offerings.small(ID + "-missing").toString())
                .mustBeProblem(412);
        parking()
                .with("If-Match", "rubbish")
                .json("PUT", PATH, Offerings.small(ID).toString())
                .mustBeProblem(412);
    }

    @Test
    void a_post_goes_by_no_tag_201_and_409() {
        String body = Offerings.small("acme/parking/posted").toString();
        parking().with("If-Match", "\"1\"").json("POST", "/offerings", body).mustBe(201);
        parking().with("If-None-Match", "*").json("POST", "/offerings", body).mustBeProblem(409);
    }

    @Test
    void the_activation_goes_by_the_tag_of_the_offering_412() {
        put();
        String tag = parking().get(PATH).tag();
        parking()
                .with("If-Match", tag)
                .send("PUT", PATH + "/activation", null, "")
                .mustBe(200);
        parking()
                .with("If-Match", tag)
                .send("PUT", PATH + "/activation", null, "")
                .mustBeProblem(412);
        parking().with("If-Match", tag).delete(PATH + "/activation").mustBeProblem(412);
    }
}
