// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The offerings of our own evaluation collection are ones that a provider could register. */
class IotCollectionRegistrationTest {
    private static final Path IOT = Path.of("src/test/resources/evaluation/iot");

    @TempDir
    Path folder;

    @Test
    void the_collection_can_be_registered_as_it_is() throws IOException {
        Path offerings = folder.resolve("offerings.ndjson");
        Files.copy(IOT.resolve("offerings.jsonl"), offerings);
        Run run = Run.on(
                folder.resolve("data"), "load", IOT.resolve("parties.ndjson").toString(), offerings.toString());
        assertThat(run.out())
                .contains("parties.ndjson: 35 stored, 0 refused", "offerings.ndjson: 152 stored, 0 refused");
        assertThat(run.exit()).isZero();
    }
}
