// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.http.Caller;
import org.mercat.http.Caller.Role;
import org.mercat.rdf.Store;

class OperatorTest {
    private static final String CHOSEN = "sixteen-letters!";
    private static final List<String> BAD =
            List.of("", "short", "fifteen-letters", "sixteen letters!", "sechzehn-Zeichen-ü", "line-break-at-end\n");

    private static final String BURNT = "a-secret-that-everybody-knows";

    @TempDir
    Path folder;

    private Store store;
    private Credentials credentials;

    @BeforeEach
    void open() {
        store = Store.open(folder);
        credentials = new Credentials(store, Parties.of("https://catalogue.example/"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void the_first_start_makes_an_operator_secret_and_tells_it_once() {
        Optional<String> first = credentials.ensureOperator(Optional.empty(), BURNT);
        assertThat(first).isPresent();
        assertThat(credentials.ensureOperator(Optional.empty(), BURNT)).isEmpty();
        assertThat(operator(first.get())).contains(new Caller("operator", Role.OPERATOR));
    }

    @Test
    void a_secret_that_everybody_knows_does_not_stay() {
        credentials.ensureOperator(Optional.of(BURNT), BURNT);
        Optional<String> made = credentials.ensureOperator(Optional.empty(), BURNT);
        assertThat(made).isPresent();
        assertThat(operator(BURNT)).isEmpty();
        assertThat(operator(made.get())).isPresent();
    }

    @Test
    void a_configured_operator_secret_replaces_the_stored_one() {
        String made = credentials.ensureOperator(Optional.empty(), BURNT).orElseThrow();
        assertThat(credentials.ensureOperator(Optional.of(CHOSEN), BURNT)).isEmpty();
        assertThat(operator(CHOSEN)).isPresent();
        assertThat(operator(made)).isEmpty();
    }

    @Test
    void the_same_configured_secret_leaves_the_credential_as_it_is() {
        credentials.ensureOperator(Optional.of(CHOSEN), BURNT);
        Client before = credentials.authenticate("operator", CHOSEN).orElseThrow();
        credentials.ensureOperator(Optional.of(CHOSEN), BURNT);
        assertThat(credentials.isCurrent(before)).isTrue();
    }

    @Test
    void a_bad_configured_secret_is_refused_and_not_repeated() {
        for (String bad : BAD) {
            assertThatThrownBy(() -> credentials.ensureOperator(Optional.of(bad), BURNT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("16 to 256 ASCII characters")
                    .satisfies(e -> assertThat(bad.isEmpty() || !e.getMessage().contains(bad))
                            .isTrue());
            assertThat(operator(bad)).isEmpty();
        }
    }

    private Optional<Caller> operator(String secret) {
        return credentials.authenticate("operator", secret).map(Client::caller);
    }
}
