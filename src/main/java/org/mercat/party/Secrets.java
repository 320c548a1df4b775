// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Makes and digests client secrets. A secret is 256 random bits: nobody guesses it, neither from its digest, so a plain
 * SHA-256 is enough, and signing in stays cheap. The slow, salted digests (Argon2, bcrypt) are for what people choose.
 * The one secret that may be chosen is the operator's, out of the configuration of the server that keeps the digest:
 * who reads the digest there reads the secret, too. It must be long, and failed sign-ins are limited.
 */
final class Secrets {
    /** What every secret begins with, so that those who scan code for secrets find it. */
    static final String PREFIX = "mcs_";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 12;

    private Secrets() {}

    /** A new secret. */
    static String next() {
        return PREFIX + random(SECRET_BYTES);
    }

    /** A new id of a credential; it is not secret. */
    static String nextId() {
        return random(ID_BYTES);
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What is stored of a secret. */
    static String digest(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Whether two digests are the same; takes as long whether they are or not. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
