// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mercat.rdf.Unreadable;

class TurtleFormatTest {
    private static final String PREFIXES = """
            @prefix ex: <http://e/> .
            @prefix owl: <http://www.w3.org/2002/07/owl#> .
            @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
            """;

    /** Three backquotes stand for three quotes. */
    private static String quoted(String text) {
        return text.replace("```", "\"\"\"");
    }

    private static void formats(String given, String result) {
        String text = quoted(given);
        String expected = quoted(result);
        assertThat(TurtleFormat.format(text)).isEqualTo(expected);
        assertThat(TurtleFormat.format(expected)).as("once more").isEqualTo(expected);
    }

    /** Of a text with the prefixes above, without them in the result. */
    private static void formatsBody(String text, String expected) {
        String formatted = TurtleFormat.format(PREFIXES + quoted(text));
        assertThat(formatted.substring(formatted.indexOf("\n\n") + 2)).isEqualTo(quoted(expected));
        assertThat(TurtleFormat.format(formatted)).as("once more").isEqualTo(formatted);
    }

    @Test
    void properties_and_languages_have_a_fixed_order_and_isDefinedBy_is_last() {
        formatsBody("""
                ex:a rdfs:isDefinedBy <http://o> ; ex:z 1 ; rdfs:label "it"@it , "fr"@fr, "en"@en , "de"@de ; a owl:Class ;
                     rdfs:subClassOf ex:c , ex:b .
                """, """
                ex:a a owl:Class ;
                  rdfs:subClassOf ex:c, ex:b ;
                  rdfs:label "en"@en, "de"@de, "it"@it, "fr"@fr ;
                  ex:z 1 ;
                  rdfs:isDefinedBy <http://o> .
                """);
    }

    @Test
    void prefixes_are_sorted_the_unused_go_and_the_usual_names_are_taken() {
        formats("""
                @prefix s: <http://www.w3.org/2004/02/skos/core#> .
                @prefix unused: <http://unused/> .
                PREFIX ex: <http://e/>
                ex:a a s:Concept ; <http://purl.org/dc/terms/date> "2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date> .
                """, """
                @prefix dcterms: <http://purl.org/dc/terms/> .
                @prefix ex: <http://e/> .
                @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
                @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

                ex:a a skos:Concept ;
                  dcterms:date "2020-01-01"^^xsd:date .
                """);
    }

    @Test
    void a_usual_prefix_that_the_file_uses_otherwise_stays_its_own() {
        formats(
                "@prefix skos: <http://mine/> . <http://e/a> a skos:X, <http://www.w3.org/2004/02/skos/core#Concept> .",
                """
                @prefix skos: <http://mine/> .

                <http://e/a> a skos:X, <http://www.w3.org/2004/02/skos/core#Concept> .
                """);
    }

    @Test
    void a_prefix_that_is_bound_twice_keeps_its_first_meaning() {
        formats("@prefix ex: <http://one/> .\nex:a ex:p 1 .\n@prefix ex: <http://two/> .\nex:a ex:p 2 .", """
                @prefix ex: <http://one/> .

                ex:a ex:p 1 .
                <http://two/a> <http://two/p> 2 .
                """);
    }

    @Test
    void comments_stay_with_what_they_stand_at() {
        formats("""
                # of the file

                @prefix ex: <http://e/> . # the example
                # between
                @prefix a: <http://a/> . # gone

                # --- section ---

                # of the term
                ex:b # of the subject
                  ex:q 2 , # of two
                     # above one
                     1 ; # of one
                  # above p
                  ex:p ( # in the list
                    1 ) # behind the list
                  ;
                  # ex:out "commented out" ;
                  .
                # the end
                """, """
                # of the file

                @prefix ex: <http://e/> . # the example

                # gone

                # between

                # --- section ---

                # of the term
                ex:b # of the subject
                  # above p
                  ex:p (
                    # in the list
                    1
                  ) ; # behind the list
                  ex:q
                    2, # of two
                    # above one
                    1 ; # of one
                  # ex:out "commented out" ;
                  .

                # the end
                """);
    }

    @Test
    void a_hash_in_a_text_an_iri_or_a_name_is_no_comment() {
        formatsBody("""
                ex:a ex:p "# no" , '# yes' , ```# no "#" \\``` no``` , <http://e#no> , ex:b\\#no . # yes
                """, """
                ex:a ex:p "# no", "# yes", "# no \\"#\\" \\"\\"\\" no", <http://e#no>, <http://e/b#no> . # yes
                """);
    }

    @Test
    void terms_keep_their_order_in_their_section_and_the_ontology_is_first() {
        formatsBody("""
                # --- one ---

                ex:b ex:p 1 .
                ex:a ex:p 1 .
                <http://o> a owl:Ontology .
                ex:b ex:p 2 .

                # --- two ---

                ex:b ex:p 3 .
                """, """
                <http://o> a owl:Ontology .

                # --- one ---

                ex:b ex:p 1, 2 .
                ex:a ex:p 1 .

                # --- two ---

                ex:b ex:p 3 .
                """);
    }

