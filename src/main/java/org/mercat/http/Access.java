// SPDX-License-Identifier: Apache-2.0
package org.mercat.http;

import io.javalin.security.RouteRole;
import java.util.Set;
import org.mercat.http.Caller.Role;

/** Who may call a route at all. What of its resources they may touch, the route's feature decides. */
public enum Access implements RouteRole {
    /** Everybody, with or without a token. */
    PUBLIC(Set.of(Role.values())),
    /** Providers, their organization, the operator. */
    PROVIDERS(Set.of(Role.PROVIDER, Role.ORGANIZATION, Role.OPERATOR)),
    /** Consumers, their organization, the operator. */
    CONSUMERS(Set.of(Role.CONSUMER, Role.ORGANIZATION, Role.OPERATOR)),
    /** Providers and consumers for themselves, their organization, the operator. */
    PARTIES(Set.of(Role.PROVIDER, Role.CONSUMER, Role.ORGANIZATION, Role.OPERATOR)),
    /** Organizations, the operator. */
    ORGANIZATIONS(Set.of(Role.ORGANIZATION, Role.OPERATOR)),
    /** The operator alone. */
    OPERATOR(Set.of(Role.OPERATOR));

    private final Set<Role> roles;

    Access(Set<Role> roles) {
        this.roles = roles;
    }

    /** Whether a caller of that role may call. */
    public boolean allows(Role role) {
        return roles.contains(role);
    }
}
