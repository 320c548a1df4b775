// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.Test;
import org.mercat.rdf.Terms;

/** What OWL and deprecation say of the hierarchy. */
class ConceptsTest {
    private static Concepts concepts(String turtle) {
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.fromString("""
                        PREFIX : <http://example.org/>
                        PREFIX dcterms: <http://purl.org/dc/terms/>
                        PREFIX owl: <http://www.w3.org/2002/07/owl#>
                        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
                        """ + turtle, Lang.TURTLE).parse(graph);
        return new Concepts(Terms.of(List.of(graph)));
    }

    private static Node node(String name) {
        return NodeFactory.createURI("http://example.org/" + name);
    }

    @Test
    void the_members_of_a_union_are_below_it_however_it_is_written() {
        for (String union : List.of(
                ":Reading owl:unionOf (:Air :Noise) .",
                ":Reading owl:equivalentClass [ owl:unionOf (:Air :Noise) ] .",
                "[ owl:unionOf (:Air :Noise) ] owl:equivalentClass :Reading .")) {
            Concepts concepts = concepts(union + " :Outdoor rdfs:subClassOf :Air . :Reading rdfs:subClassOf :Thing .");
            assertThat(concepts.degree(node("Reading"), node("Noise"))).isEqualTo(Degree.PLUGIN);
            assertThat(concepts.degree(node("Thing"), node("Outdoor"))).isEqualTo(Degree.PLUGIN);
            assertThat(concepts.degree(node("Air"), node("Reading"))).isEqualTo(Degree.SUBSUMES);
            assertThat(concepts.path(node("Outdoor"), node("Thing")))
                    .containsExactly(node("Outdoor"), node("Air"), node("Reading"), node("Thing"));
        }
    }

    @Test
    void an_intersection_is_below_its_members() {
        Concepts concepts = concepts(":Both owl:equivalentClass [ owl:intersectionOf (:Air :Noise) ] .");
        assertThat(concepts.degree(node("Air"), node("Both"))).isEqualTo(Degree.PLUGIN);
        assertThat(concepts.degree(node("Both"), node("Noise"))).isEqualTo(Degree.SUBSUMES);
    }

    @Test
    void a_deprecated_term_is_what_replaces_it() {
        Concepts concepts = concepts("""
                        :Old owl:deprecated true ; dcterms:isReplacedBy :New . :New rdfs:subClassOf :Top .
                        :Torn owl:deprecated true ; dcterms:isReplacedBy :New , :Top .
                        :Kept dcterms:isReplacedBy :New .
                        :A owl:deprecated true ; dcterms:isReplacedBy :B . :B owl:deprecated true ; dcterms:isReplacedBy :A .
                        """);
        assertThat(concepts.degree(node("Old"), node("New"))).isEqualTo(Degree.EXACT);
        assertThat(concepts.degree(node("Top"), node("Old"))).isEqualTo(Degree.PLUGIN);
        assertThat(concepts.degree(node("Torn"), node("New"))).isEqualTo(Degree.FAIL);
        assertThat(concepts.degree(node("Kept"), node("New"))).isEqualTo(Degree.FAIL);
        assertThat(concepts.canonical(node("A"))).isEqualTo(concepts.canonical(node("B")));
    }

    @Test
    void what_replaces_a_term_is_not_below_what_that_was_below() {
        Concepts concepts = concepts("""
                        :Old owl:deprecated true ; dcterms:isReplacedBy :New ; rdfs:subClassOf :Elsewhere .
                        :New rdfs:subClassOf :Top .
                        :Below rdfs:subClassOf :Old .
                        """);
        assertThat(concepts.ancestors(node("Old"))).containsOnlyKeys(node("New"), node("Top"));
        assertThat(concepts.ancestors(node("Below"))).containsOnlyKeys(node("Below"), node("New"), node("Top"));
        assertThat(concepts.degree(node("Elsewhere"), node("New"))).isEqualTo(Degree.FAIL);
    }
}
