// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.mercat.http.Failure.Kind;

/**
 * The keys that sign all tokens. A new one is in the key set for ten minutes before it signs, so that whoever verifies
 * has it by then, and one that signs no more stays there until its last token is over. For any number of threads.
 */
public final class SigningKeys {
    /** No token is good for longer. */
    public static final Duration LONGEST_TOKEN = Duration.ofHours(1);

    /** Clocks differ. */
    public static final Duration SKEW = Duration.ofSeconds(30);

    /** Twice as long as anybody may keep the key set. */
    static final Duration AHEAD = Duration.ofMinutes(10);

    private static final int HANDLE_BYTES = 16;

    private final Path folder;
    private final InstantSource clock;

    /** The newest first. */
    private volatile List<Key> keys;

    /** A key pair with what it is used through. @param since when it signs */
    private record Key(ECKey pair, Instant since, ECDSASigner signer, ECDSAVerifier verifier) {
        static Key of(ECKey pair) {
            Instant since = Optional.ofNullable(pair.getIssueTime())
                    .map(Date::toInstant)
                    .map(its -> its.plus(AHEAD))
                    .orElse(Instant.MIN);
            try {
                return new Key(pair, since, new ECDSASigner(pair), new ECDSAVerifier(pair.toPublicJWK()));
            } catch (JOSEException e) {
                throw new IllegalStateException("The signing key cannot be used", e);
            }
        }
    }

    /** A key that was made. @param kid its id in the key set @param since when it signs */
    record Made(String kid, Instant since) {}

    private SigningKeys(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
        this.keys = SigningKeyFile.in(folder).stream().map(Key::of).toList();
    }

    /** Those in {@code signing-key.jwk} in the data folder, which is made at the first start. */
    public static SigningKeys open(Path data, InstantSource clock) {
        return new SigningKeys(data, clock);
    }

    /** Makes a new key, which signs in ten minutes. */
    synchronized Made rotate() {
        Instant now = clock.instant();
        Key newest = keys.get(0);
        if (newest.since.isAfter(now)) {
            throw Kind.CONFLICT.because("The key " + newest.pair.getKeyID() + " was made a moment ago and signs from "
                    + newest.since + " on: make another one then.");
        }
        List<Key> next = new ArrayList<>(live(now));
        next.add(0, Key.of(SigningKeyFile.generate(now.truncatedTo(ChronoUnit.SECONDS))));
        SigningKeyFile.replace(folder, next.stream().map(Key::pair).toList());
        keys = List.copyOf(next);
        return new Made(keys.get(0).pair.getKeyID(), keys.get(0).since);
    }

    /** Those of which a token may be good. */
    private List<Key> live(Instant now) {
        List<Key> all = keys;
        List<Key> live = new ArrayList<>();
        for (Key key : all) {
            live.add(key);
            if (now.isAfter(over(key))) {
                break; // it has signed for so long that no token of older ones is good
            }
        }
        return live;
    }

    /** When the last token of the keys before this one is over. */
    private static Instant over(Key key) {
        return key.since.equals(Instant.MIN)
                ? Instant.MIN
                : key.since.plus(LONGEST_TOKEN).plus(SKEW);
    }

    private Key signing() {
        List<Key> all = keys;
        Instant now = clock.instant();
        return all.stream().filter(key -> !key.since.isAfter(now)).findFirst().orElse(all.get(all.size() - 1));
    }

    /** A JSON Web Token. @param type that keeps it apart from the others that these keys sign */
    public String sign(JOSEObjectType type, JWTClaimsSet claims) {
        return sign(signing(), type, claims);
    }

    private static String sign(Key key, JOSEObjectType type, JWTClaimsSet claims) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(type)
                .keyID(key.pair.getKeyID())
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(key.signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("A token cannot be signed", e);
        }
        return token.serialize();
    }

    /** Whether one of these keys has signed that, so that it may be good. */
    boolean isSignedByUs(SignedJWT token) throws JOSEException {
        for (Key key : live(clock.instant())) {
            if (key.pair.getKeyID().equals(token.getHeader().getKeyID())) {
                return token.verify(key.verifier);
            }
        }
        return false;
    }

    /** The public keys that verify all tokens, as a JSON Web Key Set. */
    String keySet() {
        List<JWK> live = live(clock.instant()).stream()
                .<JWK>map(key -> key.pair.toPublicJWK())
                .toList();
        return new JWKSet(live).toString();
    }

    /**
     * Names for something that nobody can guess who knows what it is, and that are the same each time: 22 letters.
     *
     * @return that of each key which a good token may be signed with; that of the one which signs now is among them
     */
    public List<String> handles(String something) {
        return live(clock.instant()).stream().map(key -> handle(key, something)).toList();
    }

    /** The name that the key which signs now gives. */
    public String handle(String something) {
        return handle(signing(), something);
    }

    private static String handle(Key key, String something) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("mercat handles ".getBytes(StandardCharsets.US_ASCII));
            byte[] secret = digest.digest(key.pair.getD().decode());
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            byte[] whole = mac.doFinal(something.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(java.util.Arrays.copyOf(whole, HANDLE_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
