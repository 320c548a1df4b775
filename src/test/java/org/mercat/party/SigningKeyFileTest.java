// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyFileTest {
    @TempDir
    Path folder;

    @Test
    void a_key_is_made_once_and_kept() throws Exception {
        ECKey made = SigningKeyFile.in(folder.resolve("new")).get(0);
        assertThat(SigningKeyFile.in(folder.resolve("new"))).containsExactly(made);
        assertThat(made.getKeyID()).isEqualTo(made.computeThumbprint().toString());
    }

    @Test
    void nobody_but_its_owner_reads_it_and_nothing_else_is_left() throws Exception {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews())
                .as("a file system with owners")
                .contains("posix");
        SigningKeyFile.in(folder);
        Path file = folder.resolve(SigningKeyFile.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void what_a_crash_left_half_written_is_replaced() throws Exception {
        Files.writeString(folder.resolve(SigningKeyFile.FILE + ".part"), "{\"kty\":");
        assertThat(SigningKeyFile.in(folder).get(0).isPrivate()).isTrue();
    }

    @Test
    void a_file_of_one_key_from_before_keys_changed_is_read_and_a_set_is_written_as_safely() throws Exception {
        ECKey old = new ECKeyGenerator(Curve.P_256).keyID("old").generate();
        Files.writeString(folder.resolve(SigningKeyFile.FILE), old.toJSONString());
        ECKey young = SigningKeyFile.generate(java.time.Instant.ofEpochSecond(1_700_000_000));
        SigningKeyFile.replace(folder, java.util.List.of(young, old));
        assertThat(SigningKeyFile.in(folder)).containsExactly(young, old);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(SigningKeyFile.FILE))))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{}", "null", "{\"kty\":\"EC\",\"crv\":\"P-256\"}", "{\"keys\":[]}", "{\"keys\":[null]}"
            })
    void a_broken_file_is_refused_and_left(String content) throws Exception {
        refused(content);
    }

    @Test
    void a_public_key_another_curve_and_a_symmetric_key_are_refused() throws Exception {
        ECKey good = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
        refused(good.toPublicJWK().toJSONString());
        refused(new ECKeyGenerator(Curve.P_384).keyID("k").generate().toJSONString());
        refused(new OctetSequenceKeyGenerator(256).keyID("k").generate().toJSONString());
    }

    private void refused(String content) throws Exception {
        Path file = Files.writeString(folder.resolve(SigningKeyFile.FILE), content);
        assertThatThrownBy(() -> SigningKeyFile.in(folder))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not a private P-256 key");
        assertThat(file).hasContent(content);
    }
}
