// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the context allows comes back; the seed is the name of the test. */
class JsonPropertiesTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String[] TEXTS = {
        "x",
        "",
        " a\tb\n",
        "Müller \"&<>\\",
        "🅿 日本",
        "@none",
        "_:b0",
        "schema:name",
        "https://a.example/",
        "null",
        "-5",
        "true"
    };
    private static final String[] WORDS = {
        "Parking",
        "CC-BY-4.0",
        "a/b",
        "DEG_C",
        "urn:big-iot:ParkingSpaceCategory",
        "https://a.example/b?c=d#e",
        "title",
        "http://schema.org"
    };
    private static final String[] LANGUAGES = {"@none", "ca", "de", "en", "en-GB", "zh-Hant"};

    static Stream<Long> seeds() {
        return IntStream.range(0, 150).mapToObj(i -> 20_261_122L + i);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void any_body_comes_back_and_a_processor_agrees(long seed) {
        Random random = new Random(seed);
        ObjectNode body = object(Bodies.CONTEXT.scope(), random, 0);
        Graph graph = Bodies.read(body.toString());
        byte[] written = Bodies.WRITER.write(graph, Bodies.node(Bodies.OFFERING));
        Graph again = Bodies.READER.read(written, Bodies.OFFERING).graph();
        assertSame(again, graph);
        assertSame(Bodies.readJsonLd(written), Bodies.withoutNames(graph));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void any_graph_is_written_whole(long seed) {
        Random random = new Random(seed);
        Graph graph = graph(random);
        byte[] written = Bodies.WRITER.withChildIds().write(graph, Bodies.node(Bodies.OFFERING));
        assertSame(Bodies.readJsonLd(written), graph);
        assertThat(Bodies.tree(written).path("@id").asText()).isEqualTo(Bodies.OFFERING.iri());
    }

    private static void assertSame(Graph actual, Graph expected) {
        assertThat(actual.isIsomorphicWith(expected))
                .as("%s", Bodies.difference(actual, expected))
                .isTrue();
    }

    private static ObjectNode object(JsonScope scope, Random random, int depth) {
        ObjectNode object = JSON.objectNode();
        for (JsonTerm term : scope.terms()) {
            boolean isOfBills = depth == 0 && term.name.equals("currency"); // which nobody sends
            boolean wanted = !isOfBills && !term.name.matches("id|created|modified|revision") && random.nextInt(3) > 0;
            if (wanted && (term.kind != JsonTerm.Kind.NODE || depth < 4)) {
                object.set(term.name, member(term, random, depth));
            }
        }
        return object;
    }

    private static JsonNode member(JsonTerm term, Random random, int depth) {
        if (!term.set && (term.kind == JsonTerm.Kind.NODE || random.nextInt(4) > 0)) {
            return value(term, random, depth);
        }
        ArrayNode array = JSON.arrayNode();
        IntStream.range(0, random.nextInt(term.kind == JsonTerm.Kind.NODE ? (12 >> depth * 2) + 1 : 3) + 1)
                .forEach(i -> array.add(
                        term.kind == JsonTerm.Kind.TEXT
                                ? JSON.textNode(pick(TEXTS, random))
                                : value(term, random, depth)));
        return array;
    }

    private static JsonNode value(JsonTerm term, Random random, int depth) {
        return switch (term.kind) {
            case NODE -> object(term.inner, random, depth + 1);
            case WORD -> JSON.textNode(pick(WORDS, random));
            case IRI -> JSON.textNode("https://a.example/" + random.nextInt(9));
            case TEXT -> random.nextBoolean() ? JSON.textNode(pick(TEXTS, random)) : languages(random);
            case BOOLEAN -> JSON.booleanNode(random.nextBoolean());
            case INTEGER -> JSON.numberNode(random.nextInt());
            case DECIMAL ->
                random.nextBoolean() ? JSON.textNode("0.10") : JSON.numberNode(BigDecimal.valueOf(random.nextInt(), 3));
            case NUMBER -> random.nextBoolean() ? number(random) : JSON.numberNode(random.nextInt(100) - 50);
            case STRING -> JSON.textNode(pick(TEXTS, random));
        };
    }

    /** Not below -1e21: there the library writes an integer out where the specification has a double. */
    private static JsonNode number(Random random) {
        int scale = random.nextInt(41) - 20;
        long digits = random.nextLong() >> 20;
        return JSON.numberNode(BigDecimal.valueOf(scale < 0 ? Math.abs(digits) : digits, scale));
    }

    private static ObjectNode languages(Random random) {
        ObjectNode languages = JSON.objectNode();
        for (int i = 0; i < 3; i++) {
            languages.put(pick(LANGUAGES, random), pick(TEXTS, random));
        }
        return languages;
    }

    /** Known and unknown properties on known, unknown and blank nodes, with all kinds of values in all places. */
    private static Graph graph(Random random) {
        List<Node> nodes =
                new ArrayList<>(List.of(Bodies.node(Bodies.OFFERING), uri("http://schema.org/x"), uri("urn:x:y")));
        for (int i = 0; i < 4; i++) {
            nodes.add(NodeFactory.createBlankNode());
            nodes.add(uri(Bodies.OFFERING.iri() + "#/inputs/" + i));
            nodes.add(uri(Bodies.OFFERING.iri() + "#/price"));
        }
        List<Node> predicates = predicates();
        Graph graph = GraphFactory.createDefaultGraph();
        for (int i = 0; i < 40; i++) {
            Node object = random.nextBoolean() ? nodes.get(random.nextInt(nodes.size())) : literal(random);
            graph.add(Triple.create(
                    nodes.get(random.nextInt(nodes.size())),
                    predicates.get(random.nextInt(predicates.size())),
                    object));
        }
        return graph;
    }

    private static List<Node> predicates() {
        TreeSet<String> iris = new TreeSet<>(List.of(
                "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
                "http://x.example/p",
                "http://qudt.org/vocab/unit/p"));
        collect(Bodies.CONTEXT.scope(), iris);
        return iris.stream().map(JsonPropertiesTest::uri).toList();
    }

    private static void collect(JsonScope scope, TreeSet<String> iris) {
        for (JsonTerm term : scope.terms()) {
            if (iris.add(term.predicate.getURI()) && term.kind == JsonTerm.Kind.NODE) {
                collect(term.inner, iris);
            }
        }
    }

    private static Node literal(Random random) {
        String text = pick(TEXTS, random);
        return switch (random.nextInt(9)) {
            case 0 ->
                NodeFactory.createLiteralLang(text, pick(LANGUAGES, random).replace("@none", "it"));
            case 1 ->
                NodeFactory.createLiteralDT(
                        pick(new String[] {"1", "-7", "007", "+1", "x", "-0"}, random), XSDDatatype.XSDinteger);
            case 2 ->
                NodeFactory.createLiteralDT(pick(new String[] {"1", "0.50", ".5"}, random), XSDDatatype.XSDdecimal);
            case 3 ->
                NodeFactory.createLiteralDT(
                        pick(new String[] {"1", "1.0E0", "5.0E-1", "INF", "NaN", "1.25E1", "-0.0E0", "1.0E21"}, random),
                        XSDDatatype.XSDdouble);
            case 4 ->
                NodeFactory.createLiteralDT(
                        pick(new String[] {"true", "false", "1", "yes"}, random), XSDDatatype.XSDboolean);
            case 5 -> NodeFactory.createLiteralDT(text, XSDDatatype.XSDdateTime);
            case 6 ->
                NodeFactory.createLiteralDT(
                        text, TypeMapper.getInstance().getSafeTypeByName("http://qudt.org/vocab/unit/T"));
            case 7 -> NodeFactory.createLiteralDT("1.5", XSDDatatype.XSDfloat);
            default -> NodeFactory.createLiteralString(text);
        };
    }

    private static String pick(String[] from, Random random) {
        return from[random.nextInt(from.length)];
    }

    private static Node uri(String iri) {
        return NodeFactory.createURI(iri);
    }
}
