// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.mercat.http.Bodies;
import org.mercat.http.FailureException;

/**
 * What a client sends to get a token: its id and secret, by HTTP Basic or in the form.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4">RFC 6749, section 4.4</a>
 */
record TokenRequest(String clientId, String secret) {
    private static final int LIMIT = 16 << 10;
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String BASIC = "Basic ";
    private static final String HOW =
            "Send your client id and secret by HTTP Basic, or as client_id and client_secret" + " in the form.";

    /** Reads a request. @throws TokenFailure if it is none that can be answered */
    static TokenRequest of(Context ctx) {
        Map<String, String> form = form(ctx);
        String grant = form.get("grant_type");
        if (grant == null) {
            throw TokenFailure.invalidRequest("grant_type is missing; send grant_type=client_credentials.");
        }
        if (!grant.equals("client_credentials")) {
            throw TokenFailure.because("unsupported_grant_type", "The only grant_type here is client_credentials.");
        }
        if (form.containsKey("scope")) {
            throw TokenFailure.because("invalid_scope", "There are no scopes here; leave scope out.");
        }
        String header = ctx.header("Authorization");
        return header == null ? inForm(form) : inHeader(header, form);
    }

    private static TokenRequest inForm(Map<String, String> form) {
        String id = form.get("client_id");
        String secret = form.get("client_secret");
        if (id == null || secret == null) {
            throw TokenFailure.invalidClient("Who asks? " + HOW);
        }
        return new TokenRequest(id, secret);
    }

    private static TokenRequest inHeader(String header, Map<String, String> form) {
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            throw TokenFailure.invalidClient("The Authorization header is none of HTTP Basic. " + HOW);
        }
        TokenRequest basic = basic(header.substring(BASIC.length()).strip());
        if (form.containsKey("client_secret")
                || !basic.clientId.equals(form.getOrDefault("client_id", basic.clientId))) {
            throw TokenFailure.invalidRequest("The client signs in twice. " + HOW + " Not both.");
        }
        return basic;
    }

    private static TokenRequest basic(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon > 0) {
                return new TokenRequest(decode(pair.substring(0, colon)), decode(pair.substring(colon + 1)));
            }
        } catch (IllegalArgumentException e) {
            // answered below, without what was sent: it may be half a secret
        }
        throw TokenFailure.invalidClient(
                "The HTTP Basic header is not the Base64 of id:secret, both form-urlencoded (RFC 6749, section 2.3.1).");
    }

    private static Map<String, String> form(Context ctx) {
        String type = ctx.contentType() == null ? "" : ctx.contentType();
        if (!type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(FORM)) {
            throw TokenFailure.invalidRequest("Send the request as a form, Content-Type: " + FORM + ".");
        }
        Map<String, String> form = new HashMap<>();
        for (String pair : body(ctx).split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2 && !parts[1].isEmpty() && form.put(field(parts[0]), field(parts[1])) != null) {
                throw TokenFailure.invalidRequest("A parameter is there twice.");
            }
        }
        return form;
    }

    private static String body(Context ctx) {
        try {
            return new String(Bodies.read(ctx, LIMIT), java.nio.charset.StandardCharsets.UTF_8);
        } catch (FailureException e) {
            throw TokenFailure.invalidRequest(e.failure().status(), e.failure().detail());
        }
    }

    private static String field(String encoded) {
        try {
            return decode(encoded);
        } catch (IllegalArgumentException e) {
            throw TokenFailure.invalidRequest("The form is not form-urlencoded.");
        }
    }

    private static String decode(String encoded) {
        return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    }

    /** Without the secret: this may stand in a log. */
    @Override
    public String toString() {
        return "TokenRequest[" + clientId + "]";
    }
}
