// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.Function;

/** Finds out who calls, from the {@code Authorization} header, and refuses whom the route does not allow. */
public final class Authentication {
    private static final String ATTRIBUTE = "mercat.caller";
    private static final String BEARER = "Bearer ";

    private final Function<String, Optional<Caller>> tokens;

    /** @param tokens verifies an access token; empty if it is not ours, expired, or its client is no more */
    public Authentication(Function<String, Optional<Caller>> tokens) {
        this.tokens = tokens;
    }

    /** The caller of this request. */
    public static Caller callerOf(Context ctx) {
        Caller caller = ctx.attribute(ATTRIBUTE);
        return caller == null ? Caller.ANYONE : caller;
    }

    /** Runs before every matched route: a route that names no access allows nobody. */
    void check(Context ctx) {
        Caller caller = identify(ctx);
        ctx.attribute(ATTRIBUTE, caller);
        boolean allowed = ctx.routeRoles().stream()
                .anyMatch(role -> role instanceof Access access && access.allows(caller.role()));
        if (allowed) {
            return;
        }
        if (caller.role() == Caller.Role.ANYONE) {
            throw unauthorized(
                    ctx,
                    "This needs an access token: POST /oauth/token with grant_type=client_credentials and"
                            + " your client id and secret, then send \"Authorization: Bearer <access_token>\".");
        }
        throw Failure.Kind.FORBIDDEN.because(
                "A client of the role \"" + caller.role().word() + "\" may not do this.");
    }

    private Caller identify(Context ctx) {
        String header = ctx.header("Authorization");
        if (header == null) {
            return Caller.ANYONE;
        }
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            if (ctx.routeRoles().contains(Access.PUBLIC)) {
                return Caller.ANYONE; // the token endpoint has its own use for the header
            }
            throw unauthorized(
                    ctx,
                    "Only \"Authorization: Bearer <access_token>\" is understood here; get a token from"
                            + " POST /oauth/token.");
        }
        return tokens.apply(header.substring(BEARER.length()).strip())
                .orElseThrow(() -> unauthorized(
                        ctx,
                        "The access token is not valid or has expired; get a new one from" + " POST /oauth/token."));
    }

    private static FailureException unauthorized(Context ctx, String detail) {
        ctx.header("WWW-Authenticate", "Bearer realm=\"mercat\"");
        return Failure.Kind.UNAUTHORIZED.because(detail);
    }
}
