// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.rdf.Vocabularies;

/**
 * Vocabularies as pages and as data, as they are and as they were: the server has run with those of the checkout, and
 * runs with a second version of the categories, in which one is renamed, one deprecated, one new, and some names are
 * hostile.
 */
class PublishedVersionsTest {
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String HOSTILE = "</p><script>alert('x')</script>\\\" onload=\\\"alert(1)";

    @RegisterExtension
    static final TestServer SERVER = new TestServer();

    @BeforeAll
    static void publishAnotherVersion(@TempDir Path home) throws IOException {
        Path kept = SERVER.folder().resolve("vocabularies/categories/1.0.0.ttl");
        long end = System.nanoTime() + 20_000_000_000L;
        while (!Files.exists(kept)) {
            assertThat(System.nanoTime()).as(kept + " is not there").isLessThan(end);
            Thread.onSpinWait();
        }
        Path categories = HomeFolder.in(home).resolve("vocabularies/categories.ttl");
        String text = Files.readString(categories)
                        .replace("owl:versionInfo \"1.0.0\"", "owl:versionInfo \"1.1.0\"")
                        .replace("/categories/1.0.0>", "/categories/1.1.0>")
                        .replace("\"Truck parking\"@en", "\"Juggernaut parking\"@en")
                + """

                cat:Kerb a skos:Concept ;
                  skos:inScheme <https://w3id.org/mercat/categories> ;
                  skos:broader cat:Parking ;
                  skos:prefLabel "Kerb %s"@en ;
                  skos:definition "A place %s"@en ;
                  skos:closeMatch <javascript:alert(1)> ;
                  rdfs:isDefinedBy <https://w3id.org/mercat/categories> .
                <https://example.org/other#Parking> a skos:Concept ;
                  skos:prefLabel "Another parking"@en ;
                  rdfs:isDefinedBy <https://w3id.org/mercat/categories> .
                cat:LoadingBay owl:deprecated true ; <http://purl.org/dc/terms/isReplacedBy> cat:Kerb .
                """.formatted(HOSTILE, HOSTILE);
        assertThat(text).contains("Juggernaut parking");
        Files.writeString(categories, text);
        SERVER.restart(home);
    }

    private static TestServer.Client nobody() {
        return SERVER.as(TestServer.NOBODY);
    }

    private static List<String> versions(String vocabulary) {
        List<String> versions = new ArrayList<>();
        for (JsonNode entry : nobody().get("/vocabularies").mustBe(200).json().path("vocabularies")) {
            if (entry.path("name").asText().equals(vocabulary)) {
                entry.path("versions").forEach(version -> versions.add(version.asText()));
            }
        }
        return versions;
    }

    @Test
    void versions_stand_side_by_side_200() {
        assertThat(versions("categories")).containsExactly("1.1.0", "1.0.0");
        assertThat(versions("core")).containsExactly("1.0.0");
        assertThat(nobody().get("/vocabularies/categories/1.0.0").mustBe(200).text())
                .contains("Truck parking")
                .doesNotContain("Juggernaut parking", "cat:Kerb");
        assertThat(nobody().get("/vocabularies/categories/1.1.0.nt").mustBe(200).text())
                .contains("Juggernaut parking", "categories#Kerb")
                .doesNotContain("Truck parking");
        Answer old = nobody().get("/vocabularies/categories/1.0.0", BROWSER).mustBe(200);
        assertThat(old.text())
                .contains("Truck parking", "This is an earlier version", "/vocabularies/categories/1.0.0/changes")
                .doesNotContain("Juggernaut parking");
        assertThat(nobody().get("/vocabularies/categories", BROWSER).mustBe(200).text())
                .contains("href=\"/vocabularies/categories/1.0.0\"", "id=\"Kerb\"", "id=\"TruckParking\"")
                .doesNotContain("This is an earlier version");
    }

