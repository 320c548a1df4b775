// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    private static final String PREFIXES = """
            PREFIX mc: <https://w3id.org/mercat/core#>
            PREFIX cat: <https://w3id.org/mercat/categories#>
            PREFIX dcterms: <http://purl.org/dc/terms/>
            PREFIX dcat: <http://www.w3.org/ns/dcat#>
            PREFIX schema: <http://schema.org/>
            PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
            BASE <https://market.example/offerings/acme/parking/free-spaces>
            """;

    private static Graph graph(String turtle) {
        return RDFParser.fromString(PREFIXES + turtle, Lang.TURTLE).toGraph();
    }

    private static JsonNode written(Graph graph) {
        byte[] json = Bodies.WRITER.write(graph, Bodies.node(Bodies.OFFERING));
        assertThat(Bodies.readJsonLd(json).isIsomorphicWith(graph))
                .as(new String(json))
                .isTrue();
        return Bodies.tree(json);
    }

    @Test
    void iris_are_as_short_as_can_be() {
        JsonNode json = written(
                graph(
                        "<> dcat:theme cat:Parking, schema:Place, <https://x.example/y>, cat:price, <https://w3id.org/mercat/categories#a:b> ."));
        assertThat(json.get("category"))
                .map(JsonNode::asText)
                .containsExactly("Parking", "cat:a:b", "cat:price", "https://x.example/y", "schema:Place");
    }

    @Test
    void properties_outside_the_context_are_written_under_their_iri() {
        JsonNode json = written(
                graph(
                        "<> schema:foo \"x\", 5, schema:bar ; <http://x.example/p> [ dcterms:title \"t\"@en ] ; dcterms:title 7, \"u\" ."));
        assertThat(json.get("schema:foo"))
                .hasSize(3)
                .contains(Bodies.tree("{\"@value\": \"5\", \"@type\": \"xsd:integer\"}"));
        assertThat(json.at("/http:~1~1x.example~1p/title/en").asText()).isEqualTo("t");
        assertThat(json.get("title").asText()).isEqualTo("u");
        assertThat(json.at("/dcterms:title/@value").asText()).isEqualTo("7");
    }

    @Test
    void children_with_names_of_their_own_keep_them() {
        JsonNode json = written(graph("<> mc:price <#p> ; mc:input <https://x.example/i> . <#p> schema:price 1.5 . "
                + "<https://x.example/i> mc:name \"i\" ."));
        assertThat(json.at("/price/@id").asText()).isEqualTo(Bodies.OFFERING.iri() + "#p");
        assertThat(json.at("/inputs/0/@id").asText()).isEqualTo("https://x.example/i");
    }

    @Test
    void shared_children_circles_and_lost_nodes_are_written_once() {
        JsonNode json = written(
                graph("<> mc:input _:a ; mc:output _:a . _:a mc:member _:b . _:b mc:member _:a ; mc:name \"b\" . "
                        + "<https://x.example/lost> dcterms:title \"lost\" . _:c mc:member _:c ."));
        assertThat(json.get("@included")).hasSize(2);
    }

    @Test
    void a_long_chain_does_not_nest_deeper_than_readers_allow() {
        Graph graph = GraphFactory.createDefaultGraph();
        Node member = NodeFactory.createURI("https://w3id.org/mercat/core#member");
        Node last = Bodies.node(Bodies.OFFERING);
        for (int i = 0; i < 500; i++) {
            Node next = NodeFactory.createBlankNode();
            graph.add(Triple.create(last, member, next));
            last = next;
        }
        assertThat(written(graph).has("@included")).isTrue();
    }

    @Test
    void an_iri_that_looks_like_a_prefix_of_ours_is_refused_not_falsified() {
        Graph graph = graph("<> schema:geo <geo:41.4,2.2> .");
        assertThat(Bodies.CONTEXT.isAmbiguous("geo:41.4,2.2")).isTrue();
        assertThatThrownBy(() -> Bodies.WRITER.write(graph, Bodies.node(Bodies.OFFERING)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("geo:41.4,2.2");
    }
}
