// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.OWL2;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.rdf.Home;
import org.mercat.rdf.Vocabularies;

/** The files that versions of vocabularies are kept in. */
class VersionArchiveTest {
    @TempDir
    Path folder;

    private static Vocabularies vocabulary(String name, String version, String label) {
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.fromString("""
                        @prefix owl: <http://www.w3.org/2002/07/owl#> .
                        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
                        <https://example.org/v> a owl:Ontology ; owl:versionInfo "%s" .
                        <https://example.org/v#A> rdfs:label "%s" ; rdfs:seeAlso [ rdfs:label "nameless" ] .
                        """.formatted(version, label), Lang.TURTLE).parse(graph);
        return new Vocabularies(new TreeMap<>(Map.of(name, graph)));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void each_version_is_a_file_and_the_oldest_comes_first() throws IOException {
        VersionArchive archive = new VersionArchive(folder);
        for (String version : List.of("1.10.0", "1.9.0", "2.0.0-draft", "2.0.0")) {
            archive.keep(vocabulary("v", version, version));
        }
        assertThat(files()).hasSize(4).contains("v/1.10.0.ttl");
        assertThat(archive.versions("v")).containsExactly("1.9.0", "1.10.0", "2.0.0-draft", "2.0.0");
        assertThat(archive.graph("v", "1.9.0").orElseThrow())
                .matches(vocabulary("v", "1.9.0", "1.9.0").byName().get("v")::isIsomorphicWith);
        assertThat(archive.graph("v", "3.0.0")).isEmpty();
        assertThat(archive.versions("other")).isEmpty();
    }

    @Test
    void a_version_is_kept_as_it_was_last_published_and_written_only_when_it_differs() throws IOException {
        VersionArchive archive = new VersionArchive(folder);
        archive.keep(vocabulary("v", "1.0.0", "first"));
        FileTime longAgo = FileTime.fromMillis(1_000_000);
        Path file = folder.resolve("v/1.0.0.ttl");
        Files.setLastModifiedTime(file, longAgo);
        archive.keep(vocabulary("v", "1.0.0", "first"));
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);
        archive.keep(vocabulary("v", "1.0.0", "second"));
        assertThat(Files.readString(file)).contains("second").doesNotContain("first");
        assertThat(archive.graph("v", "1.0.0").orElseThrow())
                .matches(vocabulary("v", "1.0.0", "second").byName().get("v")::isIsomorphicWith);
        assertThat(files()).containsExactly("v/1.0.0.ttl");
    }

    @Test
    void what_cannot_name_a_file_is_not_kept_and_nothing_is_read_elsewhere() throws IOException {
        VersionArchive archive = new VersionArchive(folder.resolve("archive"));
        for (String version : List.of("", "../../1", ".", "1/2", "a b")) {
            archive.keep(vocabulary("v", version, "label"));
        }
        archive.keep(vocabulary("..", "1.0.0", "label"));
        assertThat(files()).isEmpty();
        Files.writeString(folder.resolve("secret.ttl"), "<urn:a> <urn:b> <urn:c> .");
        assertThat(archive.graph("..", "secret")).isEmpty();
        assertThat(archive.graph("v", "../../secret")).isEmpty();
    }

    @Test
    void a_file_that_is_broken_is_left_out_and_the_others_are_read() throws IOException {
        VersionArchive archive = new VersionArchive(folder);
        archive.keep(vocabulary("v", "1.0.0", "label"));
        Files.writeString(folder.resolve("v/0.1.0.ttl"), "<urn:a> <urn:b>");
        Files.writeString(folder.resolve("v/0.2.0.ttl"), "<urn:a> <urn:b> <urn:c> .");
        Files.write(folder.resolve("v/0.3.0.ttl"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(archive.versions("v")).containsExactly("1.0.0");
        for (String broken : List.of("0.1.0", "0.2.0", "0.3.0")) {
            assertThat(archive.graph("v", broken)).as(broken).isEmpty();
        }
        Vocabularies now = vocabulary("v", "1.0.0", "label");
        assertThat(TermHistory.versions(archive, "v", now.byName().get("v"))).containsOnlyKeys("1.0.0");
    }

    @Test
    void our_vocabularies_name_their_versions() {
        Vocabularies.read(new Home(Optional.empty())).byName().forEach((name, graph) -> {
            String version = VersionArchive.versionOf(graph);
            assertThat(version).as(name).matches("\\d+\\.\\d+\\.\\d+");
            assertThat(graph.find(Vocabularies.ontologyOf(graph), OWL2.versionIRI.asNode(), Node.ANY)
                            .mapWith(triple -> triple.getObject().getURI())
                            .toList())
                    .as(name)
                    .containsExactly(Vocabularies.ontologyOf(graph).getURI() + "/" + version);
        });
    }

    @Test
    void a_folder_that_cannot_be_written_is_told_with_its_name() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        assertThatThrownBy(() -> new VersionArchive(file).keep(vocabulary("v", "1.0.0", "label")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("v/1.0.0.ttl");
    }
}
