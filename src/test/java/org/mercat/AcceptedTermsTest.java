// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCAT;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.rdf.Change;
import org.mercat.rdf.Store;

/** What was decided, beyond the catalogue that decided it: in files, after a stop, in another catalogue. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AcceptedTermsTest {
    private static final String EARLY = "{\"early\": true, \"text\": \"Everybody was asked\"}";
    private static final String CATEGORY = """
            {"organization": "acme", "vocabulary": "categories", "broader": ["BikeSharing"],
             "label": {"en": "Cargo bike sharing", "de": "Lastenradverleih", "es": "Bicicletas de carga compartidas",
                       "ca": "Bicicletes de càrrega compartides", "it": "Noleggio di bici da carico"},
             "altLabel": {"en": ["freight bikes"]},
             "definition": {"en": "Bicycles for goods that are lent for a short time."},
             "rationale": "Three of our cities offer it."}""";
    private static final String TYPE = """
            {"organization": "acme", "vocabulary": "datatypes-mobility", "broader": ["dt:ParkingSpaceCount"],
             "label": {"en": "Cargo bike stand count", "de": "Anzahl der Lastenradstellplätze",
                       "es": "Número de plazas para bicicletas de carga", "ca": "Nombre de places per a bicicletes de càrrega",
                       "it": "Numero di posti per bici da carico"},
             "definition": {"en": "How many stands for cargo bikes there are."},
             "valueType": "integer", "units": ["NUM", "PERCENT"], "rationale": "It is counted."}""";
    private static final String DEPRECATION = """
            {"organization": "acme", "deprecates": "CarSharing", "replacement": "BikeSharing",
             "rationale": {"en": "Cars are bicycles now."}}""";

    @TempDir
    static Path folder;

    private static final TestServer SERVER = new TestServer();
    private static Path home;

    @BeforeAll
    static void decide() throws IOException {
        SERVER.beforeAll(null);
        home = HomeFolder.in(Files.createDirectory(folder.resolve("home")));
        SERVER.restart(home);
        propose("cargo", CATEGORY);
        propose("stands", TYPE);
        propose("no-cars", DEPRECATION);
        propose(
                "open",
                CATEGORY.replace("argo bike sharing", "argo trike sharing")
                        .replace("\"de\": \"L", "\"de\": \"Drei-L")
                        .replace("icicletas", "riciclos")
                        .replace("icicletes", "ricicles")
                        .replace("di bici", "di tricicli"));
        offer("moved", "https://catalogue.example/proposals/acme/cargo");
        offer("provisional", "https://catalogue.example/proposals/acme/open");
        for (String name : List.of("cargo", "stands", "no-cars")) {
            SERVER.as(TestServer.OPERATOR)
                    .json("POST", "/proposals/acme/" + name + "/steps/accept", EARLY)
                    .mustBe(200);
        }
    }

    private static void propose(String name, String body) {
        SERVER.as(TestServer.ACME).json("PUT", "/proposals/acme/" + name, body).mustBe(201);
    }

    private static void offer(String name, String category) {
        String id = "acme/parking/" + name;
        SERVER.as(TestServer.PARKING)
                .json(
                        "PUT",
                        Offerings.pathOf(id),
                        Offerings.changed(id, offering -> offering.put("category", category)))
                .mustBe(201);
    }

    private static String exported(String name) {
        return SERVER.as(TestServer.NOBODY)
                .get("/vocabularies/" + name + "/export")
                .mustBe(200)
                .text();
    }

    private static JsonNode found(String query) {
        return SERVER.as(TestServer.NOBODY)
                .get("/offerings?" + query)
                .mustBe(200)
                .json();
    }

    @Test
    @Order(1)
    void an_exported_file_differs_only_in_what_was_decided() throws IOException {
        Path old = Path.of("vocabularies/categories.ttl");
        List<String> gone = new ArrayList<>(Files.readAllLines(old));
        List<String> added = new ArrayList<>(exported("categories").lines().toList());
        for (String line : List.copyOf(gone)) {
            if (added.remove(line)) {
                gone.remove(line);
            }
        }
        assertThat(gone).allMatch(line -> line.contains("1.0.0"));
        assertThat(String.join("\n", added))
                .contains("cat:CargoBikeSharing a skos:Concept", "\"Lastenradverleih\"@de", "owl:deprecated true")
                .contains("dcterms:isReplacedBy cat:BikeSharing", "prov:wasDerivedFrom")
                .contains("owl:versionInfo \"1.2.0\"", "categories/1.2.0>");
        String text = exported("categories");
        assertThat(text.indexOf("cat:CargoBikeSharing a"))
                .isBetween(text.indexOf("cat:BikeSharing a"), text.indexOf("cat:CarSharing a"));
        assertThat(exported("datatypes-mobility")).contains("dt:CargoBikeStandCount a mc:SemanticType, owl:Class");
        String types = exported("datatypes-mobility");
        assertThat(types.substring(types.indexOf("dt:CargoBikeStandCount a")).split(" \\.\n")[0])
                .contains("qudt:applicableUnit unit:NUM, unit:PERCENT");
        assertThat(exported("licences")).isEqualTo(Files.readString(Path.of("vocabularies/licences.ttl")));
    }

    @Test
    @Order(2)
    void a_file_that_is_committed_is_checked_formatted_a_minor_step_and_leaves_nothing_to_add() throws IOException {
        List<String> names = List.of("categories", "datatypes-mobility");
        for (String name : names) {
            Files.writeString(home.resolve("vocabularies/" + name + ".ttl"), exported(name));
        }
        SERVER.as(TestServer.OPERATOR)
                .send("POST", "/reload", "application/json", "")
                .mustBe(200);
        Run check = Run.of("check", "--home", home.toString(), "--fail-on", "note");
        assertThat(check.exit()).as("%s", check).isZero();
        Run format = Run.of("format", "--check", home.resolve("vocabularies").toString());
        assertThat(format.exit()).as("%s", format).isZero();
        Run diff = Run.of("diff", "vocabularies", home.resolve("vocabularies").toString());
        assertThat(diff.out()).startsWith("minor").doesNotContain("version:");
        for (String name : names) {
            assertThat(exported(name)).isEqualTo(Files.readString(home.resolve("vocabularies/" + name + ".ttl")));
        }
        assertThat(found("category=CargoBikeSharing").path("offerings").size()).isEqualTo(1);
        assertThat(found("category=https://catalogue.example/proposals/acme/cargo")
                        .path("offerings")
                        .size())
                .isEqualTo(1);
    }

    @Test
    @Order(3)
    void a_deprecated_term_is_replaced_by_the_one_used_today_however_many_were_deprecated_since() throws IOException {
        deprecate("BikeSharing", "FuelStation"); // which the file has for CarSharing
        deprecate("RoadToll", "TrafficCamera");
        deprecate("TrafficCamera", "TrafficSignal");
        deprecate("TrafficSignal", "https://catalogue.example/proposals/acme/cargo");
        String text = exported("categories");
        assertThat(List.of("CarSharing", "BikeSharing", "RoadToll", "TrafficCamera", "TrafficSignal"))
                .extracting(name -> text.substring(text.indexOf("cat:" + name + " a "))
                        .split(" \\.\n")[0]
                        .lines()
                        .filter(line -> line.contains("isReplacedBy"))
                        .map(line -> line.replaceAll(".*cat:(\\w+).*", "$1"))
                        .collect(Collectors.joining()))
                .containsExactly(
                        "FuelStation", "FuelStation", "CargoBikeSharing", "CargoBikeSharing", "CargoBikeSharing");
        Files.writeString(home.resolve("vocabularies/categories.ttl"), text);
        SERVER.as(TestServer.OPERATOR)
                .send("POST", "/reload", "application/json", "")
                .mustBe(200);
        Run check = Run.of("check", "--home", home.toString(), "--fail-on", "note");
        assertThat(check.exit()).as("%s", check).isZero();
        assertThat(exported("categories")).isEqualTo(text);
    }

    private static void deprecate(String term, String replacement) {
        String name = "no-" + term.toLowerCase(Locale.ROOT);
        propose(name, DEPRECATION.replace("BikeSharing", replacement).replace("CarSharing", term));
        SERVER.as(TestServer.OPERATOR)
                .json("POST", "/proposals/acme/" + name + "/steps/accept", EARLY)
                .mustBe(200);
    }

    @Test
    @Order(4)
    void a_file_of_the_name_of_the_provisional_vocabulary_is_refused() throws IOException {
        Path file = home.resolve("vocabularies/proposals.ttl");
        Files.writeString(file, "<https://own.example/> a <http://www.w3.org/2002/07/owl#Ontology> .\n");
        assertThat(SERVER.as(TestServer.OPERATOR)
                        .send("POST", "/reload", "application/json", "")
                        .text())
                .contains("vocabularies/proposals.ttl", "another name");
        Files.delete(file);
        SERVER.as(TestServer.OPERATOR)
                .send("POST", "/reload", "application/json", "")
                .mustBe(200);
    }

    @Test
    @Order(5)
    void a_stop_in_the_middle_of_the_moves_is_made_up_for_at_the_next_start() {
        Node offering = NodeFactory.createURI(Offerings.iriOf("acme/parking/moved"));
        Node proposal = NodeFactory.createURI("https://catalogue.example/proposals/acme/cargo");
        SERVER.stop();
        try (Store store = Store.open(SERVER.folder())) {
            store.write(view -> {
                Graph before = GraphFactory.createDefaultGraph();
                view.catalogue(offering).find().forEachRemaining(before::add);
                before.remove(offering, DCAT.theme.asNode(), Node.ANY);
                before.add(offering, DCAT.theme.asNode(), proposal);
                return Change.of(offering, before);
            });
        }
        SERVER.restart(home);
        assertThat(SERVER.as(TestServer.NOBODY)
                        .get("/offerings/acme/parking/moved")
                        .json()
                        .path("category")
                        .asText())
                .isEqualTo("CargoBikeSharing");
        assertThat(found("category=CargoBikeSharing").path("offerings").size()).isEqualTo(1);
    }

    @Test
    @Order(6)
    void another_catalogue_that_loads_an_export_has_all_proposals_and_what_uses_them() throws IOException {
        SERVER.stop();
        Path command = folder.resolve("categories.ttl");
        assertThat(Run.on(SERVER.folder(), "export", "--vocabulary", "categories", command.toString())
                        .exit())
                .isZero();
        assertThat(command).hasContent(Files.readString(home.resolve("vocabularies/categories.ttl")));
        assertThat(Run.on(SERVER.folder(), "export", "--vocabulary", "nothing").err())
                .contains("categories");
        Path file = folder.resolve("all.nq");
        Run.on(SERVER.folder(), "export", "--format", "nq", file.toString());
        Path data = folder.resolve("other");
        Run load = Run.on(data, "load", file.toString());
        assertThat(load.exit()).as("%s", load).isZero();
        Path again = folder.resolve("again.nq");
        Run.on(data, "export", "--format", "nq", again.toString());
        assertThat(resources(again)).isEqualTo(resources(file)).anyMatch(line -> line.contains("proposals/acme/open"));
        SERVER.delete();
    }

    /** What is said of resources, without the revision. */
    private static Set<String> resources(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.matches(".*<https://catalogue.example/(proposals|offerings)/[^>]*> \\.$"))
                    .filter(line -> !line.contains("core#revision>"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
