// SPDX-License-Identifier: Apache-2.0
package org.mercat.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedSet;
import java.util.UUID;
import org.mercat.http.Access;
import org.mercat.http.Authentication;
import org.mercat.http.Caller;
import org.mercat.http.Failure.Kind;
import org.mercat.http.Preconditions;
import org.mercat.http.Route;
import org.mercat.party.SigningKeys;
import org.mercat.rdf.Collection;

/** Tokens of contracts over HTTP, and the list of those that are good no more. */
public final class ContractTokenRoutes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Contracts contracts;
    private final Collection offerings;
    private final ContractTokens tokens;

    public ContractTokenRoutes(Contracts contracts, Collection offerings, SigningKeys keys, InstantSource clock) {
        this.contracts = contracts;
        this.offerings = offerings;
        this.tokens = new ContractTokens(contracts, keys, clock);
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/contracts/{organization}/{name}/token", Access.CONSUMERS, this::token),
                Route.get("/contracts/revoked", Access.PUBLIC, this::revoked));
    }

    private void token(Context ctx) {
        Caller caller = Authentication.callerOf(ctx);
        String id = ctx.pathParam("organization") + "/" + ctx.pathParam("name");
        Contract contract = contracts
                .find(id)
                .filter(its -> contracts.isOf(caller, its))
                .orElseThrow(() -> Kind.NOT_FOUND.because("There is no contract \"" + id
                        + "\" in which you take part. GET /contracts lists those that are yours."));
        if (caller.role() == Caller.Role.OPERATOR || !caller.owns(contract.consumer())) {
            throw Kind.FORBIDDEN.because("A token is for the consumer, \"" + contract.consumer()
                    + "\", and its organization; you are signed in as \"" + caller.id() + "\".");
        }
        String token = tokens.issue(
                        contract, offerings.idOf(contract.offering()).orElseThrow())
                .orElseThrow(() -> Kind.CONFLICT.because("The contract \"" + id + "\" is "
                        + contract.status().word() + ", and a token is for one that is active."));
        ObjectNode answer = JSON.createObjectNode();
        answer.put("access_token", token)
                .put("token_type", "Bearer")
                .put("expires_in", ContractTokens.LIFETIME.toSeconds());
        ctx.header("Cache-Control", "no-store").contentType("application/json").result(answer.toString());
    }

    private void revoked(Context ctx) {
        SortedSet<String> revoked = tokens.revoked();
        ObjectNode answer = JSON.createObjectNode();
        revoked.forEach(answer.putArray("revoked")::add);
        byte[] content = answer.toString().getBytes(StandardCharsets.UTF_8);
        String tag = "\"" + UUID.nameUUIDFromBytes(content) + "\"";
        ctx.header("ETag", tag).header("Cache-Control", "public, max-age=30");
        if (Preconditions.of(ctx).isFresh(tag)) {
            ctx.status(304);
            return;
        }
        ctx.contentType("application/json").result(content);
    }
}
