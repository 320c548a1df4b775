// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.mercat.party.SigningKeys;

/**
 * Tokens for the endpoint of an offering: JSON Web Tokens (ES256, type {@code contract+jwt}, one hour) that its provider
 * verifies offline. A token carries a handle of the time in which its contract is in force ({@code grant}); when that is
 * over, the handle is on the list of revoked ones until its last token is. Nobody can tell a contract by its handle.
 */
final class ContractTokens {
    static final Duration LIFETIME = SigningKeys.LONGEST_TOKEN;

    /** Kept apart by their type from the access tokens of the catalogue, which the same keys sign. */
    static final JOSEObjectType TYPE = new JOSEObjectType("contract+jwt");

    private final Contracts contracts;
    private final SigningKeys keys;
    private final InstantSource clock;

    ContractTokens(Contracts contracts, SigningKeys keys, InstantSource clock) {
        this.contracts = contracts;
        this.keys = keys;
        this.clock = clock;
    }

    /** A token for the consumer of a contract; empty if it is not in force. @param offering its id */
    Optional<String> issue(Contract contract, String offering) {
        int last = contract.spans().size() - 1;
        if (last < 0 || contract.spans().get(last).end().isPresent()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        String provider =
                contracts.parties().providers().resource(contract.provider()).getURI();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(contracts.collection().baseIri())
                .audience(provider)
                .subject(contract.consumer())
                .claim("contract", contract.id())
                .claim("offering", offering)
                .claim("grant", keys.handle(name(contract.id(), last)))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        return Optional.of(keys.sign(TYPE, claims));
    }

    private static String name(String contract, int span) {
        return contract + " " + span;
    }

    /** The handles under which no token is good, though its time is not over. */
    SortedSet<String> revoked() {
        Instant earliest = contracts.now().minus(LIFETIME).minus(SigningKeys.SKEW);
        SortedSet<String> revoked = new TreeSet<>();
        contracts.endsAfter(earliest).forEach(end -> revoked.addAll(keys.handles(name(end.contract(), end.span()))));
        return revoked;
    }
}
