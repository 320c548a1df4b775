// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How large a search may be, by URL and by JSON. */
class SearchLimitsTest {
    private static final int MOST_VALUES = 30;
    private static final int MOST_BYTES = 32 * 1024;

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static Answer search(String parameters) {
        return SERVER.as(TestServer.NOBODY).get("/offerings?" + parameters);
    }

    private static String times(int times, String parameter) {
        return String.join("&", Collections.nCopies(times, parameter));
    }

    private static Answer post(String body) {
        return SERVER.as(TestServer.NOBODY).json("POST", "/offerings/search", body);
    }

    private static void mustBeTooMany(Answer answer) {
        assertThat(answer.mustBeProblem(400).detail()).contains("at most 30 criteria");
        assertThat(answer.json().path("errors"))
                .as("none was compared with the terms")
                .isEmpty();
    }

    @Test
    void thirty_values_are_all_looked_at_400() {
        Answer answer = search(times(MOST_VALUES, "category=Parkin")).mustBeProblem(400);
        assertThat(answer.json().path("errors")).hasSize(MOST_VALUES);
        assertThat(answer.error().path("message").asText()).contains("categories#Parking");
    }

    @Test
    void more_than_thirty_values_are_refused_before_any_is_looked_at_400() {
        mustBeTooMany(search(times(MOST_VALUES + 1, "category=Parkin")));
        mustBeTooMany(search(times(MOST_VALUES + 1, "nonsense=1")));
        String values = String.join(",", Collections.nCopies(MOST_VALUES + 1, "\"Parkin\""));
        mustBeTooMany(post("{\"category\": [" + values + "]}"));
    }

    @Test
    void a_text_has_at_most_a_thousand_characters_400() {
        search("text=" + "park+".repeat(200)).mustBe(200);
        assertThat(search("text=" + "park+".repeat(201))
                        .mustBeProblem(400)
                        .error()
                        .path("message")
                        .asText())
                .contains("at most 1000 characters");
    }

    @Test
    void a_body_of_thirty_two_kibibytes_is_200_and_one_byte_more_is_413() {
        String search = "{\"category\": \"Parking\"}";
        String largest = search + " ".repeat(MOST_BYTES - search.length());
        post(largest).mustBe(200);
        assertThat(post(largest + " ").mustBeProblem(413).detail()).contains("32768 bytes");
    }

    @Test
    void an_address_that_is_too_long_is_a_problem_and_no_search() {
        Answer answer = search(times(2_000, "category=Parking"));
        answer.mustBeProblem(answer.status());
        assertThat(answer.status()).isIn(414, 431);
    }
}