    @Test
    void a_version_that_was_not_is_404_with_those_that_were() {
        for (String version : List.of("2.0.0", "..", "%2E%2E%2F1.0.0", "1.0.0.xyz")) {
            Answer answer = nobody().get("/vocabularies/categories/" + version);
            assertThat(answer.status()).as("%s", answer).isIn(400, 404);
        }
        assertThat(nobody().get("/vocabularies/categories/2.0.0")
                        .mustBeProblem(404)
                        .detail())
                .contains("1.1.0, 1.0.0");
        nobody().get("/vocabularies/nothing/1.0.0").mustBeProblem(404);
    }

    @Test
    void queries_find_the_terms_as_they_are_now_alone_200() {
        String query =
                "/sparql?query=SELECT%20%3Flabel%20%7B%20%3Chttps%3A%2F%2Fw3id.org%2Fmercat%2Fcategories%23TruckParking"
                        + "%3E%20%3Chttp%3A%2F%2Fwww.w3.org%2F2004%2F02%2Fskos%2Fcore%23prefLabel%3E%20%3Flabel%20%7D";
        assertThat(nobody().get(query, "text/csv").mustBe(200).text())
                .contains("Juggernaut parking")
                .doesNotContain("Truck parking");
    }

    @Test
    void what_changed_since_a_version_is_told_200() {
        JsonNode changes = nobody().get("/vocabularies/categories/1.0.0/changes")
                .mustBe(200)
                .json();
        assertThat(changes.path("level").asText()).isEqualTo("minor");
        assertThat(changes.path("changes").findValuesAsText("kind")).contains("added", "relabelled", "deprecated");
        String page = nobody().get("/vocabularies/categories/1.0.0/changes?lang=de", BROWSER)
                .mustBe(200)
                .text();
        assertThat(page).contains("cat:Kerb", "hinzugefügt", "veraltet", "Juggernaut parking");
        assertThat(nobody().get("/vocabularies/categories/1.0.0/changes?until=1.0.0")
                        .mustBe(200)
                        .json()
                        .path("changes"))
                .isEmpty();
        nobody().get("/vocabularies/categories/1.0.0/changes?until=3").mustBeProblem(404);
    }

    @Test
    void a_terms_page_tells_its_history_200() {
        assertThat(history("TruckParking")).containsExactly("1.0.0 first", "1.1.0 relabelled");
        assertThat(history("LoadingBay")).startsWith("1.0.0 first").contains("1.1.0 deprecated");
        assertThat(history("Kerb")).containsExactly("1.1.0 added");
        assertThat(nobody().get("/terms/categories/TruckParking", BROWSER)
                        .mustBe(200)
                        .text())
                .contains("Version 1.1.0: relabelled", "Truck parking");
    }

    private static List<String> history(String term) {
        List<String> events = new ArrayList<>();
        nobody().get("/terms/categories/" + term + ".json")
                .mustBe(200)
                .json()
                .path("history")
                .forEach(event -> events.add(event.path("version").asText() + " "
                        + event.path("what").asText()));
        return events;
    }

    @Test
    void a_deprecated_term_names_its_replacement_200() {
        assertThat(nobody().get("/terms/categories/LoadingBay", BROWSER)
                        .mustBe(200)
                        .text())
                .contains("Deprecated. Use instead:", "/terms/categories/Kerb");
        JsonNode found = nobody().get("/terms?q=loading+bay").mustBe(200).json().at("/terms/0");
        assertThat(found.path("deprecated").asBoolean()).isTrue();
        assertThat(found.at("/replacedBy/0").asText()).isEqualTo("https://w3id.org/mercat/categories#Kerb");
        assertThat(nobody().get("/terms?q=loading+bay", BROWSER).mustBe(200).text())
                .contains("Deprecated. Use instead:");
    }

    @Test
    void a_term_with_the_name_of_another_one_is_found_by_its_iri_200() {
        String other = "/terms?iri=https%3A%2F%2Fexample.org%2Fother%23Parking";
        assertThat(nobody().get(other).mustBe(200).text()).contains("Another parking");
        assertThat(nobody().get(other, BROWSER).mustBe(200).text())
                .contains("<h1>Another parking</h1>")
                .doesNotContain("Parking.ttl");
        assertThat(nobody().get("/terms/categories/Parking").mustBe(200).text())
                .contains("cat:Parking")
                .doesNotContain("Another parking");
    }

