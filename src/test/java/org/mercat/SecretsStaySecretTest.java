// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A secret is in the answer that makes it and nowhere else. */
class SecretsStaySecretTest {
    private static final String EVERYTHING = "SELECT * { { GRAPH ?g { ?s ?p ?o } } UNION { ?s ?p ?o } }";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static List<String> secrets;

    @BeforeAll
    static void make() {
        String first = SERVER.system("providers", "acme/secretive");
        Answer renewed =
                SERVER.as("acme/secretive").send("POST", "/providers/acme/secretive/secret", null, (byte[]) null);
        secrets = List.of(
                first,
                renewed.mustBe(200).json().path("clientSecret").asText(),
                SERVER.organization("secretive"),
                SERVER.system("consumers", "acme/secretive-app"),
                TestServer.OPERATOR_SECRET);
    }

    @Test
    void they_are_long_and_all_different() {
        assertThat(secrets).doesNotHaveDuplicates();
        assertThat(secrets.subList(0, 4)).allMatch(secret -> secret.matches("mcs_[A-Za-z0-9_-]{43}"));
    }

    @Test
    void no_representation_has_them_200() {
        for (String path :
                List.of("/providers/acme/secretive", "/organizations/secretive", "/consumers/acme/secretive-app")) {
            for (String ending : List.of("", ".json", ".ttl", ".jsonld", ".rdf", ".nt", ".trig")) {
                String text = SERVER.as(TestServer.OPERATOR)
                        .get(path + ending)
                        .mustBe(200)
                        .text();
                assertThat(text).doesNotContain(secrets).doesNotContain("mcs_", "secretHash", "clientSecret");
            }
        }
    }

    @Test
    void no_query_finds_them_nor_their_digests_200() {
        String query = "/sparql?query=" + URLEncoder.encode(EVERYTHING, StandardCharsets.UTF_8);
        String found = SERVER.as(TestServer.OPERATOR)
                .get(query, "text/csv")
                .mustBe(200)
                .text();
        assertThat(found)
                .contains("acme/secretive")
                .doesNotContain(secrets)
                .doesNotContain("mcs_", "urn:mercat:client");
        secrets.forEach(secret -> assertThat(found).doesNotContain(digest(secret)));
    }

    @Test
    void no_measurement_has_them_200() {
        assertThat(SERVER.as(TestServer.OPERATOR).get("/metrics").mustBe(200).text())
                .doesNotContain(secrets);
    }

    @Test
    void no_file_has_more_than_their_digests() throws IOException {
        boolean digestIsThere = false;
        try (Stream<Path> files = Files.walk(SERVER.folder())) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                digestIsThere |= text.contains(digest(secrets.get(1)));
                assertThat(secrets.stream().filter(text::contains))
                        .as("%s", file)
                        .isEmpty();
            }
        }
        assertThat(digestIsThere).as("this finds what is there").isTrue();
    }

    private static String digest(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
