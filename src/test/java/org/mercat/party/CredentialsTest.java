// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;
import org.mercat.rdf.Change;
import org.mercat.rdf.Store;

class CredentialsTest {
    private static final Parties PARTIES = Parties.of("https://catalogue.example/");

    @TempDir
    static Path folder;

    private static Store store;
    private static Credentials credentials;
    private static int tests;

    private final String acme = "acme" + ++tests;

    @BeforeAll
    static void open() {
        store = Store.open(folder);
        credentials = new Credentials(store, PARTIES);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void the_right_secret_of_a_registered_client_signs_in() {
        String secret = registered(acme);
        assertThat(credentials.authenticate(acme, secret))
                .map(Client::caller)
                .contains(new Caller(acme, Role.ORGANIZATION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "mcs_", "mcs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "\u0000", "ä", "null"})
    void another_secret_does_not_sign_in(String other) {
        registered(acme);
        assertThat(credentials.authenticate(acme, other)).isEmpty();
    }

    @Test
    void the_digest_of_a_secret_does_not_sign_in() {
        String secret = registered(acme);
        assertThat(credentials.authenticate(acme, Secrets.digest(secret))).isEmpty();
    }

    @Test
    void a_secret_signs_in_no_other_client() {
        String secret = registered(acme);
        registered(acme + "-other");
        assertThat(credentials.authenticate(acme + "-other", secret)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nobody", "acme/", "ACME", "acme> <x", "a b", "../acme", "\u0000", "ü", "\uD800"})
    void an_id_that_is_none_does_not_sign_in(String id) {
        String secret = registered(acme);
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
        store.write(view -> new Change(List.of(), List.of(credentials.issue(acme, Role.ORGANIZATION, secret))));
        assertThat(credentials.authenticate(acme, secret)).isEmpty();
    }

    @Test
    void a_removed_credential_does_not_sign_in() {
        String secret = registered(acme);
        store.write(view -> new Change(List.of(), List.of(credentials.replacementForRemoval(acme))));
        assertThat(credentials.authenticate(acme, secret)).isEmpty();
    }

    @Test
    void the_ledger_keeps_no_secret() {
        String secret = registered(acme);
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

    private String registered(String id) {
        String secret = Secrets.next();
        var organization = PARTIES.organizations().resource(id);
        Graph graph = GraphFactory.createDefaultGraph();
        graph.add(organization, RDF.Nodes.type, PARTIES.organizations().type());
        store.write(view -> new Change(
                List.of(new Change.Replacement(organization, graph)),
                List.of(credentials.issue(id, Role.ORGANIZATION, secret))));
        return secret;
    }
}
