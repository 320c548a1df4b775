// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mercat.http.Access;
import org.mercat.http.Route;

/**
 * The token endpoint, and what others need to use it and to verify its tokens.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4">RFC 6749, section 4.4</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8414">RFC 8414</a>
 */
public final class TokenRoutes {
    private final Tokens tokens;
    private final SigningKeys keys;
    private final Credentials credentials;
    private final String baseIri;
    private final FailedSignIns failedSignIns;

    /** @param baseIri of the catalogue, which is the issuer of its tokens, ending in a slash */
    public TokenRoutes(Tokens tokens, SigningKeys keys, Credentials credentials, String baseIri, InstantSource clock) {
        this.tokens = tokens;
        this.keys = keys;
        this.credentials = credentials;
        this.baseIri = baseIri;
        this.failedSignIns = new FailedSignIns(clock);
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/oauth/token", Access.PUBLIC, this::token),
                Route.get("/.well-known/jwks.json", Access.PUBLIC, this::keySet),
                Route.post("/signing-keys", Access.OPERATOR, this::rotate),
                Route.get("/.well-known/oauth-authorization-server", Access.PUBLIC, this::metadata));
    }

    private void token(Context ctx) {
        ctx.header("Cache-Control", "no-store").header("Pragma", "no-cache");
        try {
            Client client = signIn(ctx, TokenRequest.of(ctx));
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("access_token", tokens.issue(client));
            answer.put("token_type", "Bearer");
            answer.put("expires_in", Tokens.LIFETIME.toSeconds());
            ctx.json(answer);
        } catch (TokenFailure e) {
            refuse(ctx, e);
        }
    }

    private Client signIn(Context ctx, TokenRequest request) {
        failedSignIns
                .wait(request.clientId(), ctx.ip())
                .map(Duration::toSeconds)
                .ifPresent(seconds -> {
                    ctx.header("Retry-After", String.valueOf(seconds + 1));
                    throw TokenFailure.tooMany(seconds + 1);
                });
        return credentials.authenticate(request.clientId(), request.secret()).orElseThrow(() -> {
            failedSignIns.add(request.clientId(), ctx.ip());
            return TokenFailure.invalidClient("There is no such client, or the secret is not its own.");
        });
    }

    private static void refuse(Context ctx, TokenFailure failure) {
        if (failure.status() == 401) {
            ctx.header("WWW-Authenticate", "Basic realm=\"mercat\", charset=\"UTF-8\"");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("error", failure.error());
        answer.put("error_description", failure.getMessage());
        ctx.status(failure.status()).json(answer);
    }

    private void keySet(Context ctx) {
        ctx.header("Cache-Control", "public, max-age=300");
        ctx.contentType("application/jwk-set+json").result(keys.keySet());
    }

    private void rotate(Context ctx) {
        SigningKeys.Made made = keys.rotate();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("kid", made.kid());
        answer.put("signsFrom", made.since().truncatedTo(ChronoUnit.SECONDS).toString());
        ctx.status(201).json(answer);
    }

    private void metadata(Context ctx) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("issuer", baseIri);
        metadata.put("token_endpoint", baseIri + "oauth/token");
        metadata.put("jwks_uri", baseIri + ".well-known/jwks.json");
        metadata.put("grant_types_supported", List.of("client_credentials"));
        metadata.put("response_types_supported", List.of());
        metadata.put("token_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post"));
        ctx.header("Cache-Control", "public, max-age=300").json(metadata);
    }
}
