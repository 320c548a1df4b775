// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose token is good for what. */
class AuthenticationTest {
    private static final String FOREIGN =
            "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJzdWIiOiJvcGVyYXRvciIsInJvbGUiOiJvcGVyYXRvciJ9.c2ln";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static int register(String client, String id) {
        return SERVER.as(client)
                .json("PUT", Offerings.pathOf(id), Offerings.small(id).toString())
                .status();
    }

    @ParameterizedTest
    @CsvSource({
        "acme/parking, acme/parking/a, 201",
        "acme/parking, acme/weather/a, 403",
        "acme/parking, other/parking/a, 403",
        "acme/weather, acme/weather/b, 201",
        "acme, acme/weather/c, 201",
        "acme, other/parking/c, 403",
        "other, acme/parking/d, 403",
        "other/parking, acme/parking/d, 403",
        "acme/app, acme/parking/d, 403",
        "operator, other/parking/e, 201"
    })
    void each_registers_below_itself_only(String client, String id, int status) {
        assertThat(register(client, id)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "acme/parking, /providers/acme/parking",
        "acme/parking, /providers/acme/weather",
        "acme/app, /consumers/acme/app",
        "other, /providers/acme/parking",
        "other, /consumers/acme/app",
        "other, /organizations/acme",
        "acme/parking, /organizations/acme"
    })
    void what_is_not_their_own_is_403(String client, String path) {
        SERVER.as(client)
                .json("PUT", path, "{\"name\": \"Mine\"}")
                .mustBe(SERVER.as(client).delete(path).status());
        SERVER.as(client).delete(path).mustBeProblem(403);
        SERVER.as(client)
                .with("If-Match", "*")
                .patch(path, "{\"name\": \"Mine\"}")
                .mustBeProblem(403);
    }

    @ParameterizedTest
    @CsvSource({
        "other, /organizations/acme/secret",
        "other, /providers/acme/parking/secret",
        "acme/weather, /providers/acme/parking/secret",
        "acme/app, /providers/acme/parking/secret",
        "acme/parking, /consumers/acme/app/secret",
        "acme/parking, /organizations/acme/secret"
    })
    void the_secret_of_another_is_403(String client, String path) {
        SERVER.as(client).send("POST", path, null, (byte[]) null).mustBeProblem(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "...", "null", FOREIGN, "eyJhbGciOiJub25lIn0.eyJzdWIiOiJvcGVyYXRvciJ9."})
    void a_token_that_is_none_of_ours_is_401(String token) {
        for (String header : new String[] {"Bearer " + token, "bearer " + token, token, "Basic " + token}) {
            Answer answer =
                    SERVER.as(TestServer.NOBODY).with("Authorization", header).get("/metrics");
            assertThat(answer.mustBeProblem(401).header("WWW-Authenticate")).startsWith("Bearer");
        }
    }

    @Test
    void a_token_with_another_signature_is_401() {
        String token = SERVER.token(TestServer.OPERATOR);
        String[] parts = token.split("\\.");
        String other = SERVER.token(TestServer.PARKING).split("\\.")[1];
        for (String forged : new String[] {
            parts[0] + "." + other + "." + parts[2],
            parts[0] + "." + parts[1] + ".",
            parts[0] + "." + parts[1] + "." + parts[2].substring(4) + "AAAA",
            token.substring(0, token.length() / 2)
        }) {
            SERVER.as(TestServer.NOBODY)
                    .with("Authorization", "Bearer " + forged)
                    .get("/metrics")
                    .mustBeProblem(401);
        }
        SERVER.as(TestServer.NOBODY)
                .with("Authorization", "Bearer " + token)
                .get("/metrics")
                .mustBe(200);
    }

    @Test
    void the_token_of_a_withdrawn_provider_is_401() {
        SERVER.system("providers", "acme/leaving");
        assertThat(register("acme/leaving", "acme/leaving/x")).isEqualTo(201);
        SERVER.as("acme/leaving").delete("/offerings/acme/leaving/x").mustBe(204);
        SERVER.as(TestServer.ACME).delete("/providers/acme/leaving").mustBe(204);
        assertThat(register("acme/leaving", "acme/leaving/x")).isEqualTo(401);
    }

    @Test
    void the_token_of_an_old_secret_is_401() {
        SERVER.system("providers", "acme/renewed");
        TestServer.Client before = SERVER.as("acme/renewed");
        Answer renewed = before.send("POST", "/providers/acme/renewed/secret", null, (byte[]) null)
                .mustBe(200);
        before.send("POST", "/providers/acme/renewed/secret", null, (byte[]) null)
                .mustBeProblem(401);
        SERVER.remember(renewed);
        assertThat(register("acme/renewed", "acme/renewed/x")).isEqualTo(201);
    }

    @Test
    void a_token_that_has_expired_is_401() throws Exception {
        Instant now = Instant.now();
        assertThat(withTimes(now.minusSeconds(10), now.plusSeconds(60)).status())
                .isEqualTo(200);
        withTimes(now.minusSeconds(7_200), now.minusSeconds(3_600)).mustBeProblem(401);
        withTimes(now.plusSeconds(3_600), now.plusSeconds(7_200)).mustBeProblem(401);
    }

    /** What the operator may read, with a token that the server itself could have signed at another time. */
    private static Answer withTimes(Instant issued, Instant expires) throws Exception {
        SignedJWT good = SignedJWT.parse(SERVER.token(TestServer.OPERATOR));
        JWTClaimsSet claims = new JWTClaimsSet.Builder(good.getJWTClaimsSet())
                .issueTime(Date.from(issued))
                .expirationTime(Date.from(expires))
                .build();
        SignedJWT token = new SignedJWT(good.getHeader(), claims);
        token.sign(new ECDSASigner(ECKey.parse(Files.readString(SERVER.folder().resolve("signing-key.jwk")))));
        return SERVER.as(TestServer.NOBODY)
                .with("Authorization", "Bearer " + token.serialize())
                .get("/metrics");
    }
}
