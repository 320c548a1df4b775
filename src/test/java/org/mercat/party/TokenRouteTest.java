// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mercat.party.PartyServer.basic;
import static org.mercat.party.PartyServer.credentialsForm;
import static org.mercat.party.PartyServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** POST /oauth/token, and the two documents beside it. */
class TokenRouteTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Map<String, String> GRANT = Map.of("grant_type", "client_credentials");
    private static final String GRANT_BODY = "grant_type=client_credentials";

    @TempDir
    static Path folder;

    private static PartyServer server;
    private static int tests;

    private String id;
    private String secret;

    @BeforeAll
    static void start() {
        server = new PartyServer(folder);
        server.organization("acme");
    }

    @BeforeEach
    void register() {
        id = "acme/parking-" + ++tests;
        secret = server.provider(id);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_right_secret_in_the_form_is_200() {
        HttpResponse<String> response = server.form(Map.of(), credentialsForm(id, secret));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        JsonNode answer = json(response);
        assertThat(answer.get("token_type").asText()).isEqualTo("Bearer");
        assertThat(answer.get("expires_in").asLong()).isEqualTo(3600);
        assertThat(server.get("/whoami", answer.get("access_token").asText()).body())
                .isEqualTo("provider " + id);
    }

    @Test
    void the_right_secret_by_basic_is_200() {
        assertThat(server.form(authorization(basic(id, secret)), GRANT).statusCode())
                .isEqualTo(200);
        assertThat(server.form(
                                authorization(basic("operator", PartyServer.OPERATOR_SECRET)
                                        .replace("Basic", "bAsIc")),
                                GRANT)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void basic_as_most_tools_send_it_without_encoding_is_200() {
        assertThat(server.form(authorization(base64(id + ":" + secret)), GRANT).statusCode())
                .isEqualTo(200);
    }

    @Test
    void basic_with_the_same_client_id_in_the_form_is_200() {
        assertThat(server.token(
                                authorization(basic(id, secret)),
                                FORM + "; charset=UTF-8",
                                GRANT_BODY + "&client_id=" + id.replace("/", "%2F") + "&scope=")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "mcs_", " ", "\u0000", "ü", "%", "' OR 1=1"})
    void a_wrong_secret_is_401(String wrong) {
        refused(server.form(Map.of(), credentialsForm(id, wrong)), 401, "invalid_client");
        refused(server.form(authorization(basic(id, wrong)), GRANT), 401, "invalid_client");
    }

    @Test
    void an_empty_or_missing_secret_is_401() {
        refused(server.form(Map.of(), credentialsForm(id, "")), 401, "invalid_client");
        refused(server.form(authorization(basic(id, "")), GRANT), 401, "invalid_client");
        refused(server.form(Map.of(), GRANT), 401, "invalid_client");
    }

    @Test
    void a_wrong_secret_and_an_unknown_client_are_told_alike() {
        String wrong = server.form(Map.of(), credentialsForm(id, "wrong")).body();
        String unknown =
                server.form(Map.of(), credentialsForm("acme/nobody", "wrong")).body();
        assertThat(wrong).isEqualTo(unknown);
    }

    @Test
    void a_401_says_how_to_sign_in() {
        HttpResponse<String> response = server.form(Map.of(), credentialsForm(id, "wrong"));
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Basic "));
    }

    @Test
    void a_huge_secret_is_401_and_a_huge_body_413() {
        refused(server.form(Map.of(), credentialsForm(id, "x".repeat(8_000))), 401, "invalid_client");
        refused(server.form(Map.of(), credentialsForm("x".repeat(8_000), "x")), 401, "invalid_client");
        refused(server.form(Map.of(), credentialsForm(id, "x".repeat(1 << 20))), 413, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic",
                "Basic ",
                "Basic !!!",
                "Basic YQ",
                "Basic Og==",
                "Basic %%%",
                "Basic JTolJQ==",
                "Digest username=x",
                "Token x",
                "x"
            })
    void a_header_that_is_no_basic_is_401(String header) {
        refused(server.form(authorization(header), GRANT), 401, "invalid_client");
    }

    @Test
    void both_ways_to_sign_in_at_once_is_400() {
        refused(server.form(authorization(basic(id, secret)), credentialsForm(id, secret)), 400, "invalid_request");
        refused(
                server.form(
                        authorization(basic(id, secret)),
                        Map.of("grant_type", "client_credentials", "client_id", "acme")),
                400,
                "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "authorization_code", "CLIENT_CREDENTIALS", "client_credentials "})
    void another_grant_type_is_400(String grant) {
        refused(server.form(Map.of(), Map.of("grant_type", grant)), 400, "unsupported_grant_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "grant_type",
                "grant_type=",
                "&&&=&==",
                "%",
                "grant_type=%zz",
                GRANT_BODY + "&" + GRANT_BODY,
                GRANT_BODY + "&client_id=a&client_id=b"
            })
    void a_broken_form_is_400(String body) {
        refused(server.token(Map.of(), FORM, body), 400, "invalid_request");
    }

    @Test
    void a_scope_is_400() {
        refused(server.token(Map.of(), FORM, GRANT_BODY + "&scope=all"), 400, "invalid_scope");
    }

    @Test
    void json_instead_of_a_form_is_400() {
        String body = "{\"grant_type\":\"client_credentials\"}";
        refused(server.token(Map.of(), "application/json", body), 400, "invalid_request");
        refused(server.token(Map.of(), FORM + "x", GRANT_BODY), 400, "invalid_request");
    }

    @Test
    void a_withdrawn_client_is_401() {
        server.withdraw(server.providers, PartyServer.OPERATOR, server.parties.providers(), id);
        refused(server.form(Map.of(), credentialsForm(id, secret)), 401, "invalid_client");
    }

    @Test
    void ten_failures_in_a_minute_are_429_until_it_is_over() {
        for (int i = 0; i < 10; i++) {
            refused(server.form(Map.of(), credentialsForm(id, "wrong")), 401, "invalid_client");
        }
        server.advance(Duration.ofSeconds(20));
        HttpResponse<String> limited = server.form(Map.of(), credentialsForm(id, secret));
        refused(limited, 429, "temporarily_unavailable");
        assertThat(Integer.parseInt(limited.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(40, 41);
        server.token("operator", PartyServer.OPERATOR_SECRET);
        server.advance(Duration.ofSeconds(40));
        server.token(id, secret);
    }

    @Test
    void nine_failures_in_each_of_two_minutes_are_no_429() {
        for (int i = 0; i < 18; i++) {
            refused(server.form(Map.of(), credentialsForm(id, "wrong")), 401, "invalid_client");
            server.advance(i == 8 ? Duration.ofMinutes(1) : Duration.ZERO);
        }
        server.token(id, secret);
    }

    @Test
    void the_key_set_verifies_tokens_and_keeps_the_private_part_to_itself() throws Exception {
        HttpResponse<String> response = server.get("/.well-known/jwks.json", null);
        SignedJWT token = SignedJWT.parse(server.token(id, secret));
        JWK key = JWKSet.parse(response.body()).getKeyByKeyId(token.getHeader().getKeyID());
        assertThat(key.isPrivate()).isFalse();
        assertThat(json(response).at("/keys/0").has("d")).isFalse();
        assertThat(token.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
    }

    @Test
    void the_metadata_lead_to_the_routes() {
        JsonNode metadata = json(server.get("/.well-known/oauth-authorization-server", null));
        assertThat(metadata.get("issuer").asText()).isEqualTo(PartyServer.BASE);
        assertThat(metadata.get("token_endpoint").asText()).isEqualTo(PartyServer.BASE + "oauth/token");
        assertThat(metadata.get("jwks_uri").asText()).isEqualTo(PartyServer.BASE + ".well-known/jwks.json");
        assertThat(metadata.get("response_types_supported").isArray()).isTrue();
    }

    private static Map<String, String> authorization(String header) {
        return Map.of("Authorization", header);
    }

    private static String base64(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(HttpResponse<String> response, int status, String error) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).get("error").asText()).isEqualTo(error);
        assertThat(json(response).get("error_description").asText()).isNotBlank();
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    }
}
