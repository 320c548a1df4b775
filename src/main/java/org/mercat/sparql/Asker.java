// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.time.Duration;
import java.util.Optional;
import org.mercat.http.Caller;

/**
 * Who sends a query, and by what its queries are counted.
 *
 * @param caller of the access token
 * @param address that the request came from, by which those without a token are counted
 */
record Asker(Caller caller, String address) {
    String key() {
        return caller.role() == Caller.Role.ANYONE ? address : caller.id();
    }

    /** What it may compute in a minute; empty for as much as it likes. */
    Optional<Duration> quota(Limits limits) {
        if (limits.quota().isZero() || caller.role() == Caller.Role.OPERATOR) {
            return Optional.empty();
        }
        boolean isKnown = caller.role() != Caller.Role.ANYONE;
        return Optional.of(limits.quota().multipliedBy(isKnown ? Limits.KNOWN : 1));
    }
}
