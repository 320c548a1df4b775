// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeleteOfferingTest {
    private static final String ID = "acme/parking/x";
    private static final String PATH = Offerings.pathOf(ID);

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private String tag;

    @BeforeEach
    void register() {
        tag = parking().json("PUT", PATH, Offerings.small(ID).toString()).tag();
    }

    private static TestServer.Client parking() {
        return SERVER.as(TestServer.PARKING);
    }

    @Test
    void a_withdrawal_is_204_and_then_410_in_every_syntax() {
        parking().delete(PATH).mustBe(204);
        for (String ending : new String[] {"", ".ttl", ".jsonld", ".rdf", ".nt", ".trig"}) {
            parking().get(PATH + ending).mustBeProblem(410);
        }
        parking().send("HEAD", PATH, null, (byte[]) null).mustBe(410);
    }

    @Test
    void a_second_withdrawal_is_410() {
        parking().delete(PATH).mustBe(204);
        parking().delete(PATH).mustBeProblem(410);
    }

    @Test
    void a_withdrawal_of_what_never_was_is_404() {
        parking().delete(PATH + "-missing").mustBeProblem(404);
    }

    @Test
    void what_was_withdrawn_can_be_registered_again_201() {
        parking().delete(PATH).mustBe(204);
        parking()
                .with("If-None-Match", "*")
                .json("PUT", PATH, Offerings.small(ID).toString())
                .mustBe(201);
        assertThat(parking().get(PATH).mustBe(200).tag()).isNotEqualTo(tag);
    }

    @Test
    void a_withdrawal_of_an_old_state_is_412() {
        parking().json("PUT", PATH, Offerings.small(ID).toString());
        parking().with("If-Match", tag).delete(PATH).mustBeProblem(412);
        parking().with("If-Match", parking().get(PATH).tag()).delete(PATH).mustBe(204);
    }

    @Test
    void a_withdrawal_by_somebody_else_is_403() {
        for (String client : new String[] {TestServer.WEATHER, TestServer.RIVAL, TestServer.OTHER, TestServer.APP}) {
            SERVER.as(client).delete(PATH).mustBeProblem(403);
        }
        SERVER.as(TestServer.NOBODY).delete(PATH).mustBeProblem(401);
        SERVER.as(TestServer.ACME).delete(PATH).mustBe(204);
    }

    @Test
    void of_what_was_withdrawn_a_tombstone_is_all_that_is_found() {
        parking().delete(PATH).mustBe(204);
        String query = "/sparql?query=SELECT%20?p%20%7B%3C" + Offerings.iriOf(ID) + "%3E%20?p%20?o%7D";
        String found =
                SERVER.as(TestServer.NOBODY).get(query, "text/csv").mustBe(200).text();
        assertThat(found.lines().skip(1).map(line -> line.replaceAll(".*[/#]", "")))
                .containsExactlyInAnyOrder("type", "identifier", "invalidatedAtTime", "revision");
    }

    @Test
    void what_was_withdrawn_or_paused_is_not_found_by_search_200() {
        assertThat(found()).contains(ID);
        parking().delete(PATH + "/activation").mustBe(204);
        assertThat(found()).doesNotContain(ID);
        parking().json("PUT", PATH + "/activation", "").mustBe(200);
        assertThat(found()).contains(ID);
        parking().delete(PATH).mustBe(204);
        assertThat(found()).doesNotContain(ID);
    }

    private static List<String> found() {
        return SERVER.as(TestServer.NOBODY)
                .get("/offerings?category=Parking&limit=100")
                .mustBe(200)
                .json()
                .path("offerings")
                .findValuesAsText("id");
    }
}
