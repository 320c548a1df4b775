// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDF;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.ns.MC;
import org.mercat.sparql.Limits;

/** {@code GET /offerings} and {@code POST /offerings/search} on the real server with the demonstration's offerings. */
class GetOfferingsTest {
    private static final String BASE = "http://localhost:8080/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static Catalogue catalogue;
    private static String server;

    @BeforeAll
    static void start() {
        catalogue = Catalogue.open(new Config(
                Optional.empty(),
                folder,
                "localhost",
                0,
                BASE,
                true,
                Optional.empty(),
                Limits.of(Duration.ofSeconds(20)),
                false,
                Duration.ZERO));
        server = "http://localhost:" + catalogue.start();
    }

    @AfterAll
    static void stop() {
        catalogue.close();
    }

    @Test
    void category_finds_narrower_ones_and_aliases_alike_200() throws Exception {
        List<String> ours = ids(json("/offerings?category=Parking"));
        assertThat(ours).isNotEmpty().contains("unican/smartsantander/parking-spaces");
        assertThat(ids(json("/offerings?category=urn:big-iot:ParkingCategory"))).isEqualTo(ours);
    }

    @Test
    void type_box_and_text_together_200() throws Exception {
        assertThat(ids(json("/offerings?output=Latitude&box=-3.9,43.4,-3.7,43.5&text=aparcamiento")))
                .contains("unican/smartsantander/parking-spaces");
        assertThat(ids(json("/offerings?box=100,-10,101,-9"))).doesNotContain("unican/smartsantander/parking-spaces");
    }

    @Test
    void post_answers_the_same_as_get_200() throws Exception {
        HttpResponse<String> posted = CLIENT.send(
                HttpRequest.newBuilder(URI.create(server + "/offerings/search"))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"category\": \"Mobility\", \"box\": [-10, 30, 30, 60], \"limit\": 3, \"sort\": \"title\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(posted.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(posted.body()).get("offerings"))
                .isEqualTo(json("/offerings?category=Mobility&box=-10,30,30,60&limit=3&sort=title")
                        .get("offerings"));
    }

    @Test
    void links_lead_over_all_pages_once_200() throws Exception {
        List<String> whole = ids(json("/offerings?limit=100"));
        List<String> paged = new ArrayList<>();
        Optional<String> path = Optional.of("/offerings?limit=7");
        while (path.isPresent()) {
            HttpResponse<String> page = get(path.get(), "application/json");
            JsonNode body = JSON.readTree(page.body());
            paged.addAll(ids(body));
            assertThat(body.get("count").asInt())
                    .isEqualTo(body.get("offerings").size());
            path = page.headers()
                    .firstValue("Link")
                    .map(link -> link.substring(1, link.indexOf('>')).replace(BASE, "/"));
            assertThat(body.has("next")).isEqualTo(path.isPresent());
        }
        assertThat(whole).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        assertThat(paged).isEqualTo(whole);
    }

    @Test
    void sparql_query_gives_the_same_at_the_sparql_service_200() throws Exception {
        HttpResponse<String> query =
                get("/offerings?category=Parking&output=Position&text=free%20spaces", "application/sparql-query");
        assertThat(query.headers().firstValue("Content-Type")).hasValue("application/sparql-query");
        HttpResponse<String> rows = CLIENT.send( // it may be longer than a URL
                HttpRequest.newBuilder(URI.create(server + "/sparql"))
                        .header("Content-Type", "application/sparql-query")
                        .header("Accept", "application/sparql-results+json")
                        .POST(HttpRequest.BodyPublishers.ofString(query.body()))
                        .build(),
                BodyHandlers.ofString());
        assertThat(rows.statusCode()).as(rows.body()).isEqualTo(200);
        List<String> found = new ArrayList<>();
        JSON.readTree(rows.body())
                .at("/results/bindings")
                .forEach(row -> found.add(row.at("/offering/value").asText().replace(BASE + "offerings/", "")));
        assertThat(found)
                .isNotEmpty()
                .isEqualTo(ids(json("/offerings?category=Parking&output=Position&text=free%20spaces")));
    }

    @Test
    void turtle_has_the_graphs_of_the_page_200() throws Exception {
        HttpResponse<String> turtle = get("/offerings?limit=5", "text/turtle");
        Graph graph = GraphFactory.createDefaultGraph();
        RDFParser.fromString(turtle.body(), Lang.TURTLE).parse(graph);
        assertThat(graph.find(Node.ANY, RDF.Nodes.type, MC.Offering).toList()).hasSize(5);
        assertThat(turtle.headers().firstValue("Link")).isPresent();
    }

    @Test
    void unknown_parameters_and_terms_are_told_together_400() throws Exception {
        HttpResponse<String> refused = get("/offerings?category=Parkin&outputs=Latitude&box=1", "application/json");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(JSON.readTree(refused.body()).get("errors")).hasSize(3);
        assertThat(refused.body()).contains("categories#Parking)", "Do you mean output?");
    }

    @Test
    void hostile_requests_are_400_and_never_500() throws Exception {
        for (String hostile :
                List.of("%00", "%FF", "%22%7D%20UNION%20%7B", "x%3E%20%3Fp", "a".repeat(3000), "%ED%A0%80")) {
            for (String name : List.of("text", "category", "provider", "box", "limit", "cursor", "licence", hostile)) {
                assertThat(get("/offerings?" + name + "=" + hostile, "application/json")
                                .statusCode())
                        .as(name + "=" + hostile)
                        .isIn(200, 400);
            }
        }
    }

    @Test
    void an_unknown_media_type_is_406() throws Exception {
        assertThat(get("/offerings", "image/png").statusCode()).isEqualTo(406);
    }

    private static HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(server + path))
                        .header("Accept", accept)
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path, "application/json");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<String> ids(JsonNode page) {
        return Stream.of(page.get("offerings"))
                .flatMap(offerings -> offerings.valueStream())
                .map(offering -> offering.get("id").asText())
                .toList();
    }
}
