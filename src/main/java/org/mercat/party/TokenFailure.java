// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

/**
 * A token request that is refused, in the form that OAuth has for it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749, section 5.2</a>
 */
final class TokenFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;

    private TokenFailure(int status, String error, String description) {
        super(description, null, false, false);
        this.status = status;
        this.error = error;
    }

    static TokenFailure because(String error, String description) {
        return new TokenFailure(400, error, description);
    }

    static TokenFailure invalidRequest(int status, String description) {
        return new TokenFailure(status, "invalid_request", description);
    }

    static TokenFailure invalidRequest(String description) {
        return invalidRequest(400, description);
    }

    static TokenFailure invalidClient(String description) {
        return new TokenFailure(401, "invalid_client", description);
    }

    static TokenFailure tooMany(long seconds) {
        return new TokenFailure(
                429, "temporarily_unavailable", "Too many failed sign-ins of this client; wait " + seconds + " s.");
    }

    int status() {
        return status;
    }

    String error() {
        return error;
    }
}