    @Test
    void hostile_names_are_shown_as_they_are_written_200() {
        for (String path : List.of(
                "/terms/categories/Kerb",
                "/terms/categories/LoadingBay",
                "/terms?q=kerb",
                "/terms?q=%22+onload%3D%22alert%281%29%3Cscript%3E",
                "/vocabularies/categories",
                "/vocabularies/categories/1.0.0/changes",
                "/categories")) {
            assertThat(nobody().get(path, BROWSER).mustBe(200).text())
                    .as(path)
                    .contains("&lt;script")
                    .doesNotContain("<script>", "href=\"javascript:")
                    .doesNotContainPattern("<[a-z][^<>]*\\sonload=\"");
        }
    }

    @Test
    void dumps_have_all_vocabularies_200() {
        for (String ending : List.of("trig", "nq")) {
            Answer answer = nobody().get("/vocabularies." + ending).mustBe(200);
            DatasetGraph dataset = DatasetGraphFactory.create();
            RDFParser.fromString(answer.text(), ending.equals("nq") ? Lang.NQUADS : Lang.TRIG)
                    .parse(dataset);
            assertThat(dataset.size())
                    .isEqualTo(SERVER.catalogue().vocabularies().byName().size());
        }
        long triples = SERVER.catalogue().vocabularies().byName().values().stream()
                .mapToLong(graph -> graph.size())
                .sum();
        assertThat(nobody().get("/vocabularies.nt").mustBe(200).text().lines().count())
                .isEqualTo(triples);
        assertThat(nobody().get("/vocabularies", "text/turtle").mustBe(200).text())
                .contains("cat:Kerb");
        for (String ending : List.of("ttl", "rdf", "jsonld")) {
            nobody().get("/vocabularies." + ending).mustBe(200);
        }
        nobody().get("/vocabularies.xyz").mustBeProblem(404);
    }

    @Test
    void the_redirects_that_the_documentation_gives_lead_every_iri_of_ours_somewhere_200() throws IOException {
        List<String[]> rules = Pattern.compile("(?m)^RewriteRule \\^(\\S+)\\$ (\\S+) ")
                .matcher(Files.readString(Path.of("docs/vocabularies.md")))
                .results()
                .map(rule -> new String[] {rule.group(1), rule.group(2)})
                .toList();
        assertThat(rules).hasSizeGreaterThan(2);
        TreeSet<String> iris = new TreeSet<>(List.of("https://w3id.org/mercat/context/v1.jsonld"));
        SERVER.catalogue().vocabularies().byName().values().forEach(graph -> {
            iris.add(Vocabularies.ontologyOf(graph).getURI());
            graph.find()
                    .forEachRemaining(triple -> Stream.of(triple.getSubject(), triple.getObject())
                            .filter(node ->
                                    node.isURI() && node.getURI().matches("https://w3id.org/mercat/(?!problems).*"))
                            .forEach(node -> iris.add(node.getURI().replaceFirst("#.*", ""))));
        });
        assertThat(iris).contains("https://w3id.org/mercat/datatypes", "https://w3id.org/mercat/core/1.0.0");
        for (String iri : iris) {
            String place = redirected(rules, iri.substring("https://w3id.org/mercat/".length()));
            assertThat(place).as(iri).startsWith(TestServer.BASE);
            Answer answer = nobody().get("/" + place.substring(TestServer.BASE.length()))
                    .mustBe(200);
            assertThat(answer.text().contains(iri) || iri.endsWith(".jsonld"))
                    .as(iri)
                    .isTrue();
        }
    }

    /** As a web server does: the first rule that fits. */
    private static String redirected(List<String[]> rules, String path) {
        return rules.stream()
                .map(rule -> {
                    Matcher matcher = Pattern.compile(rule[0]).matcher(path);
                    return matcher.matches() ? matcher.replaceFirst(rule[1]) : "";
                })
                .filter(place -> !place.isEmpty())
                .findFirst()
                .orElse("");
    }
}
