// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.jena.graph.Graph;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.Test;
import org.mercat.rdf.TurtleReader;
import org.mercat.vocabulary.VocabularyChange.Kind;

class VocabularyDiffTest {
    private static final String BASE = """
            @prefix dcterms: <http://purl.org/dc/terms/> .
            @prefix ex: <http://e/v#> .
            @prefix owl: <http://www.w3.org/2002/07/owl#> .
            @prefix qudt: <http://qudt.org/schema/qudt/> .
            @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
            @prefix sh: <http://www.w3.org/ns/shacl#> .
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
            <http://e/v> a owl:Ontology ; owl:versionInfo "1.0.0" ; owl:versionIRI <http://e/v/1.0.0> .
            ex:Root a skos:Concept ; skos:prefLabel "Root"@en ; skos:definition "All."@en .
            ex:Other a skos:Concept ; skos:prefLabel "Other"@en ; skos:definition "The rest."@en ; skos:broader ex:Root .
            """;

    private static final String TERM = """
            ex:Car a skos:Concept ; skos:broader ex:Root ; skos:prefLabel "Car"@en, "Auto"@de ;
              skos:altLabel "automobile"@en ; skos:definition "A vehicle with four wheels."@en .
            """;

    private static Graph graph(String text) {
        Graph graph = GraphFactory.createDefaultGraph();
        TurtleReader.readFile(text, graph);
        return graph;
    }

    private static VocabularyDiff diff(String before, String after) {
        return VocabularyDiff.between(
                new TreeMap<>(Map.of("v.ttl", graph(before))), new TreeMap<>(Map.of("v.ttl", graph(after))));
    }

    /** The changes of what follows the base, as lines of the report. */
    private static List<String> changes(String before, String after) {
        return new DiffReport(diff(BASE + before, BASE + after))
                .text()
                .lines()
                .filter(line -> line.matches("  (major|minor|patch) .*"))
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
    }

    private static String changed(String from, String to) {
        assertThat(TERM).contains(from);
        return TERM.replace(from, to);
    }

