// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that change while tokens are in use. */
class SigningKeysTest {
    @TempDir
    Path folder;

    private PartyServer server;
    private String secret;

    @BeforeEach
    void start() {
        server = new PartyServer(folder);
        secret = server.organization("acme");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String token() {
        return server.token("acme", secret);
    }

    private static String kid(String token) throws Exception {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }

    private int use(String token) {
        return server.get("/whoami", token).statusCode();
    }

    private List<String> shown() {
        return PartyServer.json(server.get("/.well-known/jwks.json", null)).findValuesAsText("kid");
    }

    private HttpResponse<String> rotate() {
        return server.post("/signing-keys", server.token("operator", PartyServer.OPERATOR_SECRET));
    }

    @Test
    void a_new_key_is_shown_first_then_signs_and_no_token_is_lost() throws Exception {
        String before = token();
        HttpResponse<String> answer = rotate();
        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode made = PartyServer.json(answer);
        String next = made.path("kid").asText();
        assertThat(made.path("signsFrom").asText()).isEqualTo("2026-03-01T12:10:00Z");
        assertThat(shown()).containsExactly(next, kid(before));
        assertThat(kid(token())).as("who has the old key set only").isEqualTo(kid(before));

        server.advance(Duration.ofMinutes(10).minusSeconds(1));
        String last = token();
        assertThat(kid(last)).isEqualTo(kid(before));
        server.advance(Duration.ofSeconds(1));
        String first = token();
        assertThat(kid(first)).isEqualTo(next);
        assertThat(List.of(use(before), use(last), use(first))).containsOnly(200);

        server.advance(Duration.ofHours(1));
        assertThat(use(last)).as("within the skew").isEqualTo(200);
        assertThat(shown()).containsExactly(next, kid(before));
        server.advance(Duration.ofSeconds(31));
        assertThat(use(last)).isEqualTo(401);
        assertThat(shown()).containsExactly(next);
    }

    @Test
    void keys_outlive_a_restart_and_do_not_pile_up() throws Exception {
        String oldest = token();
        rotate();
        server.advance(Duration.ofMinutes(30));
        String young = token();
        server.close();
        server = new PartyServer(folder); // whose clock stands at the beginning again
        assertThat(shown()).hasSize(2);
        assertThat(use(oldest)).isEqualTo(200);
        server.advance(Duration.ofMinutes(30));
        assertThat(use(young)).isEqualTo(200);
        server.advance(Duration.ofHours(2));
        rotate();
        assertThat(SigningKeyFile.in(folder)).hasSize(2);
        assertThat(shown()).doesNotContain(kid(oldest)).contains(kid(young));
    }

    @Test
    void a_second_change_waits_for_the_first_and_nobody_else_changes_keys() {
        assertThat(server.post("/signing-keys", token()).statusCode()).isEqualTo(403);
        assertThat(rotate().statusCode()).isEqualTo(201);
        assertThat(rotate().statusCode()).isEqualTo(409);
        server.advance(Duration.ofMinutes(10));
        assertThat(rotate().statusCode()).isEqualTo(201);
        assertThat(shown()).hasSize(3);
    }

    @Test
    void a_handle_is_the_same_while_its_key_is_in_use_and_tells_nothing() {
        String handle = server.keys.handle("bob/parking 0");
        assertThat(server.keys.handle("bob/parking 0")).isEqualTo(handle).matches("[A-Za-z0-9_-]{22}");
        assertThat(server.keys.handle("bob/parking 1")).isNotEqualTo(handle);
        rotate();
        assertThat(server.keys.handles("bob/parking 0")).hasSize(2).contains(handle);
        server.advance(Duration.ofMinutes(20));
        assertThat(server.keys.handle("bob/parking 0")).isNotEqualTo(handle);
        assertThat(server.keys.handles("bob/parking 0")).contains(handle);
        server.advance(Duration.ofHours(2));
        assertThat(server.keys.handles("bob/parking 0")).doesNotContain(handle);
    }
}
