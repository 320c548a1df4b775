// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of the home that change while the catalogue runs: taken whole, or not at all. */
class ReloadTest {
    private static final String CATEGORIES = "vocabularies/categories.ttl";
    private static final String IS_CATEGORY =
            "skos:inScheme <https://w3id.org/mercat/categories> ; skos:definition \"%s\"@en"
                    + " ; rdfs:isDefinedBy <https://w3id.org/mercat/categories>";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @TempDir
    static Path home;

    @BeforeAll
    static void start() throws IOException {
        SERVER.restart(HomeFolder.in(home));
        offer("noise", "Noise");
        offer("park", "Parking");
        offer("wind", "Wind");
    }

    private static Answer offer(String name, String category) {
        String id = "acme/weather/" + name;
        return SERVER.as(TestServer.WEATHER)
                .json(
                        "PUT",
                        Offerings.pathOf(id),
                        Offerings.changed(id, offering -> offering.put("category", category)));
    }

    private static Answer reload() {
        return SERVER.as(TestServer.OPERATOR).send("POST", "/reload", "application/json", "");
    }

    /** Of the last files that differed: the watch may have found them before. */
    private static JsonNode taken() {
        reload().mustBe(200);
        return SERVER.as(TestServer.OPERATOR).get("/reload").mustBe(200).json();
    }

    private static void append(String file, String text) throws IOException {
        Files.writeString(home.resolve(file), Files.readString(home.resolve(file)) + text);
    }

    private static void replace(String file, String old, String text) throws IOException {
        String before = Files.readString(home.resolve(file));
        assertThat(before).contains(old);
        Files.writeString(home.resolve(file), before.replace(old, text));
    }

    private static List<String> found(String query) {
        return StreamSupport.stream(
                        SERVER.as(TestServer.NOBODY)
                                .get("/offerings?" + query)
                                .mustBe(200)
                                .json()
                                .path("offerings")
                                .spliterator(),
                        false)
                .map(offering -> offering.path("id").asText())
                .sorted()
                .toList();
    }

