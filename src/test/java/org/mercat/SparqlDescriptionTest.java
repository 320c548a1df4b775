// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code /sparql} refuses; that these answers are described, the server of the tests sees to. */
class SparqlDescriptionTest {
    private static final String QUERY = "application/sparql-query";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static Answer post(String type, String body) {
        return SERVER.as(TestServer.NOBODY).send("POST", "/sparql", type, body);
    }

    @Test
    void what_is_no_query_is_400() {
        assertThat(post(QUERY, "SELECT").mustBeProblem(400).detail()).contains("line 1");
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get("/sparql?default-graph-uri=urn:x")
                        .mustBeProblem(400)
                        .detail())
                .contains("query=");
        SERVER.as(TestServer.NOBODY).get("/sparql?query=SELECT").mustBeProblem(400);
    }

    @Test
    void a_query_that_is_too_long_is_413() {
        post(QUERY, "ASK {} #" + "x".repeat(300_000)).mustBeProblem(413);
    }

    @Test
    void a_body_that_is_neither_form_nor_query_is_415() {
        post("text/plain", "ASK {}").mustBeProblem(415);
        post("application/sparql-update", "CLEAR ALL").mustBeProblem(415);
    }
}
