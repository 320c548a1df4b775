// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;

/** What became of terms over three versions, of which the last one is in force. */
class TermHistoryTest {
    private static final String TERM = """
            ex:%s a owl:Class ; rdfs:label "%s"@en, "%s"@de ; skos:definition "%s"@en ;
              rdfs:isDefinedBy <https://example.org/terms> .
            """;

    @TempDir
    Path folder;

    private VersionArchive archive;
    private Glossary now;

    private static Vocabularies version(String version, String terms) {
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.fromString("""
                        PREFIX dcterms: <http://purl.org/dc/terms/>
                        PREFIX ex: <https://example.org/terms#>
                        PREFIX owl: <http://www.w3.org/2002/07/owl#>
                        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
                        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
                        <https://example.org/terms> a owl:Ontology ; owl:versionInfo "%s" .
                        %s""".formatted(version, terms), Lang.TURTLE).parse(graph);
        return new Vocabularies(new TreeMap<>(Map.of("terms", graph)));
    }

    private static String term(String name, String english, String german, String definition) {
        return TERM.formatted(name, english, german, definition);
    }

    @BeforeEach
    void threeVersions() {
        archive = new VersionArchive(folder);
        archive.keep(version(
                "1.9.0",
                term("Car", "Car", "Auto", "What drives on four wheels.")
                        + term("Bike", "Bike", "Rad", "What is pedalled.")));
        archive.keep(version(
                "1.10.0",
                term("Car", "Motor car", "Kraftwagen", "What drives on four wheels.")
                        + term("Bike", "Bike", "Rad", "What is pedalled.")));
        Vocabularies last = version(
                "2.0.0",
                term("Car", "Motor car", "Kraftwagen", "What drives on its own.")
                        + term("Bicycle", "Bike", "Rad", "What is pedalled.")
                        + term("Bus", "Bus", "Bus", "What carries many.")
                        + "ex:Car owl:deprecated true ; dcterms:isReplacedBy ex:Bus .\n");
        now = new Glossary(last, Terms.of(last.byName().values()));
    }

    private List<String> history(String name, TermHistory history) {
        return history.of(now, NodeFactory.createURI("https://example.org/terms#" + name), "terms").stream()
                .map(event -> event.version() + " " + event.what())
                .toList();
    }

    @Test
    void each_version_tells_once_what_happened_in_it() {
        TermHistory history = new TermHistory(archive, term -> List.of());
        assertThat(history("Car", history))
                .startsWith("1.9.0 first", "1.10.0 relabelled")
                .contains("2.0.0 redefined", "2.0.0 deprecated")
                .doesNotHaveDuplicates();
        assertThat(history("Bus", history)).containsExactly("2.0.0 added");
    }

    @Test
    void a_term_that_was_renamed_keeps_its_history() {
        TermHistory history = new TermHistory(archive, term -> List.of());
        assertThat(history("Bicycle", history)).containsExactly("1.9.0 first", "2.0.0 renamed");
    }

    @Test
    void what_is_on_record_elsewhere_comes_with_it() {
        TermHistory history = new TermHistory(archive, term -> List.of(new TermEvent("2.0.0", "proposed", "by acme")));
        assertThat(history("Bus", history)).containsExactly("2.0.0 added", "2.0.0 proposed");
    }
}