    @Test
    void another_order_other_comments_and_other_prefixes_are_no_difference() {
        String other = TERM.replace("ex:", "e2:").replace("skos:altLabel \"automobile\"@en ;", "");
        String text =
                "@prefix e2: <http://e/v#> . # same\n" + BASE + "e2:Car skos:altLabel \"automobile\"@en .\n" + other;
        VocabularyDiff diff = diff(BASE + TERM, text);
        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff.level()).isEqualTo(Level.NONE);
        assertThat(new DiffReport(diff).text()).isEqualTo("No difference in meaning.\n");
    }

    @Test
    void a_new_term_is_minor_and_a_removed_one_major() {
        assertThat(changes("", TERM)).containsExactly("minor added ex:Car \"Car\": below ex:Root");
        assertThat(changes(TERM, "")).containsExactly("major removed ex:Car \"Car\"");
    }

    @Test
    void a_removed_term_names_what_replaced_it_while_it_was_deprecated() {
        String deprecated = TERM + "ex:Car owl:deprecated true ; dcterms:isReplacedBy ex:Other .";
        assertThat(changes(deprecated, "")).containsExactly("major removed ex:Car \"Car\": ex:Other replaces it");
    }

    @Test
    void the_same_under_another_iri_is_renamed_and_what_points_to_it_is_not_moved() {
        String child = "ex:Taxi a skos:Concept ; skos:broader ex:Car ; skos:prefLabel \"Taxi\"@en .\n";
        assertThat(changes(TERM + child, (TERM + child).replace("ex:Car", "ex:Automobile")))
                .containsExactly("major renamed ex:Car \"Car\": now ex:Automobile");
    }

    @Test
    void a_renamed_term_can_have_other_words_too() {
        String after = changed("\"Auto\"@de", "\"Wagen\"@de").replace("ex:Car", "ex:Automobile");
        assertThat(changes(TERM, after))
                .containsExactly(
                        "major renamed ex:Car \"Car\": now ex:Automobile",
                        "patch relabelled ex:Automobile \"Car\": skos:prefLabel (de) \"Auto\" became \"Wagen\"");
    }

    @Test
    void a_term_that_shares_only_its_name_with_a_removed_one_is_another_term() {
        String after =
                changed("four wheels", "a keel").replace("ex:Car", "ex:Boat").replace("ex:Root", "ex:Other");
        assertThat(changes(TERM, after))
                .containsExactly("major removed ex:Car \"Car\"", "minor added ex:Boat \"Car\": below ex:Other");
    }

    @Test
    void another_parent_is_major_and_one_more_is_minor() {
        assertThat(changes(TERM, changed("broader ex:Root", "broader ex:Other")))
                .containsExactly("major moved ex:Car \"Car\": from ex:Root to ex:Other");
        assertThat(changes(TERM, changed("broader ex:Root", "broader ex:Root, ex:Other")))
                .containsExactly("minor extended ex:Car \"Car\": skos:broader new: ex:Other");
        assertThat(changes(TERM, changed("skos:broader ex:Root ;", "")))
                .containsExactly("major moved ex:Car \"Car\": from ex:Root to the top");
        assertThat(changes(TERM, changed("skos:broader ex:Root ;", "skos:topConceptOf ex:Scheme ;")))
                .containsExactly("major moved ex:Car \"Car\": from ex:Root to the top");
    }

    @Test
    void names_are_patches_told_by_language() {
        assertThat(changes(TERM, changed("\"Auto\"@de", "\"PKW\"@de, \"Coche\"@es")))
                .containsExactly(
                        "patch relabelled ex:Car \"Car\": skos:prefLabel (de) \"Auto\" became \"PKW\"",
                        "patch relabelled ex:Car \"Car\": skos:prefLabel (es) new: \"Coche\"");
        assertThat(changes(TERM, changed("skos:altLabel \"automobile\"@en ;", "")))
                .containsExactly("patch relabelled ex:Car \"Car\": skos:altLabel (en) gone: \"automobile\"");
    }

    @Test
    void another_definition_is_major_but_not_a_translation_or_a_comma() {
        assertThat(changes(TERM, changed("four wheels", "an engine")))
                .containsExactly("major redefined ex:Car \"Car\": skos:definition (en) "
                        + "\"A vehicle with four wheels.\" became \"A vehicle with an engine.\"");
        assertThat(changes(TERM, changed("A vehicle with four wheels.", "A vehicle, with four wheels")))
                .singleElement()
                .asString()
                .startsWith("patch documented");
        assertThat(changes(TERM, changed("wheels.\"@en", "wheels.\"@en, \"Ein Fahrzeug.\"@de")))
                .containsExactly("patch documented ex:Car \"Car\": skos:definition (de) new: \"Ein Fahrzeug.\"");
    }

    @Test
    void deprecation_is_minor_and_tells_the_replacement() {
        assertThat(changes(TERM, TERM + "ex:Car owl:deprecated true ; dcterms:isReplacedBy ex:Other ."))
                .containsExactly("minor deprecated ex:Car \"Car\": ex:Other replaces it");
        assertThat(changes(TERM, TERM + "ex:Car owl:deprecated true ."))
                .containsExactly("minor deprecated ex:Car \"Car\": without a replacement");
    }

    @Test
    void a_replacement_of_its_own_or_an_end_of_deprecation_is_minor() {
        String replaced = TERM + "ex:Car dcterms:isReplacedBy ex:Other .";
        assertThat(changes(TERM, replaced))
                .containsExactly("minor extended ex:Car \"Car\": dcterms:isReplacedBy new: ex:Other");
        assertThat(changes(TERM + "ex:Car owl:deprecated true .", TERM))
                .containsExactly("minor extended ex:Car \"Car\": owl:deprecated gone: true");
    }

    @Test
    void what_allows_less_is_major_and_what_allows_more_minor() {
        String units = TERM + "ex:Car qudt:applicableUnit ex:M, ex:KM .";
        String fewer = TERM + "ex:Car qudt:applicableUnit ex:M .";
        assertThat(changes(units, fewer))
                .containsExactly("major narrowed ex:Car \"Car\": qudt:applicableUnit gone: ex:KM");
        assertThat(changes(fewer, units))
                .containsExactly("minor extended ex:Car \"Car\": qudt:applicableUnit new: ex:KM");
        String range = TERM + "ex:Car rdfs:range ex:Other .";
        assertThat(changes(TERM, range)).containsExactly("major narrowed ex:Car \"Car\": rdfs:range new: ex:Other");
        assertThat(changes(range, TERM)).containsExactly("minor extended ex:Car \"Car\": rdfs:range gone: ex:Other");
        String shape = "ex:S a sh:PropertyShape ; sh:path ex:p ; sh:message \"No.\"@en .";
        assertThat(changes(shape, shape + "ex:S sh:minCount 1 ."))
                .containsExactly("major narrowed ex:S: sh:minCount new: 1");
        assertThat(changes(shape, shape.replace("No.", "Never.")))
                .singleElement()
                .asString()
                .startsWith("patch");
    }

    @Test
    void blank_nodes_are_compared_by_what_is_said_of_them() {
        String shape = "ex:S a sh:PropertyShape ; sh:path ( ex:p [ sh:inversePath ex:q ] ) ; sh:in ( 1 2 ) .";
        String same = "_:i sh:inversePath ex:q . ex:S a sh:PropertyShape ; sh:in ( 1 2 ) ; sh:path ( ex:p _:i ) .";
        assertThat(changes(shape, same)).isEmpty();
        assertThat(changes(shape, shape.replace("1 2", "1 2 3")))
                .containsExactly("major narrowed ex:S: sh:in ( 1 2 ) became ( 1 2 3 )");
        assertThat(changes(shape, shape.replace("ex:q", "ex:r")))
                .containsExactly(
                        "major narrowed ex:S: sh:path ( ex:p [ sh:inversePath ex:q ] ) became ( ex:p [ sh:inversePath ex:r ] )");
        assertThat(changes(TERM, TERM + "[] a owl:AllDisjointClasses ; owl:members ( ex:Car ex:Other ) ."))
                .containsExactly("major narrowed <http://e/v>: a node without a name new: "
                        + "[ rdf:type owl:AllDisjointClasses ; owl:members ( ex:Car ex:Other ) ]");
    }

    @Test
    void a_ring_of_blank_nodes_ends() {
        String ring = "ex:S a ex:T ; ex:p _:a . _:a ex:p _:b . _:b ex:p _:a .";
        assertThat(changes(ring, ring)).isEmpty();
        String list = "ex:S a ex:T ; ex:p _:l . _:l rdf:first 1 ; rdf:rest _:l .";
        String rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .";
        assertThat(changes(rdf + list, rdf + list)).isEmpty();
    }

    @Test
    void blank_nodes_that_share_others_are_compared_quickly_and_wild_ones_refused() {
        StringBuilder shared = new StringBuilder("ex:S a ex:T ; ex:p _:n0 . ");
        StringBuilder wild = new StringBuilder("ex:S a ex:T ; ex:p _:n0 . ");
        for (int i = 0; i < 60; i++) {
            shared.append("_:n%d ex:p _:n%d ; ex:q _:n%d .\n".formatted(i, i + 1, i + 1));
            for (int j = 0; j < 60; j++) {
                wild.append("_:n%d ex:p _:n%d .\n".formatted(i, j));
            }
        }
        assertThat(changes(shared.toString(), shared.toString())).isEmpty();
        assertThat(changes(shared.toString(), shared + "_:n60 ex:p 1 ."))
                .singleElement()
                .asString()
                .startsWith("major narrowed ex:S: ex:p");
        assertThatThrownBy(() -> changes(wild.toString(), wild.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too many ways");
    }

    @Test
    void alignments_in_another_file_are_changes_of_that_vocabulary() {
        String ontology = "<http://e/align> a <http://www.w3.org/2002/07/owl#Ontology> .";
        String aligned =
                ontology + "<http://e/v#Car> <http://www.w3.org/2004/02/skos/core#exactMatch> <http://other/Car> .";
        VocabularyDiff diff = VocabularyDiff.between(
                new TreeMap<>(Map.of("v.ttl", graph(BASE + TERM), "a.ttl", graph(ontology))),
                new TreeMap<>(Map.of("v.ttl", graph(BASE + TERM), "a.ttl", graph(aligned))));
        assertThat(diff.changes()).singleElement().satisfies(change -> {
            assertThat(change.vocabulary()).isEqualTo("http://e/align");
            assertThat(change.term()).isEqualTo("http://e/v#Car");
            assertThat(change.label()).isEqualTo("Car");
            assertThat(change.kind()).isEqualTo(Kind.EXTENDED);
            assertThat(change.after()).containsExactly("<http://other/Car>");
        });
        assertThat(diff.versions()).extracting(VocabularyVersion::vocabulary).containsExactly("http://e/align");
    }

    @Test
    void the_version_must_be_raised_as_much_as_the_changes_ask_for() {
        assertThat(fault("1.0.0", "")).isEqualTo("owl:versionInfo is still 1.0.0: write 2.0.0");
        assertThat(fault("1.0.1", "")).isEqualTo("owl:versionInfo is \"1.0.1\": write 2.0.0");
        assertThat(fault("2.0.0", "")).isEmpty();
        assertThat(fault("1.0.0", TERM + "ex:New a skos:Concept ."))
                .isEqualTo("owl:versionInfo is still 1.0.0: write 1.1.0");
        assertThat(fault("1.1.0", TERM + "ex:New a skos:Concept .")).isEmpty();
        assertThat(fault("1.0.0", changed("Auto", "PKW"))).isEqualTo("owl:versionInfo is still 1.0.0: write 1.0.1");
        assertThat(fault("0.9.0", TERM)).isEqualTo("owl:versionInfo is \"0.9.0\": write 1.0.0");
        assertThat(fault("next", TERM)).isEqualTo("owl:versionInfo is \"next\": write 1.0.0");
    }

    @Test
    void the_iri_of_the_version_must_be_raised_with_it() {
        String after = (BASE + TERM).replace("versionInfo \"1.0.0\"", "versionInfo \"2.0.0\"");
        assertThat(diff(BASE + TERM, after).versions())
                .singleElement()
                .satisfies(version -> assertThat(version.fault())
                        .contains("owl:versionIRI is <http://e/v/1.0.0>: write <http://e/v/2.0.0>"));
    }

    @Test
    void below_1_0_0_a_minor_is_enough() {
        String before = (BASE + TERM).replace("1.0.0", "0.3.0");
        assertThat(diff(before, BASE.replace("1.0.0", "0.4.0")).versions())
                .singleElement()
                .satisfies(version -> assertThat(version.fault()).isEmpty());
        assertThat(diff(before, BASE.replace("1.0.0", "0.3.1")).versions())
                .singleElement()
                .satisfies(version -> assertThat(version.fault())
                        .hasValueSatisfying(s -> assertThat(s).endsWith("0.4.0")));
    }

    /** Of the base with the term, at 1.0.0, when it becomes this. */
    private static String fault(String version, String after) {
        return diff(BASE + TERM, BASE.replace("1.0.0", version) + after).versions().stream()
                .flatMap(checked -> checked.fault().stream())
                .findFirst()
                .orElse("");
    }
}
