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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** POST .../secret of organizations, providers and consumers. */
class SecretRouteTest {
    @TempDir
    static Path folder;

    private static PartyServer server;
    private static int tests;

    private int test;
    private Map<String, String> secrets;

    @BeforeAll
    static void start() {
        server = new PartyServer(folder);
    }

    @BeforeEach
    void register() {
        test = ++tests;
        secrets = Map.of(
                "operator",
                OPERATOR_SECRET,
                own("acme"),
                server.organization(own("acme")),
                own("other"),
                server.organization(own("other")),
                own("acme/parking"),
                server.provider(own("acme/parking")),
                own("acme/other"),
                server.provider(own("acme/other")),
                own("acme/app"),
                server.consumer(own("acme/app")));
    }

    /** The organizations of this test alone. */
    private String own(String text) {
        return text.replace("acme", "acme" + test).replace("other", "other" + test);
    }

    @AfterAll
    static void stop() {
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
        String id = own(path.substring(path.indexOf('/') + 1));
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
                "consumers/acme/parking"
            })
    void a_new_secret_for_a_client_that_is_none_is_404(String path) {
        assertThat(renew(path, "operator").statusCode()).isEqualTo(404);
        secrets.forEach(server::token);
    }

    @Test
    void an_id_with_an_encoded_zero_is_400() {
        int status = renew("consumers/acme/%00", "operator").statusCode();
        server.reconnect();
        assertThat(status).isEqualTo(400);
        secrets.forEach(server::token);
    }

    @Test
    void a_new_secret_for_a_withdrawn_client_is_410() {
        server.withdraw(server.providers, OPERATOR, server.parties.providers(), own("acme/parking"));
        assertThat(renew("providers/acme/parking", "acme").statusCode()).isEqualTo(410);
    }

    @Test
    void a_new_secret_without_a_token_is_401() {
        assertThat(server.post("/providers/acme/parking/secret", null).statusCode())
                .isEqualTo(401);
    }

    private HttpResponse<String> renew(String path, String caller) {
        String token = server.token(own(caller), secrets.get(own(caller)));
        return server.post("/" + own(path) + "/secret", token);
    }
}
