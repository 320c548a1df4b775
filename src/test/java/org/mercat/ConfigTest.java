// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
    private static final String GOOD_SECRET = "sixteen-letters-or-more";

    @TempDir
    Path folder;

    private static Config.Words words(String port, String baseIri, String secret, String limit) {
        return new Config.Words(null, null, null, port, baseIri, false, secret, sparql(limit, null), false, null);
    }

    private static SparqlSettings sparql(String limit, String quota) {
        SparqlSettings settings = new SparqlSettings();
        settings.time = limit;
        settings.quota = quota;
        return settings;
    }

    private static String faults(Config.Words words) {
        Config.Faults faults = catchThrowableOfType(Config.Faults.class, () -> Config.of(words));
        assertThat(faults).as("refused").isNotNull();
        return faults.getMessage();
    }

    @Test
    void nothing_given_is_a_catalogue_on_port_8080() {
        Config config = Config.of(words(null, null, null, null));
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.baseIri()).isEqualTo("http://localhost:8080/");
        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.data()).isEqualTo(Path.of("data"));
        assertThat(config.home()).isEmpty();
        assertThat(config.operatorSecret()).isEmpty();
        assertThat(config.sparqlTimeLimit()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void a_demonstration_is_for_this_machine_only() {
        Config config = Config.of(
                new Config.Words(null, null, null, null, null, true, null, new SparqlSettings(), false, null));
        assertThat(config.host()).isEqualTo("127.0.0.1");
        assertThat(config.operatorSecret()).contains(Config.DEMO_SECRET);
    }

    @Test
    void all_faults_are_told_at_once_with_what_to_write() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        String told = faults(new Config.Words(
                folder.toString(),
                file.resolve("data").toString(),
                null,
                "70000",
                "localhost",
                false,
                "short",
                sparql("soon", "-1"),
                false,
                null));
        assertThat(told)
                .startsWith("The configuration has 9 faults:")
                .contains(
                        "--home (MERCAT_HOME)", "\"vocabularies\"", "\"shapes\"", "\"queries\"", "a checkout of Mercat")
                .contains("--data (MERCAT_DATA)", "write a path below one that can")
                .contains("--port (MERCAT_PORT) is \"70000\": write a number from 0 to 65535")
                .contains("--base-iri (MERCAT_BASE_IRI) is \"localhost\"", "ending in a slash, such as https://")
                .contains("MERCAT_OPERATOR_SECRET", "16 to 256")
                .contains("--sparql-time-limit (MERCAT_SPARQL_TIME_LIMIT) is \"soon\": write seconds, 1 to 3600")
                .contains("--sparql-quota (MERCAT_SPARQL_QUOTA) is \"-1\": write seconds, 0 to 3600")
                .doesNotContain("short");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "x", "", " ", "8080.0", "٨٠٨٠x", "99999999999"})
    void a_port_that_is_none_is_refused(String port) {
        assertThat(faults(words(port, null, null, null))).contains("--port", "1 fault:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost/",
                "ftp://x.example/",
                "https://x.example",
                "https://x.example/?a=b/",
                "https://x.example/#/",
                "https:///",
                "https://x y/",
                "https://user:secret@x.example/",
                "https://x.example/a/../b/",
                "https://x.example//"
            })
    void a_base_iri_that_is_none_is_refused(String iri) {
        assertThat(faults(words(null, iri, null, null))).contains("--base-iri");
    }

    @ParameterizedTest
    @CsvSource({"https://x.example/", "http://localhost:8081/", "https://x.example/catalogue/"})
    void a_base_iri_is_kept_as_it_is(String iri) {
        assertThat(Config.of(words(null, iri, GOOD_SECRET, "1")).baseIri()).isEqualTo(iri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fifteen-letters", "sixteen letters with spaces", "sixteen-letters-ö-more"})
    void an_operators_secret_that_is_too_weak_is_refused_and_not_shown(String secret) {
        String told = faults(words(null, null, secret, null));
        assertThat(told).contains("MERCAT_OPERATOR_SECRET");
        if (!secret.isEmpty()) {
            assertThat(told).doesNotContain(secret);
        }
    }

    @Test
    void the_secret_of_the_demonstration_is_refused_elsewhere() {
        assertThat(faults(words(null, null, Config.DEMO_SECRET, null))).contains("everybody knows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "3601", "30s", ""})
    void a_time_limit_that_is_none_is_refused(String limit) {
        assertThat(faults(words(null, null, null, limit))).contains("--sparql-time-limit");
    }

    @Test
    void a_path_that_is_none_is_a_fault_like_others() {
        String told =
                faults(new Config.Words("a\u0000b", "c\u0000d", null, null, null, false, null, null, false, null));
        assertThat(told).contains("--home", "--data");
    }

    @Test
    void a_folder_that_can_be_made_is_fine() {
        Path data = folder.resolve("a/b/c");
        assertThat(Config.of(new Config.Words(null, data.toString(), null, "0", null, false, null, null, false, null))
                        .data())
                .isEqualTo(data);
    }

    @Test
    void comments_are_awaited_for_some_days() {
        assertThat(Config.of(new Config.Words(null, null, null, null, null, false, null, null, false, "0"))
                        .commentPeriod())
                .isZero();
        assertThat(faults(new Config.Words(null, null, null, null, null, false, null, null, false, "a week")))
                .contains("--comment-period", "0 to 366");
    }
}
