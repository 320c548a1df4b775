// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the provider of an offering is shown by those who use it, and what a gateway makes of that. */
class ContractTokensTest {
    private static final String BOBS_APP = "bob/app";
    private static final Path GATEWAY = Path.of("docs/gateway/Gateway.java");

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static String parkingSecret;

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
        Answer secret = SERVER.as(TestServer.ACME)
                .send("POST", "/providers/acme/parking/secret", null, (byte[]) null)
                .mustBe(200);
        SERVER.remember(secret);
        parkingSecret = secret.json().path("clientSecret").asText();
    }

    private static void contract(String name) {
        String body = "{\"id\": \"bob/%s\", \"offering\": \"acme/parking/lots\"}".formatted(name);
        SERVER.as(BOBS_APP).json("POST", "/contracts", body).mustBe(201);
    }

    private static Answer ask(String client, String name) {
        return SERVER.as(client).send("POST", "/contracts/bob/" + name + "/token", null, (byte[]) null);
    }

    private static String token(String name) {
        return ask(BOBS_APP, name).mustBe(200).json().path("access_token").asText();
    }

    private static void step(String name, String step) {
        SERVER.as(TestServer.PARKING)
                .json("POST", "/contracts/bob/" + name + "/steps/" + step, "{}")
                .mustBe(200);
    }

    private static List<String> revoked() {
        JsonNode list = SERVER.as(TestServer.NOBODY)
                .get("/contracts/revoked")
                .mustBe(200)
                .json();
        return StreamSupport.stream(list.path("revoked").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String grant(String token) throws Exception {
        return SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("grant");
    }

    @Test
    void a_token_says_who_may_use_what_where_and_the_public_keys_verify_it() throws Exception {
        contract("says");
        Answer answer = ask(BOBS_APP, "says").mustBe(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.json().path("expires_in").asInt()).isEqualTo(3600);
        SignedJWT token = SignedJWT.parse(answer.json().path("access_token").asText());
        JWKSet keys = JWKSet.parse(
                SERVER.as(TestServer.NOBODY).get("/.well-known/jwks.json").text());
        assertThat(token.verify(new ECDSAVerifier(
                        keys.getKeyByKeyId(token.getHeader().getKeyID()).toECKey())))
                .isTrue();
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(TestServer.BASE);
        assertThat(claims.getAudience()).containsExactly(TestServer.BASE + "providers/acme/parking");
        assertThat(claims.getSubject()).isEqualTo(BOBS_APP);
        assertThat(claims.getStringClaim("contract")).isEqualTo("bob/says");
        assertThat(claims.getStringClaim("offering")).isEqualTo("acme/parking/lots");
        assertThat(claims.getJWTID()).isNotBlank();
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void the_consumer_and_its_organization_get_one_and_nobody_else() {
        contract("whose");
        ask("bob", "whose").mustBe(200);
        ask(TestServer.PARKING, "whose").mustBeProblem(403);
        ask(TestServer.ACME, "whose").mustBeProblem(403);
        ask(TestServer.OPERATOR, "whose").mustBeProblem(403);
        ask(TestServer.APP, "whose").mustBeProblem(404);
        ask(TestServer.NOBODY, "whose").mustBeProblem(401);
        ask(BOBS_APP, "none").mustBeProblem(404);
    }

    @Test
    void it_is_no_access_token_of_the_catalogue() {
        contract("other-type");
        SERVER.as(TestServer.NOBODY)
                .with("Authorization", "Bearer " + token("other-type"))
                .get("/contracts")
                .mustBeProblem(401);
        SERVER.as(BOBS_APP).get("/contracts").mustBe(200);
    }

    @Test
    void what_was_issued_before_a_suspension_is_good_no_more_and_what_comes_after_is() throws Exception {
        contract("stops");
        String before = token("stops");
        assertThat(revoked()).doesNotContain(grant(before));
        assertThat(grant(token("stops"))).isEqualTo(grant(before));
        step("stops", "suspend");
        assertThat(revoked()).contains(grant(before));
        assertThat(ask(BOBS_APP, "stops").mustBeProblem(409).detail()).contains("is suspended");
        step("stops", "resume");
        String after = token("stops");
        assertThat(revoked()).contains(grant(before)).doesNotContain(grant(after));
        step("stops", "end");
        assertThat(revoked()).contains(grant(before), grant(after));
    }

    @Test
    void the_list_names_nobody_and_has_a_tag() {
        contract("listed");
        step("listed", "end");
        Answer list = SERVER.as(TestServer.NOBODY).get("/contracts/revoked").mustBe(200);
        assertThat(list.text()).doesNotContain("bob").doesNotContain("listed");
        assertThat(revoked()).allMatch(handle -> handle.matches("[A-Za-z0-9_-]{22}"));
        assertThat(list.header("Cache-Control")).isEqualTo("public, max-age=30");
        SERVER.as(TestServer.NOBODY)
                .with("If-None-Match", list.header("ETag"))
                .get("/contracts/revoked")
                .mustBe(304);
    }

    private static int call(int port, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/lots"));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .statusCode();
    }

    /** As a provider runs it: a file, on this class path for its one library. */
    private static Process gateway() throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        GATEWAY.toString(),
                        SERVER.url(),
                        TestServer.PARKING,
                        parkingSecret,
                        "0",
                        "1")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void the_example_gateway_lets_in_who_has_a_contract_and_reports_what_was_used() throws Exception {
        assertThat(Files.readAllLines(GATEWAY)).hasSizeLessThanOrEqualTo(60);
        contract("gate");
        String good = token("gate");
        Process process = gateway();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            int port = Integer.parseInt(String.valueOf(output.readLine()).replaceAll("\\D+", ""));
            assertThat(call(port, good)).isEqualTo(200);
            assertThat(call(port, good)).isEqualTo(200);
            assertThat(call(port, null)).isEqualTo(401);
            assertThat(call(port, good.substring(0, good.length() - 8) + "AAAAAAAA"))
                    .isEqualTo(401);
            assertThat(call(port, SERVER.token(BOBS_APP)))
                    .as("an access token of the catalogue")
                    .isEqualTo(401);
            assertThat(call(port, othersToken()))
                    .as("a token for another provider")
                    .isEqualTo(401);
            long seen = 0;
            while (seen < 2) { // a line for each report
                assertThat(output.readLine()).contains("result=accepted");
                seen = SERVER.as(BOBS_APP)
                        .get("/usage?contract=bob/gate")
                        .mustBe(200)
                        .json()
                        .at("/totals/0/provider")
                        .asLong();
            }
            assertThat(seen).isEqualTo(2);
            step("gate", "suspend");
            Instant deadline = Instant.now().plusSeconds(20);
            while (call(port, good) == 200 && Instant.now().isBefore(deadline)) {
                Thread.onSpinWait();
            }
            assertThat(call(port, good)).as("after the suspension").isEqualTo(401);
        } finally {
            process.destroy();
        }
    }

    private static String othersToken() {
        SERVER.as(TestServer.RIVAL)
                .json(
                        "PUT",
                        "/offerings/other/parking/lots",
                        Offerings.full("other/parking/lots").toString())
                .mustBe(201);
        SERVER.as(BOBS_APP)
                .json("POST", "/contracts", "{\"id\": \"bob/rival\", \"offering\": \"other/parking/lots\"}")
                .mustBe(201);
        return token("rival");
    }
}
