// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mercat.party.PartyServer.BASE;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;

/** Each bad token is tried over HTTP, at a route that every client may call with a good one. */
class TokensTest {
    @TempDir
    static Path folder;

    private static PartyServer server;
    private static int tests;

    private String id;
    private String secret;
    private String token;

    @BeforeAll
    static void start() {
        server = new PartyServer(folder);
    }

    @BeforeEach
    void register() {
        id = "acme-" + ++tests;
        secret = server.organization(id);
        token = server.token(id, secret);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_good_token_tells_who_calls_and_is_200() {
        assertThat(server.get("/whoami", token).body()).isEqualTo("organization " + id);
        assertThat(server.get("/whoami", token).statusCode()).isEqualTo(200);
    }

    @Test
    void a_token_carries_what_it_must() throws Exception {
        JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo(BASE);
        assertThat(claims.getAudience()).containsExactly(BASE);
        assertThat(claims.getSubject()).isEqualTo(id);
        assertThat(claims.getStringClaim("role")).isEqualTo("organization");
        assertThat(claims.getJWTID()).isNotBlank();
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofHours(1));
        assertThat(server.token(id, secret)).isNotEqualTo(token);
    }

    @Test
    void a_token_is_good_for_an_hour_and_the_skew_then_401() {
        server.advance(Duration.ofMinutes(60).plusSeconds(29));
        assertThat(whoami(token)).isEqualTo(200);
        server.advance(Duration.ofSeconds(1));
        assertThat(whoami(token)).isEqualTo(401);
    }

    @Test
    void a_token_from_the_future_is_401_beyond_the_skew() {
        server.advance(Duration.ofSeconds(-30));
        assertThat(whoami(token)).isEqualTo(200);
        server.advance(Duration.ofSeconds(-1));
        assertThat(whoami(token)).isEqualTo(401);
    }

