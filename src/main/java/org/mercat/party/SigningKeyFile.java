// SPDX-License-Identifier: Apache-2.0
package org.mercat.party;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/**
 * The key pairs that sign tokens, in a file that only its owner can read: one JSON Web Key, or a set of them, the newest
 * first.
 */
final class SigningKeyFile {
    static final String FILE = "signing-key.jwk";

    private SigningKeyFile() {}

    /** The keys in a folder, never none; one is made there if there is no file. */
    static List<ECKey> in(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(folder);
                write(file, generate(null).toJSONString());
            }
            return keys(file);
        } catch (ParseException | NullPointerException e) { // the parser's answer to the JSON "null"
            throw unusable(file, e);
        } catch (IOException e) {
            throw new UncheckedIOException("The signing key " + file + " can be neither read nor written", e);
        }
    }

    private static List<ECKey> keys(Path file) throws IOException, ParseException {
        Map<String, Object> json = JSONObjectUtils.parse(Files.readString(file));
        List<JWK> keys = json.containsKey("keys") ? JWKSet.parse(json).getKeys() : List.of(JWK.parse(json));
        if (keys.isEmpty()) {
            throw unusable(file, null);
        }
        return keys.stream().map(key -> checked(key, file)).toList();
    }

    /** Keeps those keys in place of all that were there. @param keys the newest first */
    static void replace(Path folder, List<ECKey> keys) {
        Path file = folder.resolve(FILE);
        try {
            write(file, new JWKSet(List.copyOf(keys)).toString(false));
        } catch (IOException e) {
            throw new UncheckedIOException("The signing keys cannot be written to " + file, e);
        }
    }

    /** A new key pair. @param issued when it was made; null for the first one, which is as good as ever */
    static ECKey generate(Instant issued) {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .issueTime(issued == null ? null : Date.from(issued))
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("Every Java has P-256", e);
        }
    }

    private static ECKey checked(JWK jwk, Path file) {
        if (jwk instanceof ECKey key
                && key.isPrivate()
                && Curve.P_256.equals(key.getCurve())
                && key.getKeyID() != null) {
            return key;
        }
        throw unusable(file, null);
    }

    private static IllegalStateException unusable(Path file, Exception cause) {
        return new IllegalStateException(
                file
                        + " is not a private P-256 key (JWK) with a kid, nor a set of them. Put the right one back; or delete it, and a new"
                        + " one is made at the next start and all clients must get new tokens.",
                cause);
    }

    /** All or nothing: the file appears under its name only when it is whole and on disk. */
    private static void write(Path file, String content) throws IOException {
        Path part = file.resolveSibling(FILE + ".part");
        Files.deleteIfExists(part);
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(part, options, ownerOnly(part))) {
            ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        if (isPosix(file)) {
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
                folder.force(true); // the name, too
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