    private static boolean ask(String query) {
        return SERVER.as(TestServer.NOBODY)
                .with("Accept", "application/sparql-results+json")
                .get("/sparql?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                .mustBe(200)
                .json()
                .path("boolean")
                .asBoolean();
    }

    @Test
    void a_new_category_a_new_label_and_a_moved_category_count_at_once() throws IOException {
        append(
                CATEGORIES,
                "\ncat:Racket a skos:Concept ; skos:broader cat:Noise ; skos:prefLabel \"Racket\"@en, \"Radau\"@de,"
                        + " \"Jaleo\"@es, \"Xivarri\"@ca, \"Fracasso\"@it ; "
                        + IS_CATEGORY.formatted("Noise that annoys.")
                        + " .\ncat:Noise skos:altLabel \"hullabaloo\"@en .\n");
        replace(
                CATEGORIES,
                "cat:Wind a skos:Concept ;",
                "cat:Wind a skos:Concept ; owl:deprecated true ;" + " dcterms:isReplacedBy cat:WeatherObservation ;");
        replace(
                CATEGORIES,
                "cat:Parking a skos:Concept ;\n  skos:inScheme <https://w3id.org/mercat/categories> ;\n"
                        + "  skos:broader cat:Mobility ;",
                "cat:Parking a skos:Concept ;\n"
                        + "  skos:inScheme <https://w3id.org/mercat/categories> ;\n  skos:broader cat:Buildings ;");
        assertThat(found("category=Mobility")).contains("acme/weather/park");
        JsonNode taken = taken();
        assertThat(taken.path("outcome").asText()).isEqualTo("taken");
        assertThat(taken.path("files").get(0).asText()).isEqualTo(CATEGORIES);
        assertThat(taken.path("filedAnew").asInt()).isEqualTo(3);
        assertThat(taken.path("vocabularies").get(0).path("needed").asText()).isEqualToIgnoringCase("major");
        assertThat(found("text=hullabaloo")).containsExactly("acme/weather/noise");
        assertThat(found("category=Mobility")).doesNotContain("acme/weather/park");
        assertThat(found("category=Buildings")).contains("acme/weather/park");
        assertThat(found("category=WeatherObservation")).contains("acme/weather/wind");
        assertThat(offer("wind", "Wind").mustBe(200).header("Mercat-Warning")).contains("deprecated");
        offer("racket", "Racket").mustBe(201);
        assertThat(found("category=Noise")).contains("acme/weather/noise", "acme/weather/racket");
        assertThat(ask("ASK { <https://w3id.org/mercat/categories#Racket> ?p ?o }"))
                .isTrue();
    }

    @Test
    void a_vocabulary_comes_and_goes() throws IOException {
        Files.writeString(home.resolve("vocabularies/tides.ttl"), """
                PREFIX cat: <https://w3id.org/mercat/categories#>
                PREFIX dcterms: <http://purl.org/dc/terms/>
                PREFIX mc: <https://w3id.org/mercat/core#>
                PREFIX owl: <http://www.w3.org/2002/07/owl#>
                PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
                PREFIX tide: <https://tides.example/terms#>
                PREFIX vann: <http://purl.org/vocab/vann/>

                <https://tides.example/terms> a owl:Ontology ;
                  dcterms:title "Tides"@en ;
                  dcterms:description "What is measured of tides."@en ;
                  dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
                  vann:preferredNamespacePrefix "tide" ;
                  vann:preferredNamespaceUri "https://tides.example/terms#" ;
                  owl:versionInfo "1.0.0" .

                tide:Level a mc:SemanticType, owl:Class ;
                  rdfs:label "Tide level"@en, "Gezeitenstand"@de, "Nivel de marea"@es, "Nivell de marea"@ca, "Livello di marea"@it ;
                  rdfs:comment "How high the tide is."@en ;
                  rdfs:isDefinedBy <https://tides.example/terms> .
                """);
        taken();
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get("/vocabularies/tides", "text/turtle")
                        .mustBe(200)
                        .text())
                .contains("Tide level");
        assertThat(ask("ASK { <https://tides.example/terms#Level> ?p ?o }")).isTrue();
        Path file = home.resolve("vocabularies/tides.ttl");
        String hidden = "/offerings/acme/weather/tides";
        TestServer.Client weather = SERVER.as(TestServer.WEATHER);
        weather.json("PUT", hidden, Offerings.changed("acme/weather/tides", offering -> {
                    ((ObjectNode) offering.at("/outputs/0")).put("semanticType", "https://tides.example/terms#Level");
                    offering.put("restricted", true);
                }))
                .mustBe(201);
        replace(
                "vocabularies/tides.ttl",
                "PREFIX vann:",
                "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nPREFIX vann:");
        append("vocabularies/tides.ttl", "tide:Level skos:altLabel \"nipflut\"@en .\n");
        taken();
        assertThat(weather.get("/offerings?text=nipflut")
                        .mustBe(200)
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(1);
        Files.move(file, home.resolve("tides.ttl"));
        assertThat(reload().mustBe(422).text()).contains("tides.ttl is gone, and offerings use its terms");
        weather.delete(hidden).mustBe(204);
        Files.delete(home.resolve("tides.ttl"));
        taken();
        SERVER.as(TestServer.NOBODY).get("/vocabularies/tides").mustBe(404);
        assertThat(ask("ASK { <https://tides.example/terms#Level> ?p ?o }")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            vocabularies/categories.ttl | cat:Noise skos:altLabel "racket | vocabularies/categories.ttl, line
            vocabularies/categories.ttl | cat:Mobility skos:broader cat:ParkingSpace . | categories.ttl: cat:
            vocabularies/categories.ttl | cat:Noise skos:broader cat:Nois . | cat:Nois
            shapes/offering.ttl | mc: a sh:NodeShape ; [ | shapes/offering.ttl, line
            shapes/offering.ttl | [] a sh:NodeShape ; sh:targetClass mc:Offering ; sh:property [ sh:path mc:kind ; sh:maxCount "x" ] . | shapes/offering.ttl has a shape
            vocabularies/context.jsonld | { | vocabularies/context.jsonld
            queries/search/members.rq | SELECT | search/members
            """)
    void what_is_wrong_is_told_and_changes_nothing(String file, String text, String said) throws IOException {
        String before = Files.readString(home.resolve(file));
        append(file, "\n" + text + "\n");
        Path good = home.resolve("vocabularies/good.ttl");
        Files.writeString(good, "<https://good.example/> a <http://www.w3.org/2002/07/owl#Ontology> .");
        Answer refused = reload();
        assertThat(refused.status()).as("%s", refused).isEqualTo(422);
        assertThat(refused.json().path("detail").asText()).contains("stay in force");
        assertThat(refused.text()).contains(said);
        SERVER.as(TestServer.NOBODY).get("/vocabularies/good").mustBe(404);
        assertThat(offer("park", "Parking").status()).isEqualTo(200);
        JsonNode last = SERVER.as(TestServer.OPERATOR).get("/reload").json();
        assertThat(last.path("outcome").asText()).isEqualTo("refused");
        Files.writeString(home.resolve(file), before);
        Files.delete(good);
        assertThat(reload().mustBe(200).json().path("outcome").asText()).isEqualTo("unchanged");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            vocabularies/categories.ttl | vocabularies/categories.ttl is gone
            shapes/offering.ttl         | shapes/offering.ttl is gone or empty
            """)
    void what_is_needed_cannot_be_taken_away(String file, String said) throws IOException {
        String before = Files.readString(home.resolve(file));
        Files.delete(home.resolve(file));
        Answer refused = reload().mustBe(422);
        assertThat(refused.text()).contains(said);
        assertThat(found("category=Noise")).contains("acme/weather/noise");
        Files.writeString(home.resolve(file), before);
        assertThat(reload().mustBe(200).json().path("outcome").asText()).isEqualTo("unchanged");
    }

    @Test
    void what_is_not_utf_8_is_refused() throws IOException {
        Path odd = home.resolve("vocabularies/odd.ttl");
        Files.write(odd, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(reload().mustBe(422).json().path("detail").asText()).contains("vocabularies/odd.ttl is not UTF-8");
        Files.delete(odd);
    }

    @Test
    void a_search_that_waits_goes_by_the_new_hierarchy() throws IOException {
        SERVER.as(TestServer.APP)
                .json(
                        "PUT",
                        "/demands/acme/app/buildings",
                        "{\"consumer\": \"acme/app\", \"title\": {\"en\": \"Buildings\"},"
                                + " \"search\": {\"category\": [\"Buildings\"], \"degree\": \"plugin\"}}")
                .mustBe(201);
        try (Listener listener = SERVER.listen(TestServer.APP, "/demands/acme/app/buildings/events", null)) {
            append(CATEGORIES, "\ncat:Noise skos:broader cat:Buildings .\n");
            taken();
            offer("late", "Noise").mustBe(201);
            assertThat(listener.next().data().toString()).contains("acme/weather/late");
        }
    }

    @Test
    void a_file_that_is_edited_is_read_without_being_asked_for() throws IOException {
        String context = Files.readString(home.resolve("vocabularies/context.jsonld"));
        Files.writeString(home.resolve("vocabularies/context.jsonld"), "{");
        reload().mustBe(422);
        Files.writeString(home.resolve("vocabularies/context.jsonld"), context);
        append(CATEGORIES, "\ncat:Noise skos:altLabel \"brouhaha\"@en .\n");
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (found("text=brouhaha").isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(found("text=brouhaha")).contains("acme/weather/noise");
        SERVER.restart(home);
        assertThat(found("text=brouhaha")).contains("acme/weather/noise");
    }
}
