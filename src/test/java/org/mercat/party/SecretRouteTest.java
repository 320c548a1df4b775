// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mercat.party.PartyServer.OPERATOR;
import static org.mercat.party.PartyServer.OPERATOR_SECRET;
import static org.mercat.party.PartyServer.credentialsForm;
import static org.mercat.party.PartyServer.json;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** POST .../secret of organizations, providers and consumers. */
class SecretRouteTest {
    @TempDir
    Path folder;

    private PartyServer server;
    private Map<String, String> secrets;

    @BeforeEach
    void start() {
        server = new PartyServer(folder);
        secrets = Map.of(
                "operator", OPERATOR_SECRET,
                "acme", server.organization("acme"),
                "other", server.organization("other"),
                "acme/parking", server.provider("acme/parking"),
                "acme/other", server.provider("acme/other"),
                "acme/app", server.consumer("acme/app"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "operator, organizations/acme",
        "acme, organizations/acme",
        "operator, providers/acme/parking",
        "acme, providers/acme/parking",
        "acme/parking, providers/acme/parking",
        "operator, consumers/acme/app",
        "acme, consumers/acme/app",
        "acme/app, consumers/acme/app"
    })
    void a_new_secret_for_ones_own_client_is_200(String caller, String path) {
        String id = path.substring(path.indexOf('/') + 1);
        String token = server.token(id, secrets.get(id));
        HttpResponse<String> response = renew(path, caller);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(json(response).get("clientId").asText()).isEqualTo(id);

        server.token(id, json(response).get("clientSecret").asText());
        assertThat(server.form(Map.of(), credentialsForm(id, secrets.get(id))).statusCode())
                .as("the old secret")
                .isEqualTo(401);
        assertThat(server.get("/whoami", token).statusCode()).as("its tokens").isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "other, organizations/acme",
        "acme/parking, organizations/acme",
        "acme/app, organizations/acme",
        "other, providers/acme/parking",
        "acme/other, providers/acme/parking",
        "acme/app, providers/acme/parking",
        "other, consumers/acme/app",
        "acme/parking, consumers/acme/app",
        "other, organizations/operator",
        "other, providers/acme/nobody"
    })
    void a_new_secret_for_anothers_client_is_403(String caller, String path) {
        assertThat(renew(path, caller).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "organizations/nobody",
                "organizations/operator",
                "organizations/ACME",
                "organizations/%3E%20x",
                "organizations/acme%2Fparking",
                "providers/acme/app",
                "consumers/acme/parking",
                "consumers/acme/%00"
            })
    void a_new_secret_for_a_client_that_is_none_is_404(String path) {
        assertThat(renew(path, "operator").statusCode()).isBetween(400, 404);
        server.token("operator", OPERATOR_SECRET);
        secrets.forEach(server::token);
    }

    @Test
    void a_new_secret_for_a_withdrawn_client_is_410() {
        server.withdraw(server.providers, OPERATOR, server.parties.providers(), "acme/parking");
        assertThat(renew("providers/acme/parking", "acme").statusCode()).isEqualTo(410);
    }

    @Test
    void a_new_secret_without_a_token_is_401() {
        assertThat(server.post("/providers/acme/parking/secret", null).statusCode())
                .isEqualTo(401);
    }

    private HttpResponse<String> renew(String path, String caller) {
        return server.post("/" + path + "/secret", server.token(caller, secrets.get(caller)));
    }
}