    @Test
    void lines_of_one_statement_stand_together_unless_a_blank_line_parts_them() {
        formatsBody(
                "ex:a ex:p 1 .\nex:b ex:p 1 .\n\n\nex:c ex:p 1 .\nex:d ex:p 1 ; ex:q 2 .\nex:e ex:p 1 .\n",
                "ex:a ex:p 1 .\nex:b ex:p 1 .\n\nex:c ex:p 1 .\n\nex:d ex:p 1 ;\n  ex:q 2 .\n\nex:e ex:p 1 .\n");
    }

    @Test
    void blank_nodes_and_lists_stand_where_they_are_used() {
        formatsBody("""
                @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
                ex:a ex:p _:x ; ex:list _:l , rdf:nil . _:x ex:q _:y . _:y ex:q [] .
                _:l rdf:first 1 ; rdf:rest _:m . _:m rdf:first 2 ; rdf:rest () .
                _:unused ex:p 1 . [ ex:p 2 ] ex:q 3 . [ ex:p 4 ] .
                """, """
                ex:a ex:list ( 1 2 ), () ;
                  ex:p [ ex:q [ ex:q [] ] ] .

                [] ex:p 1 .

                [] ex:p 2 ;
                  ex:q 3 .

                [] ex:p 4 .
                """);
    }

    @Test
    void a_blank_node_that_is_used_twice_or_in_a_ring_keeps_its_label() {
        formatsBody(
                "ex:a ex:p _:x . ex:b ex:p _:x . _:x ex:q 1 .\n_:r ex:p _:s . _:s ex:p _:r . _:self ex:p _:self .",
                "ex:a ex:p _:x .\nex:b ex:p _:x .\n_:x ex:q 1 .\n_:r ex:p [ ex:p _:r ] .\n_:self ex:p _:self .\n");
    }

    @Test
    void literals_have_their_short_forms_and_keep_their_digits() {
        formats("""
                @prefix ex: <http://e/> .
                @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
                ex:a ex:p "01"^^xsd:integer , "1.50"^^xsd:decimal , "1E0"^^xsd:double , "true"^^xsd:boolean , 'x'^^xsd:string ,
                  "5."^^xsd:decimal , "x"^^xsd:integer , "1"^^xsd:boolean .
                ex:b ex:p ```first
                "second" \\\\ \\"``` ; ex:q "tab\\t, quote \\", cr\\r" .
                """, """
                @prefix ex: <http://e/> .
                @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

                ex:a ex:p 01, 1.50, 1E0, true, "x", "5."^^xsd:decimal, "x"^^xsd:integer, "1"^^xsd:boolean .

                ex:b ex:p ```first
                "second" \\\\ \\"``` ;
                  ex:q "tab\\t, quote \\", cr\\r" .
                """);
    }

    @Test
    void a_language_keeps_its_direction() {
        formats("<http://a> <http://p> 'x'@ar--rtl .", "<http://a> <http://p> \"x\"@ar--rtl .\n");
    }

    @Test
    void a_base_is_resolved_and_without_one_iris_stay_relative() {
        formats("@base <http://e/x/> . <a> <../b> <#c> .", "<http://e/x/a> <http://e/b> <http://e/x/#c> .\n");
        formats("@prefix : <#> . :a <p> <> .", "@prefix : <#> .\n\n:a <p> <> .\n");
    }

    @Test
    void line_ends_of_windows_become_our_own() {
        formats(
                "@prefix ex: <http://e/> .\r\n\r\n# c\r\nex:a ex:p 1 . # d\r\n",
                "@prefix ex: <http://e/> .\n\n# c\nex:a ex:p 1 . # d\n");
    }

    @Test
    void a_file_without_statements_keeps_its_comments() {
        formats("", "");
        formats("# only\n\n# comments", "# only\n\n# comments\n");
        formats("# only\n@prefix ex: <http://e/> .", "# only\n");
    }

    @Test
    void an_error_is_told_with_line_and_column() {
        assertThatThrownBy(() -> TurtleFormat.format("@prefix ex: <http://e/> .\nex:a ex:p 1\nex:b ex:p 2 ."))
                .isInstanceOfSatisfying(Unreadable.class, e -> {
                    assertThat(e.faults().get(0).line()).isEqualTo(3);
                    assertThat(e.faults().get(0).column()).isPositive();
                });
    }

    @Test
    void what_is_no_turtle_1_1_is_refused_and_not_lost() {
        for (String text : new String[] {
            "<http://a> <http://p> <<( <http://a> <http://p> 1 )>> .", "<http://a> <http://p> 1 {| <http://q> 2 |} ."
        }) {
            assertThatThrownBy(() -> TurtleFormat.format(text)).as(text).isInstanceOf(Unreadable.class);
        }
    }

    @Test
    void brackets_without_end_are_refused_and_do_not_crash() {
        String deep = "<http://a> <http://p> " + "[ <http://p> ".repeat(100_000) + "1" + "]".repeat(100_000) + " .";
        assertThatThrownBy(() -> TurtleFormat.format(deep))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("nested too deeply");
    }
}
