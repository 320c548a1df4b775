// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFLanguages;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.SKOS;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Terms as pages and as data, found by IRI and while a name is being typed, and the tree of categories. */
class PublishedTermsTest {
    private static final String PARKING = "/terms/categories/Parking";
    private static final String IRI = "https://w3id.org/mercat/categories#Parking";
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    private static TestServer.Client nobody() {
        return SERVER.as(TestServer.NOBODY);
    }

    @BeforeAll
    static void register() {
        for (String category : List.of("Parking", "ParkingSpace", "Bus")) {
            String id = "acme/parking/" + category.toLowerCase(Locale.ROOT);
            String body = Offerings.small(id).put("category", category).toString();
            SERVER.as(TestServer.PARKING)
                    .json("PUT", Offerings.pathOf(id), body)
                    .mustBe(201);
        }
    }

    private static Graph graph(Answer answer) {
        Graph graph = GraphFactory.createDefaultGraph();
        Lang lang = RDFLanguages.contentTypeToLang(answer.header("Content-Type").split(";")[0]);
        RDFParser.fromString(answer.text(), lang).parse(graph);
        return graph;
    }

    @TestFactory
    Stream<DynamicTest> what_is_accepted_best_is_answered_200() {
        Map<String, String> wishes = Map.of(
                "*/*",
                "text/turtle",
                "text/turtle",
                "text/turtle",
                "application/ld+json",
                "application/ld+json",
                "application/rdf+xml",
                "application/rdf+xml",
                "application/n-triples",
                "application/n-triples",
                "application/json",
                "application/json",
                BROWSER,
                "text/html",
                "text/html;q=0.5,text/turtle",
                "text/turtle",
                "text/html;q=0.5,text/turtle;q=0.4",
                "text/html",
                "text/turtle;q=0,*/*;q=0.1",
                "text/html");
        return wishes.entrySet().stream()
                .map(wish -> dynamicTest(wish.getKey(), () -> {
                    Answer answer = nobody().get(PARKING, wish.getKey()).mustBe(200);
                    assertThat(answer.header("Content-Type")).startsWith(wish.getValue());
                    assertThat(answer.header("Vary")).contains("Accept", "Accept-Language");
                }));
    }

    @TestFactory
    Stream<DynamicTest> an_ending_says_it_too_200() {
        return Stream.of(
                        "ttl text/turtle",
                        "jsonld application/ld+json",
                        "rdf application/rdf+xml",
                        "nt application/n-triples",
                        "json application/json",
                        "html text/html")
                .map(row -> row.split(" "))
                .map(row -> dynamicTest(row[0], () -> {
                    Answer answer = nobody().get(PARKING + "." + row[0]).mustBe(200);
                    assertThat(answer.header("Content-Type")).startsWith(row[1]);
                }));
    }

    @Test
    void an_unknown_type_is_406() {
        nobody().get(PARKING, "image/png").mustBeProblem(406);
    }

    @Test
    void a_reader_who_has_it_is_304() {
        for (String accept : List.of("text/turtle", BROWSER)) {
            Answer answer = nobody().get(PARKING, accept).mustBe(200);
            assertThat(answer.tag()).matches("\"[0-9a-f]+\"");
            nobody().with("If-None-Match", answer.tag()).get(PARKING, accept).mustBe(304);
        }
        String german =
                nobody().with("Accept-Language", "de").get(PARKING, BROWSER).tag();
        assertThat(german).isNotEqualTo(nobody().get(PARKING, BROWSER).tag());
    }

    @Test
    void every_syntax_says_the_same_with_narrower_terms_and_names_200() {
        Graph turtle = graph(nobody().get(PARKING + ".ttl").mustBe(200));
        var parking = NodeFactory.createURI(IRI);
        var space = NodeFactory.createURI("https://w3id.org/mercat/categories#ParkingSpace");
        assertThat(turtle.contains(parking, SKOS.narrower.asNode(), space)).isTrue();
        assertThat(turtle.contains(space, SKOS.prefLabel.asNode(), NodeFactory.createLiteralLang("Stellplatz", "de")))
                .isTrue();
        for (String ending : List.of("jsonld", "rdf", "nt", "trig")) {
            Answer answer = nobody().get(PARKING + "." + ending).mustBe(200);
            if (!ending.equals("trig")) {
                assertThat(graph(answer).isIsomorphicWith(turtle)).as(ending).isTrue();
            }
            assertThat(answer.text()).contains("Stellplatz");
        }
    }

