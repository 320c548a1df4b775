// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;
import org.mercat.rdf.Change;
import org.mercat.rdf.Store;

class CredentialsTest {
    private static final String CHOSEN = "sixteen-letters!";

    @TempDir
    Path folder;

    private final Parties parties = Parties.of("https://catalogue.example/");
    private Store store;
    private Credentials credentials;

    @BeforeEach
    void open() {
        store = Store.open(folder);
        credentials = new Credentials(store, parties);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void the_right_secret_of_a_registered_client_signs_in() {
        String secret = registered("acme");
        assertThat(credentials.authenticate("acme", secret))
                .map(Client::caller)
                .contains(new Caller("acme", Role.ORGANIZATION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "mcs_", "mcs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "\u0000", "ä", "null"})
    void another_secret_does_not_sign_in(String other) {
        registered("acme");
        assertThat(credentials.authenticate("acme", other)).isEmpty();
    }

    @Test
    void the_digest_of_a_secret_does_not_sign_in() {
        String secret = registered("acme");
        assertThat(credentials.authenticate("acme", Secrets.digest(secret))).isEmpty();
    }

    @Test
    void a_secret_signs_in_no_other_client() {
        String secret = registered("acme");
        registered("other");
        assertThat(credentials.authenticate("other", secret)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "acme/", "ACME", "acme> <x", "a b", "../acme", "\u0000", "ü", "\uD800"})
    void an_id_that_is_none_does_not_sign_in(String id) {
        String secret = registered("acme");
        assertThat(credentials.authenticate(id, secret)).isEmpty();
    }

    @Test
    void a_huge_id_and_secret_do_not_sign_in() {
        assertThat(credentials.authenticate("a".repeat(100_000), "b".repeat(100_000)))
                .isEmpty();
    }

    @Test
    void a_credential_without_a_public_resource_does_not_sign_in() {
        String secret = Secrets.next();
        store.write(view -> new Change(List.of(), List.of(credentials.issue("acme", Role.ORGANIZATION, secret))));
        assertThat(credentials.authenticate("acme", secret)).isEmpty();
    }

    @Test
    void a_removed_credential_does_not_sign_in() {
        String secret = registered("acme");
        store.write(view -> new Change(List.of(), List.of(credentials.replacementForRemoval("acme"))));
        assertThat(credentials.authenticate("acme", secret)).isEmpty();
    }

    @Test
    void the_ledger_keeps_no_secret() {
        String secret = registered("acme");
        String kept = store.readLedger(database -> {
            StringBuilder text = new StringBuilder();
            database.find().forEachRemaining(quad -> text.append(quad).append('\n'));
            return text.toString();
        });
        assertThat(kept).contains(Secrets.digest(secret)).doesNotContain(secret.substring(4));
    }

    @Test
    void secrets_are_long_and_all_different() {
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            secrets.add(Secrets.next());
        }
        assertThat(secrets).hasSize(1_000).allMatch(secret -> secret.matches("mcs_[A-Za-z0-9_-]{43}"));
    }

    @Test
    void the_first_start_makes_an_operator_secret_and_tells_it_once() {
        Optional<String> first = credentials.ensureOperator(Optional.empty());
        assertThat(first).isPresent();
        assertThat(credentials.ensureOperator(Optional.empty())).isEmpty();
        assertThat(operator(first.get())).contains(new Caller("operator", Role.OPERATOR));
    }

    @Test
    void a_configured_operator_secret_replaces_the_stored_one() {
        String made = credentials.ensureOperator(Optional.empty()).orElseThrow();
        assertThat(credentials.ensureOperator(Optional.of(CHOSEN))).isEmpty();
        assertThat(operator(CHOSEN)).isPresent();
        assertThat(operator(made)).isEmpty();
    }

    @Test
    void the_same_configured_secret_leaves_the_credential_as_it_is() {
        credentials.ensureOperator(Optional.of(CHOSEN));
        Client before = credentials.authenticate("operator", CHOSEN).orElseThrow();
        credentials.ensureOperator(Optional.of(CHOSEN));
        assertThat(credentials.isCurrent(before)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "short", "fifteen-letters", "sixteen letters!", "sechzehn-Zeichen-ü", "line-break-at-end\n"})
    void a_bad_configured_secret_is_refused_and_not_repeated(String bad) {
        assertThatThrownBy(() -> credentials.ensureOperator(Optional.of(bad)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 to 256 ASCII characters")
                .satisfies(e -> assertThat(bad.isEmpty() || !e.getMessage().contains(bad))
                        .isTrue());
        assertThat(operator(bad)).isEmpty();
    }

    private Optional<Caller> operator(String secret) {
        return credentials.authenticate("operator", secret).map(Client::caller);
    }

    private String registered(String id) {
        String secret = Secrets.next();
        var organization = parties.organizations().resource(id);
        Graph graph = org.apache.jena.sparql.graph.GraphFactory.createDefaultGraph();
        graph.add(
                organization,
                org.apache.jena.vocabulary.RDF.Nodes.type,
                parties.organizations().type());
        store.write(view -> new Change(
                List.of(new Change.Replacement(organization, graph)),
                List.of(credentials.issue(id, Role.ORGANIZATION, secret))));
        return secret;
    }
}
