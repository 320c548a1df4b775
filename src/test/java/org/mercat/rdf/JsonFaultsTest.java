// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFaultsTest {
    private static List<Fault> faults(byte[] json) {
        Unreadable thrown = catchThrowableOfType(Unreadable.class, () -> Bodies.READER.read(json, Bodies.OFFERING));
        assertThat(thrown).as("refused").isNotNull();
        return thrown.faults();
    }

    private static Fault fault(String json) {
        List<Fault> faults = faults(Bodies.bytes(json));
        assertThat(faults).hasSize(1);
        return faults.get(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"licens": "MIT"}                       | /licens                | did you mean "licence"
            {"license": "MIT"}                      | /license               | did you mean "licence"
            {"categories": []}                      | /categories            | did you mean "category"
            {"type": "Offering"}                    | /type                  | did you mean "@type"
            {"zzz": 1}                              | /zzz                   | here are "id", "title"
            {"currency": "EUR"}                     | /currency              | inside "price"
            {"inputs": [{"semantictype": "Text"}]}  | /inputs/0/semantictype | did you mean "semanticType"
            {"outputs": [{}, {"members": [{"nam": "x"}]}]} | /outputs/1/members/0/nam | did you mean "name"
            {"price": {"licence": "MIT"}}           | /price/licence         | There is no member
            {"schema:foo": 1}                       | /schema:foo            | application/ld+json
            {"a/b~c": 1}                            | /a~1b~0c               | There is no member
            {"title": null}                         | /title                 | leave the member out
            {"place": {"name": null}}               | /place/name            | leave the member out
            {"category": ["Parking", null]}         | /category/1            | leave the member out
            {"title": 5}                            | /title                 | Write a text, or texts by language
            {"title": {"en": 5}}                    | /title/en              | Write a text
            {"title": {"en": ["x", 5]}}             | /title/en/1            | Write a text
            {"title": {"not a tag": "x"}}           | /title/not a tag       | not a language tag
            {"title": {"": "x"}}                    | /title/                | not a language tag
            {"category": 7}                         | /category              | Write a word, or an IRI
            {"category": {"@id": "cat:Parking"}}    | /category              | Write a word, or an IRI
            {"category": [["Parking"]]}             | /category/0            | Write a word, or an IRI
            {"category": "Parking Space"}           | /category              | without spaces
            {"category": "../Parking"}              | /category              | is not a name
            {"category": "a/../b"}                  | /category              | is not a name
            {"category": ""}                        | /category              | is not a name
            {"category": "@id"}                     | /category              | is not a name
            {"endpoint": {"url": "foo:Parking"}}    | /endpoint/url          | known prefix
            {"category": "http://a b"}              | /category              | U+0020 at position 9
            {"category": "schema:<script>"}         | /category              | U+003C
            {"category": "https://a/%zz"}           | /category              | hexadecimal
            {"category": "http:///x"}               | /category              | not a full IRI
            {"category": "javascript:alert(1)"}     | /category              | known prefix
            {"endpoint": {"url": "api/x"}}          | /endpoint/url          | not a full IRI
            {"endpoint": {"url": "https://a/{id}"}} | /endpoint/url          | U+007B
            {"endpoint": {"url": 5}}                | /endpoint/url          | Write an IRI
            {"endpoint": "https://a/"}              | /endpoint              | Write an object: { ... } with "url"
            {"inputs": {"name": "x"}}               | /inputs                | Write a list
            {"price": [{}]}                         | /price                 | Write one object, not a list
            {"inputs": ["x"]}                       | /inputs/0              | Write an object
            {"inputs": [{"name": 5}]}               | /inputs/0/name         | Write a text.
            {"inputs": [{"required": "true"}]}      | /inputs/0/required     | Write true or false
            {"inputs": [{"minimum": "5"}]}          | /inputs/0/minimum      | Write a number
            {"inputs": [{"minimum": 1e999999999}]}  | /inputs/0/minimum      | too large
            {"price": {"price": 1e-999999999}}      | /price/price           | too large
            {"price": {"price": true}}              | /price/price           | Write a text (decimal)
            {"price": {"freeQuota": 0.5}}           | /price/freeQuota       | Write a whole number
            {"temporal": {"startDate": 2017}}       | /temporal/startDate    | Write a text (dateTime)
            {"@context": "https://other.example/"}  | /@context              | application/ld+json
            {"@context": {"x": "http://x/"}}        | /@context              | application/ld+json
            {"@id": "https://other.example/"}       | /@id                   | write "https://market.example/offerings/acme/parking/free-spaces"
            {"id": "acme/other/x"}                  | /id                    | write "acme/parking/free-spaces"
            {"@type": "Provider"}                   | /@type                 | of type "Offering"
            {"@type": 5}                            | /@type                 | Write the name of a class
            {"inputs": [{"@id": "https://x/"}]}     | /inputs/0/@id          | #/inputs/0"
            {"title": "x\\u0000"}                   | /title                 | U+0000
            {"title": "x\\ud800"}                   | /title                 | U+D800 at position 2
            {"title": "\\udc00x"}                   | /title                 | U+DC00 at position 1
            {"category": "https://a/\\ud800"}       | /category              | U+D800
            {"category": "https://a/\\u202e"}       | /category              | U+202E
            """)
    void a_fault_is_told_with_its_pointer(String json, String pointer, String message) {
        Fault fault = json.contains("@type\": 5") ? faults(Bodies.bytes(json)).get(0) : fault(json);
        assertThat(fault.pointer()).isEqualTo(pointer);
        assertThat(fault.message()).contains(message);
        assertThat(fault.line()).isEqualTo(1);
        assertThat(fault.column()).isPositive();
    }

    @Test
    void all_faults_are_told_at_once_with_line_and_column() {
        List<Fault> faults = faults(Bodies.bytes("""
                {
                  "licens": "MIT",
                  "title": 5,
                  "inputs": [
                    {"name": "x", "unit": "a b"},
                    {"nme": 1}
                  ]
                }"""));
        assertThat(faults)
                .extracting(Fault::pointer)
                .containsExactly("/licens", "/title", "/inputs/0/unit", "/inputs/1/nme");
        assertThat(faults).extracting(Fault::line).containsExactly(2, 3, 5, 6);
        assertThat(faults).extracting(Fault::column).containsExactly(3, 3, 19, 6);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"title": "x",}               | 1 | 15 | This is not JSON
            {"title": 'x'}                | 1 | 11 | This is not JSON
            {"title": 01}                 | 1 | 12 | This is not JSON
            {"title": NaN}                | 1 | 14 | This is not JSON
            {"title": "x"                 | 1 | 14 | This is not JSON
            {"title": "x"} {}             | 1 | 16 | This is not JSON
            {"title": "a", "title": "b"}  | 1 | 23 | there twice
            []                            | 1 | 1  | one JSON object
            "x"                           | 1 | 1  | one JSON object
            null                          | 1 | 1  | one JSON object
            ``                            | 1 | 1  | empty
            """)
    void a_syntax_error_has_line_and_column(String json, int line, int column, String message) {
        Fault fault = fault(json);
        assertThat(fault.message()).contains(message);
        assertThat(List.of(fault.line(), fault.column())).isEqualTo(List.of(line, column));
    }

    @Test
    void a_duplicate_deep_inside_has_its_pointer() {
        assertThat(fault("{\"inputs\": [{}, {\"name\": \"a\", \"name\": \"b\"}]}")
                        .pointer())
                .isEqualTo("/inputs/1/name");
    }

    @ParameterizedTest
    @ValueSource(ints = {51, 10_000, 1_000_000})
    void deep_nesting_is_refused(int depth) {
        Fault fault = fault("{\"title\": " + "[".repeat(depth));
        assertThat(fault.message()).contains("50 levels deep");
    }

    @Test
    void deep_members_are_refused() {
        Fault fault = fault("{\"inputs\": [" + "{\"members\": [".repeat(30) + "]}".repeat(30) + "]}");
        assertThat(fault.message()).contains("50 levels deep");
    }

    @Test
    void huge_numbers_strings_and_names_are_refused() {
        assertThat(fault("{\"inputs\": [{\"minimum\": " + "9".repeat(101) + "}]}")
                        .message())
                .contains("100 digits");
        assertThat(fault("{\"title\": \"" + "x".repeat(1_000_001) + "\"}").message())
                .contains("string");
        assertThat(fault("{\"" + "x".repeat(100_000) + "\": 1}").message()).contains("member name");
    }

    @Test
    void more_triples_than_a_resource_has_are_refused() {
        String input = "{\"name\": \"x\"}";
        assertThat(fault("{\"inputs\": [" + (input + ",").repeat(2_500) + input + "]}")
                        .message())
                .contains("triples at most");
    }

    @Test
    void a_flood_of_faults_ends_at_a_hundred() {
        StringBuilder json = new StringBuilder("{\"x\": 0");
        for (int i = 0; i < 100_000; i++) {
            json.append(", \"x").append(i).append("\": 0");
        }
        assertThat(faults(Bodies.bytes(json.append('}').toString()))).hasSize(100);
    }

    @Test
    void another_charset_is_refused() {
        assertThat(faults("{\"title\": \"Parkplätze\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .singleElement()
                .satisfies(fault -> assertThat(fault.message()).containsIgnoringCase("UTF-8"));
    }

    @Test
    void every_truncation_is_refused_as_not_json() {
        byte[] whole = Bodies.bytes(
                Bodies.file("src/test/resources/json/offering.json").strip());
        for (int length = 0; length < whole.length; length++) {
            assertThat(faults(java.util.Arrays.copyOf(whole, length))).hasSize(1);
        }
    }

    @Test
    void a_fault_that_is_found_later_is_pointed_at_too() {
        ReadResult result = Bodies.READER.read(
                Bodies.bytes(
                        "{\n\"category\": [\"Parking\", \"Parkin\"],\n\"title\": {\"en\": \"x\"},\n\"inputs\": [{},\n{\"unit\": \"DEG\"}]}"),
                Bodies.OFFERING);
        Node offering = Bodies.node(Bodies.OFFERING);
        Node input = NodeFactory.createURI(Bodies.OFFERING.iri() + "#/inputs/1");
        Node category = uri("http://www.w3.org/ns/dcat#theme");
        assertThat(place(result, offering, category, uri("https://w3id.org/mercat/categories#Parkin")))
                .isEqualTo("/category/1 2");
        assertThat(place(result, offering, category, null)).isEqualTo("/category 2");
        Node title = uri("http://purl.org/dc/terms/title");
        assertThat(place(result, offering, title, NodeFactory.createLiteralLang("x", "en")))
                .isEqualTo("/title/en 3");
        assertThat(place(result, input, uri("https://w3id.org/mercat/core#unit"), null))
                .isEqualTo("/inputs/1/unit 5");
        assertThat(place(result, input, uri("https://w3id.org/mercat/core#name"), null))
                .isEqualTo("/inputs/1 5");
        assertThat(place(result, offering, uri("https://w3id.org/mercat/core#input"), input))
                .isEqualTo("/inputs/1 5");
        assertThat(place(result, offering, uri("http://purl.org/dc/terms/license"), null))
                .isEqualTo(" 1");
    }

    private static String place(ReadResult result, Node focus, Node path, Node value) {
        Fault fault = result.fault(focus, path, value, "wrong");
        return fault.pointer() + " " + fault.line();
    }

    private static Node uri(String iri) {
        return NodeFactory.createURI(iri);
    }
}
