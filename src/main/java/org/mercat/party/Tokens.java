// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;

/**
 * Access tokens: JSON Web Tokens, signed with ES256, for this catalogue alone. A token is good for an hour, at most as
 * long as the secret that its client signed in with, and never after the client's withdrawal.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068">RFC 9068</a>
 */
public final class Tokens {
    static final Duration LIFETIME = SigningKeys.LONGEST_TOKEN;
    private static final Duration SKEW = SigningKeys.SKEW;

    /** Kept apart by their type from other tokens that the same key may sign. */
    private static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    private static final String ROLE = "role";
    private static final String CREDENTIAL = "credential";

    /** Ours have some 600 characters. */
    private static final int LONGEST = 4_096;

    private static final int CACHED = 10_000;

    private final String baseIri;
    private final Credentials credentials;
    private final InstantSource clock;
    private final SigningKeys keys;

    /** Saves checking a signature again; time and credential are checked each time. */
    private final Cache<String, Signed> cache =
            Caffeine.newBuilder().maximumSize(CACHED).expireAfterWrite(LIFETIME).build();

    /** What a token with a good signature says. */
    private record Signed(Client client, Instant issued, Instant expires) {}

    /** @param baseIri issuer and audience */
    public Tokens(SigningKeys keys, String baseIri, Credentials credentials, InstantSource clock) {
        this.keys = keys;
        this.baseIri = baseIri;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** A new token for a client that has signed in. */
    String issue(Client client) {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(baseIri)
                .audience(baseIri)
                .subject(client.caller().id())
                .claim("client_id", client.caller().id())
                .claim(ROLE, client.caller().role().word())
                .claim(CREDENTIAL, client.credential())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        return keys.sign(TYPE, claims);
    }

    /** Whose token that is; empty if it is not ours, not good any more, or its client is no more. */
    public Optional<Caller> verify(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        // What does not parse is not remembered: null keeps nothing.
        return Optional.ofNullable(cache.get(token, text -> parse(text).orElse(null)))
                .filter(this::isInTime)
                .map(Signed::client)
                .filter(credentials::isCurrent)
                .map(Client::caller);
    }

    private boolean isInTime(Signed signed) {
        Instant now = clock.instant();
        return now.isBefore(signed.expires.plus(SKEW)) && !now.isBefore(signed.issued.minus(SKEW));
    }

    private Optional<Signed> parse(String text) {
        try {
            SignedJWT token = SignedJWT.parse(text);
            JWSHeader header = token.getHeader();
            boolean ours = JWSAlgorithm.ES256.equals(header.getAlgorithm())
                    && TYPE.equals(header.getType())
                    && keys.isSignedByUs(token);
            return ours ? signed(token.getJWTClaimsSet()) : Optional.empty();
        } catch (ParseException | JOSEException | RuntimeException e) {
            return Optional.empty(); // of the last kind: what the parser throws at the JSON "null" as a header
        }
    }

    private Optional<Signed> signed(JWTClaimsSet claims) throws ParseException {
        if (!baseIri.equals(claims.getIssuer()) || !List.of(baseIri).equals(claims.getAudience())) {
            return Optional.empty();
        }
        Caller caller = new Caller(claims.getSubject(), Role.of(claims.getStringClaim(ROLE)));
        return Optional.of(new Signed(
                new Client(caller, claims.getStringClaim(CREDENTIAL)),
                claims.getIssueTime().toInstant(),
                claims.getExpirationTime().toInstant()));
    }
}
