// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import java.util.Locale;

/**
 * Who asks.
 *
 * @param id client id: {@code operator}, an organization's id or that of a provider or consumer; empty for nobody
 * @param role what the client is
 */
public record Caller(String id, Role role) {
    /** A caller without a token. */
    public static final Caller ANYONE = new Caller("", Role.ANYONE);

    /** What a client is. */
    public enum Role {
        ANYONE,
        CONSUMER,
        PROVIDER,
        ORGANIZATION,
        OPERATOR;

        /** As it stands in a token. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The role of a token's word. */
        public static Role of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** Whether a resource is the caller's: its own one, or one below it. Everything is the operator's. */
    public boolean owns(String resourceId) {
        return role == Role.OPERATOR
                || role != Role.ANYONE && (resourceId.equals(id) || resourceId.startsWith(id + "/"));
    }

    /** Refuses a caller whose the resource is not. */
    public void mustOwn(String resourceId) {
        if (!owns(resourceId)) {
            throw Failure.Kind.FORBIDDEN.because("\"" + resourceId + "\" is not yours: you are signed in as \"" + id
                    + "\" and may change only \"" + id + "\" and what is below it.");
        }
    }
}
