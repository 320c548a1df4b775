// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a client has kept from before the catalogue was started anew with another context. */
class UpgradeTest {
    private static final String ID = "acme/parking/kept";
    private static final String PATH = Offerings.pathOf(ID);

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @Test
    void a_tag_from_before_is_200_for_a_reader_and_still_good_for_a_writer(@TempDir Path folder) throws IOException {
        TestServer.Client parking = SERVER.as(TestServer.PARKING);
        parking.json("PUT", PATH, Offerings.small(ID).toString()).mustBe(201);
        String tag = parking.get(PATH, "text/turtle").tag();
        Path home = HomeFolder.in(folder);
        SERVER.restart(home);
        parking.with("If-None-Match", tag).get(PATH, "text/turtle").mustBe(304);
        Path context = home.resolve("vocabularies/context.jsonld");
        String text = Files.readString(context);
        Files.writeString(context, text.replace("\"cat\":", "\"elsewhere\": \"https://example.org/\", \"cat\":"));
        SERVER.restart(home);
        Answer after =
                parking.with("If-None-Match", tag).get(PATH, "text/turtle").mustBe(200);
        assertThat(after.tag()).isNotEqualTo(tag);
        parking.with("If-Match", tag)
                .json("PUT", PATH, Offerings.small(ID).toString())
                .mustBe(200);
    }
}
