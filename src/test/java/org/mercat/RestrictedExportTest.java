// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.core.DatasetGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.ns.MC;

/** Offerings for some only go with an export when they are asked for, and come back as they were. */
class RestrictedExportTest {
    private static final String HIDDEN = "acme/parking/hidden";

    @TempDir
    Path folder;

    private static String line(String id, String more) {
        return Answer.json(Offerings.small(id).toString().replaceFirst("}$", more + "}"))
                .toString();
    }

    private void load(String data, Path file, int stored) {
        Run load = Run.on(folder.resolve(data), "load", file.toString());
        assertThat(load.out()).as("%s", load).contains(stored + " stored, 0 refused");
    }

    private Path exported(String data, String name, String... more) {
        Path file = folder.resolve(name);
        List<String> words = new java.util.ArrayList<>(List.of(more));
        words.add(file.toString());
        assertThat(Run.on(folder.resolve(data), "export", words.toArray(String[]::new))
                        .exit())
                .isZero();
        return file;
    }

    private static Set<String> triples(Path file) {
        DatasetGraph all = RDFDataMgr.loadDatasetGraph(file.toString());
        Set<String> triples = new TreeSet<>();
        all.find(Node.ANY, Node.ANY, Node.ANY, Node.ANY).forEachRemaining(quad -> {
            if (quad.getGraph().toString().endsWith(HIDDEN)
                    && !quad.getPredicate().equals(MC.revision)) {
                triples.add(quad.asTriple().toString());
            }
        });
        return triples;
    }

    private static boolean hasHidden(Path file) throws IOException {
        String text = Files.readString(file);
        assertThat(text.contains("acme/parking/open")).isTrue();
        return text.contains(HIDDEN);
    }

    @Test
    void it_is_loaded_exported_and_loaded_again() throws IOException {
        Path parties = Files.write(
                folder.resolve("parties.ndjson"),
                List.of(
                        "{\"@type\": \"Organization\", \"id\": \"acme\", \"name\": \"Acme\"}",
                        "{\"@type\": \"Organization\", \"id\": \"bob\", \"name\": \"Bob\"}",
                        "{\"@type\": \"Provider\", \"id\": \"acme/parking\", \"name\": \"P\", \"organization\": \"acme\"}"));
        Path offerings = Files.write(
                folder.resolve("offerings.ndjson"),
                List.of(line("acme/parking/open", ""), line(HIDDEN, ", \"accessList\": [\"bob\"]")));
        load("one", parties, 3);
        load("one", offerings, 2); // the first ones, in bulk
        Path open = exported("one", "open.trig");
        assertThat(hasHidden(open)).isFalse();
        Path all = exported("one", "all.trig", "--restricted");
        assertThat(triples(all)).anyMatch(triple -> triple.contains("organizations/bob"));
        assertThat(triples(exported("one", "all.nq", "--restricted"))).isEqualTo(triples(all));
        load("two", all, 5);
        assertThat(hasHidden(exported("two", "open-again.trig"))).isFalse();
        assertThat(triples(exported("two", "again.nq", "--restricted"))).isEqualTo(triples(all));
        Run.on(folder.resolve("one"), "export", "--all", folder.resolve("whole").toString());
        load("three", folder.resolve("whole"), 5);
        assertThat(triples(exported("three", "moved.nq", "--restricted"))).isEqualTo(triples(all));
    }
}