    @Test
    void a_token_without_a_signature_is_401() throws Exception {
        String claims = token.split("\\.")[1];
        for (String alg : new String[] {"none", "None", "NONE", "nOnE", ""}) {
            for (String signature : new String[] {"", token.split("\\.")[2]}) {
                String header = "{\"alg\":\"" + alg + "\",\"typ\":\"at+jwt\",\"kid\":\"" + kid() + "\"}";
                assertThat(whoami(Base64URL.encode(header) + "." + claims + "." + signature))
                        .as(header)
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void a_token_signed_by_another_key_is_401() throws Exception {
        ECKey other = new ECKeyGenerator(Curve.P_256).keyID(kid()).generate();
        assertThat(whoami(signed(other, header().build(), claims()))).isEqualTo(401);
    }

    @Test
    void a_token_that_brings_its_own_key_is_401() throws Exception {
        ECKey other = new ECKeyGenerator(Curve.P_256).keyID(kid()).generate();
        JWSHeader header = header().jwk(other.toPublicJWK()).build();
        assertThat(whoami(signed(other, header, claims()))).isEqualTo(401);
    }

    @Test
    void a_token_with_the_public_key_as_hmac_secret_is_401() throws Exception {
        String keySet = server.get("/.well-known/jwks.json", null).body();
        byte[] publicKey = com.nimbusds.jose.jwk.JWKSet.parse(keySet)
                .getKeys()
                .get(0)
                .toECKey()
                .toECPublicKey()
                .getEncoded();
        for (byte[] key : new byte[][] {publicKey, keySet.getBytes(StandardCharsets.UTF_8)}) {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                    .type(new JOSEObjectType("at+jwt"))
                    .keyID(kid())
                    .build();
            SignedJWT forged = new SignedJWT(header, claims());
            forged.sign(new MACSigner(key));
            assertThat(whoami(forged.serialize())).isEqualTo(401);
        }
    }

    @Test
    void a_signature_of_zeros_is_401() {
        String start = token.substring(0, token.lastIndexOf('.') + 1);
        assertThat(whoami(start + Base64URL.encode(new byte[64]))).isEqualTo(401);
    }

    @Test
    void a_token_with_another_role_or_client_written_in_is_401() {
        assertThat(whoami(rewritten(json -> json.replace("\"organization\"", "\"operator\""))))
                .isEqualTo(401);
        assertThat(whoami(rewritten(json -> json.replace("\"" + id + "\"", "\"other\""))))
                .isEqualTo(401);
        assertThat(whoami(rewritten(json -> json))).isEqualTo(200);
    }

    @Test
    void every_changed_character_makes_it_401() {
        for (int i = 0; i < token.length() - 1; i += 7) { // the last one has bits that mean nothing
            char[] changed = token.toCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            assertThat(whoami(new String(changed))).as("character %d", i).isEqualTo(401);
        }
    }

    @Test
    void a_token_of_our_key_for_something_else_is_401() throws Exception {
        ECKey own = SigningKeyFile.in(folder).get(0);
        assertThat(whoami(signed(own, header().build(), claims()))).isEqualTo(200);
        assertThat(whoami(signed(own, header().type(JOSEObjectType.JWT).build(), claims())))
                .isEqualTo(401);
        assertThat(whoami(signed(own, header().keyID("other").build(), claims())))
                .isEqualTo(401);
        assertThat(whoami(signed(own, header().build(), with(c -> c.audience("https://elsewhere.example/")))))
                .isEqualTo(401);
        assertThat(whoami(signed(
                        own,
                        header().build(),
                        with(c -> c.audience(Arrays.asList(BASE, "https://elsewhere.example/"))))))
                .isEqualTo(401);
        assertThat(whoami(signed(own, header().build(), with(c -> c.issuer("https://elsewhere.example/")))))
                .isEqualTo(401);
        assertThat(whoami(signed(own, header().build(), with(c -> c.claim("role", "operator")))))
                .isEqualTo(401);
        assertThat(whoami(signed(own, header().build(), with(c -> c.claim("role", "anyone")))))
                .isEqualTo(401);
        assertThat(whoami(signed(own, header().build(), new JWTClaimsSet.Builder().build())))
                .isEqualTo(401);
        assertThat(whoami(signed(own, header().build(), with(c -> c.expirationTime(null)))))
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "...", "a.b.c", "null", "bnVsbA.bnVsbA.bnVsbA", "e30.e30.e30", "W10.W10.", "%00"})
    void what_is_no_token_is_401(String text) {
        assertThat(whoami(text)).isEqualTo(401);
    }

    @Test
    void a_huge_or_deeply_nested_token_is_no_token() {
        assertThat(server.tokens.verify("a".repeat(1 << 20))).isEmpty();
        assertThat(server.tokens.verify(token + "A".repeat(10_000))).isEmpty();
        assertThat(server.tokens.verify(Base64URL.encode("[".repeat(2_900)) + ".e30.AA"))
                .isEmpty();
        assertThat(server.tokens.verify(Base64URL.encode("{\"a\":".repeat(600)) + ".e30.AA"))
                .isEmpty();
    }

    @Test
    void a_token_of_a_withdrawn_client_is_401_also_after_it_was_used() {
        assertThat(whoami(token)).isEqualTo(200);
        server.withdraw(server.organizations, PartyServer.OPERATOR, server.parties.organizations(), id);
        assertThat(whoami(token)).isEqualTo(401);
    }

    @Test
    void a_token_from_before_a_withdrawal_stays_401_when_the_id_is_registered_again() {
        server.withdraw(server.organizations, PartyServer.OPERATOR, server.parties.organizations(), id);
        String again = server.organization(id);
        assertThat(whoami(token)).isEqualTo(401);
        assertThat(whoami(server.token(id, again))).isEqualTo(200);
    }

    @Test
    void a_token_outlives_a_restart(@TempDir Path other) {
        String before;
        try (PartyServer first = new PartyServer(other)) {
            before = first.token(id, first.organization(id));
        }
        try (PartyServer second = new PartyServer(other)) {
            assertThat(second.tokens.verify(before)).contains(new Caller(id, Role.ORGANIZATION));
        }
    }

    private int whoami(String token) {
        return server.get("/whoami", token).statusCode();
    }

    private String kid() throws Exception {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }

    private JWSHeader.Builder header() throws Exception {
        return new JWSHeader.Builder(SignedJWT.parse(token).getHeader());
    }

    private JWTClaimsSet claims() throws Exception {
        return SignedJWT.parse(token).getJWTClaimsSet();
    }

    private JWTClaimsSet with(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        return change.apply(new JWTClaimsSet.Builder(claims())).build();
    }

    private static String signed(ECKey key, JWSHeader header, JWTClaimsSet claims) throws Exception {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }

    private String rewritten(UnaryOperator<String> change) {
        String[] parts = token.split("\\.");
        String claims = change.apply(new Base64URL(parts[1]).decodeToString());
        return parts[0] + "." + Base64URL.encode(claims) + "." + parts[2];
    }
}