    @Test
    void an_unknown_term_is_404_with_the_nearest() {
        Answer answer = nobody().get("/terms/categories/Parkin").mustBeProblem(404);
        assertThat(answer.detail()).contains("Parking");
        nobody().get("/terms/nothing/Parking").mustBeProblem(404);
        Answer page = nobody().get("/terms/categories/Parkin?lang=de", BROWSER).mustBe(404);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.text()).contains("Hier ist nichts", "Did you mean Parking, &lt;", "/assets/mercat.css");
        for (String path : List.of("/vocabularies/nothing", "/vocabularies/a/b/c/d", "/queries/no/thing")) {
            assertThat(nobody().get(path, BROWSER).mustBe(404).text()).as(path).contains("<!doctype html>");
            nobody().get(path, "text/turtle").mustBeProblem(404);
            nobody().get(path, "*/*").mustBeProblem(404);
        }
    }

    @Test
    void an_iri_leads_to_its_term_303() {
        Map<String, String> places = Map.of(
                IRI,
                PARKING,
                "urn:big-iot:ParkingCategory",
                PARKING,
                "http://qudt.org/vocab/unit/DEG_C",
                "/terms/datatypes-units/DEG_C",
                "http://schema.org/latitude",
                "/terms/datatypes-position/Latitude",
                "https://w3id.org/mercat/datatypes/mobility",
                "/vocabularies/datatypes-mobility");
        places.forEach((iri, path) -> assertThat(
                        nobody().get("/terms?iri=" + URLEncoder.encode(iri, StandardCharsets.UTF_8))
                                .mustBe(303)
                                .header("Location"))
                .as(iri)
                .isEqualTo(path));
        nobody().get("/terms?iri=https%3A%2F%2Fexample.org%2Fnothing").mustBeProblem(404);
    }

    @TestFactory
    Stream<DynamicTest> a_page_is_in_the_readers_language_200() {
        return Stream.of(
                        "en Parking Narrower",
                        "de Parken Enger",
                        "es Aparcamiento Más",
                        "ca Aparcament Més",
                        "it Parcheggio Più")
                .map(row -> row.split(" "))
                .map(row -> dynamicTest(row[0], () -> {
                    Answer accepted = nobody().with("Accept-Language", row[0] + "-XX,fr;q=0.9")
                            .get(PARKING, BROWSER)
                            .mustBe(200);
                    Answer chosen =
                            nobody().get(PARKING + ".html?lang=" + row[0]).mustBe(200);
                    for (Answer page : List.of(accepted, chosen)) {
                        assertThat(page.text())
                                .contains("<html lang=\"" + row[0] + "\"", "<h1>" + row[1] + "</h1>", row[2])
                                .contains(IRI, PARKING + ".ttl");
                        assertThat(page.header("Content-Language")).isEqualTo(row[0]);
                    }
                    assertThat(chosen.text()).contains("href=\"/categories?lang=" + row[0] + "\"");
                }));
    }

    @Test
    void a_page_tells_how_many_offerings_use_the_term_and_leads_to_them_200() {
        String page = nobody().get(PARKING, BROWSER).mustBe(200).text();
        List<String> links = Pattern.compile("href=\"(/offerings\\?[^\"]*)\">([^<]*)<")
                .matcher(page)
                .results()
                .map(link -> link.group(1).replace("&amp;", "&") + " " + link.group(2))
                .toList();
        assertThat(links).hasSize(2);
        List<Integer> totals = new ArrayList<>();
        for (String link : links) {
            String address = link.substring(0, link.indexOf(' '));
            totals.add(nobody().get(address, "application/json")
                    .mustBe(200)
                    .json()
                    .path("total")
                    .asInt());
            assertThat(link).contains(" " + totals.get(totals.size() - 1) + " offering");
        }
        assertThat(totals).containsExactly(1, 2);
        assertThat(page).contains("/offerings/acme/parking/parkingspace");
    }

    @Test
    void pages_load_nothing_from_elsewhere_and_have_no_script_or_style_in_them_200() {
        for (String path : List.of(
                PARKING,
                "/terms?q=park",
                "/terms",
                "/vocabularies",
                "/vocabularies/core",
                "/vocabularies/datatypes",
                "/vocabularies/alignments",
                "/vocabularies/functions/1.0.0",
                "/vocabularies/functions/1.0.0/changes",
                "/categories")) {
            Answer page = nobody().get(path, BROWSER).mustBe(200);
            assertThat(page.header("Content-Security-Policy"))
                    .as(path)
                    .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
                    .doesNotContain("unsafe", "*", "http");
            assertThat(page.text())
                    .as(path)
                    .doesNotContainPattern("<style|\\sstyle=|\\son\\w+=|<script(?! src=\"/)|<script[^>]*>[^<]")
                    .doesNotContainPattern("<(script|link|img|iframe)[^>]*(src|href)=\"(https?:)?//")
                    .doesNotContainPattern(
                            ">(kind|term|use|property|alike|event|vocabulary|categories|terms|changes)\\.\\w");
            for (String link : Pattern.compile("(?:href|src)=\"(/(?:assets|webjars)/[^\"]*)\"")
                    .matcher(page.text())
                    .results()
                    .map(match -> match.group(1))
                    .toList()) {
                nobody().get(link).mustBe(200);
            }
        }
    }

    @Test
    void everything_that_pages_link_to_is_there_200() {
        for (String path : List.of(
                PARKING,
                "/terms/datatypes-units/DEG_C",
                "/terms/licences/CC-BY-4.0",
                "/terms/core/Offering",
                "/vocabularies")) {
            List<String> links = Pattern.compile("href=\"(/[^\"#]*)")
                    .matcher(nobody().get(path, BROWSER).mustBe(200).text())
                    .results()
                    .map(match -> match.group(1).replace("&amp;", "&"))
                    .distinct()
                    .toList();
            assertThat(links).hasSizeGreaterThan(10);
            links.forEach(link -> nobody().get(link, BROWSER).mustBe(200));
        }
    }

    @TestFactory
    Stream<DynamicTest> each_keystroke_finds_what_is_meant_200() {
        return Stream.of("p", "pa", "par", "park", "parki", "parkin", "parking")
                .map(typed -> dynamicTest(typed, () -> {
                    JsonNode found = nobody().get("/terms?kind=category&limit=50&q=" + typed)
                            .mustBe(200)
                            .json()
                            .path("terms");
                    assertThat(found.findValuesAsText("name")).contains("Parking");
                    assertThat(found.findValuesAsText("kind")).isSubsetOf("category", "segment");
                    assertThat(typed.length() < 4
                                    || found.path(0).path("name").asText().equals("Parking"))
                            .as("%s", found)
                            .isTrue();
                }));
    }

    @Test
    void a_term_is_found_by_names_in_other_languages_without_accents_and_by_nearly_the_same_200() {
        assertThat(first("/terms?q=stadt&lang=de&kind=segment")).isEqualTo("Cities");
        assertThat(first("/terms?q=citta&lang=it&kind=segment")).isEqualTo("Cities");
        assertThat(first("/terms?q=temprature&kind=semanticType")).isEqualTo("Temperature");
        assertThat(first("/terms?q=ParkingSpace")).isEqualTo("ParkingSpace");
        assertThat(nobody().get("/terms?q=citta&lang=it&kind=segment")
                        .json()
                        .at("/terms/0/label")
                        .asText())
                .isEqualTo("Città");
    }

    private static String first(String path) {
        return nobody().get(path).mustBe(200).json().at("/terms/0/name").asText();
    }

    @Test
    void the_form_works_without_scripts_and_scripts_get_only_what_was_found_200() {
        String page =
                nobody().get("/terms?q=park&kind=category", BROWSER).mustBe(200).text();
        assertThat(page)
                .contains("<form action=\"/terms\" method=\"get\"", "value=\"park\"", PARKING, "<!doctype html>");
        String part = nobody().with("HX-Request", "true")
                .get("/terms?q=park&kind=category", "*/*")
                .mustBe(200)
                .text();
        assertThat(part).contains(PARKING).doesNotContain("<html", "<form");
    }

    @Test
    void a_search_for_terms_that_is_wrong_is_400() {
        for (String query : List.of("", "?q=", "?q=a&kind=thing", "?q=a&limit=0", "?q=a&limit=51", "?q=a&limit=x")) {
            nobody().get("/terms" + query).mustBeProblem(400);
        }
        nobody().get("/terms?q=" + "a".repeat(3_000)).mustBe(200);
        nobody().get("/terms?q=%3Cscript%3E", BROWSER).mustBe(200);
    }

    @Test
    void categories_are_a_tree_with_the_offerings_in_each_200() {
        JsonNode tree = nobody().get("/categories?lang=ca").mustBe(200).json();
        JsonNode mobility = named(tree.path("categories"), "Mobility");
        JsonNode parking = named(mobility.path("narrower"), "Parking");
        assertThat(parking.path("label").asText()).isEqualTo("Aparcament");
        assertThat(parking.path("offerings").asInt()).isEqualTo(2);
        assertThat(parking.path("direct").asInt()).isEqualTo(1);
        assertThat(mobility.path("offerings").asInt()).isEqualTo(3);
        Graph rdf = graph(nobody().get("/categories", "text/turtle").mustBe(200));
        assertThat(rdf.contains(
                        NodeFactory.createURI("https://w3id.org/mercat/categories#Mobility"),
                        SKOS.narrower.asNode(),
                        NodeFactory.createURI(IRI)))
                .isTrue();
        assertThat(nobody().get("/categories", BROWSER).mustBe(200).text())
                .contains("<details>", "<summary aria-label=\"Narrower than Mobility\">", PARKING, "2 offerings");
    }

    private static JsonNode named(JsonNode nodes, String name) {
        for (JsonNode node : nodes) {
            if (node.path("name").asText().equals(name)) {
                return node;
            }
        }
        throw new AssertionError(name + " is not in " + nodes);
    }
}
