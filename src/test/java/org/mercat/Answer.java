// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a server answered. */
record Answer(HttpResponse<byte[]> response) {
    private static final ObjectMapper JSON = new ObjectMapper();

    int status() {
        return response.statusCode();
    }

    String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return json(text());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not JSON: " + text, e);
        }
    }

    /** All values of a header. */
    List<String> headers(String name) {
        return response.headers().allValues(name);
    }

    /** A header's first value, empty if there is none. */
    String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The entity tag. */
    String tag() {
        return header("ETag");
    }

    /** Asserts the status, showing the body where it is another. */
    Answer mustBe(int status) {
        assertThat(status()).as("%s", this).isEqualTo(status);
        return this;
    }

    /** Asserts that this is a whole problem of that status (RFC 9457). */
    Answer mustBeProblem(int status) {
        mustBe(status);
        assertThat(header("Content-Type")).as("%s", this).startsWith("application/problem+json");
        JsonNode problem = json();
        assertThat(problem.path("type").asText()).as("%s", this).startsWith("https://w3id.org/mercat/problems/");
        assertThat(problem.path("title").asText()).as("%s", this).isNotBlank();
        assertThat(problem.path("status").asInt()).as("%s", this).isEqualTo(status);
        assertThat(problem.path("detail").asText()).as("%s", this).isNotBlank();
        assertThat(problem.path("instance").asText()).isEqualTo("urn:mercat:request:" + header("X-Request-Id"));
        return this;
    }

    /** The first fault of a problem. */
    JsonNode error() {
        return json().path("errors").path(0);
    }

    String detail() {
        return json().path("detail").asText();
    }

    @Override
    public String toString() {
        String text = text();
        return response.request().method() + " " + response.request().uri() + " answered " + status() + " "
                + response.headers().map() + "\n" + text.substring(0, Math.min(text.length(), 2_000));
    }
}
