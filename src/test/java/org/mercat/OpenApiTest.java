// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.http.Access;
import org.mercat.http.Route;
import org.mercat.sparql.SparqlService;

/** Holds the server and its description in {@code openapi.json} together. */
class OpenApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** What must be there for the examples that change it. */
    private static final Map<String, String> REGISTERED = Map.of(
            "Organization", "/organizations/acme",
            "Provider", "/providers/acme/parking",
            "Consumer", "/consumers/acme/trip-planner",
            "Offering", "/offerings/acme/parking/free-spaces");

    @TempDir
    static Path data;

    private static Catalogue catalogue;
    private static String server;
    private static String token;
    private static JsonNode document;

    @BeforeAll
    static void start() throws Exception {
        catalogue = Catalogue.open(Config.of(new Config.Words(
                null, data.toString(), "127.0.0.1", "0", null, false, Config.DEMO_SECRET + "!", null)));
        server = "http://127.0.0.1:" + catalogue.start();
        document = JSON.readTree(send("GET", "/openapi.json", null, null).body());
        String form = "grant_type=client_credentials&client_id=operator&client_secret=" + Config.DEMO_SECRET + "%21";
        token = JSON.readTree(send("POST", "/oauth/token", "application/x-www-form-urlencoded", form)
                        .body())
                .path("access_token")
                .asText();
        for (String kind : List.of("Organization", "Provider", "Consumer", "Offering")) {
            String body =
                    document.at("/components/examples/" + kind + "Json/value").toString();
            assertThat(send("PUT", REGISTERED.get(kind), "application/json", body)
                            .statusCode())
                    .as(kind)
                    .isEqualTo(201);
        }
    }

    @AfterAll
    static void stop() {
        catalogue.close();
    }

    @Test
    void every_route_is_described_and_everything_described_is_there() {
        Set<String> served = catalogue.routes().stream()
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));
        served.addAll(List.of("GET " + SparqlService.PATH, "POST " + SparqlService.PATH));
        Set<String> described = new TreeSet<>();
        operations((name, operation) -> described.add(name));
        assertThat(described).isEqualTo(served);
    }

    @Test
    void what_needs_no_token_is_described_so() {
        Map<String, Access> access = catalogue.routes().stream()
                .collect(Collectors.toMap(route -> route.method() + " " + route.path(), Route::access));
        operations((name, operation) -> {
            boolean open = access.getOrDefault(name, Access.PUBLIC) == Access.PUBLIC;
            assertThat(operation.path("security").isEmpty()).as(name).isEqualTo(open);
        });
    }

    @Test
    void every_operation_says_what_it_is() {
        Set<String> ids = new TreeSet<>();
        List<String> tags = document.path("tags").findValuesAsText("name");
        operations((name, operation) -> {
            assertThat(ids.add(operation.path("operationId").asText())).as(name).isTrue();
            assertThat(operation.path("summary").asText()).as(name).isNotBlank();
            assertThat(operation.path("description").asText()).as(name).contains("Who may call");
            operation.path("tags").forEach(tag -> assertThat(tags).as(name).contains(tag.asText()));
            assertThat(pathParameters(operation))
                    .as(name)
                    .isEqualTo(Stream.of(name.split("[/{}]"))
                            .filter(part -> name.contains("{" + part + "}"))
                            .toList());
            operation
                    .path("responses")
                    .forEach(response -> assertThat(
                                    resolved(response).path("headers").has("X-Request-Id"))
                            .as(name)
                            .isTrue());
        });
    }

    @Test
    void every_reference_leads_somewhere() {
        List<String> references = document.findValuesAsText("$ref");
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference).startsWith("#/");
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        });
    }

    @Test
    void every_component_is_used() {
        Set<String> used = new TreeSet<>(document.findValuesAsText("$ref"));
        Set<String> unused = new TreeSet<>();
        for (String kind : List.of("schemas", "parameters", "headers", "responses", "examples")) {
            document.path("components").path(kind).fieldNames().forEachRemaining(name -> {
                if (!used.contains("#/components/" + kind + "/" + name)) {
                    unused.add(kind + "/" + name);
                }
            });
        }
        assertThat(unused).isEmpty();
    }

    @TestFactory
    List<DynamicTest> every_example_of_a_body_is_accepted() {
        List<DynamicTest> tests = new ArrayList<>();
        operations((name, operation) -> operation
                .at("/requestBody/content")
                .properties()
                .forEach(content -> content.getValue()
                        .path("examples")
                        .properties()
                        .forEach(example -> {
                            JsonNode value = resolved(example.getValue()).path("value");
                            String title = name + ", " + content.getKey() + ", " + example.getKey();
                            tests.add(DynamicTest.dynamicTest(
                                    title, () -> accepted(name, operation, content.getKey(), value)));
                        })));
        assertThat(tests).hasSizeGreaterThan(20);
        return tests;
    }

    private static void accepted(String name, JsonNode operation, String mediaType, JsonNode value) throws Exception {
        String[] parts = name.split(" ");
        String path = parts[1];
        boolean dryRun = false;
        for (JsonNode reference : operation.path("parameters")) {
            JsonNode parameter = resolved(reference);
            String parameterName = parameter.path("name").asText();
            path = path.replace(
                    "{" + parameterName + "}", parameter.path("example").asText());
            dryRun |= parameterName.equals("dryRun");
        }
        boolean lines = mediaType.equals("application/x-ndjson");
        HttpResponse<String> answer =
                send(parts[0], path + (dryRun && !lines ? "?dryRun=true" : ""), mediaType, body(mediaType, value));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        if (lines) {
            assertThat(answer.body().lines()).isNotEmpty().allMatch(line -> line.contains("\"status\":201"));
        } else if (dryRun) {
            assertThat(answer.body()).contains("\"acceptable\":true");
        }
    }

    private static String body(String mediaType, JsonNode value) {
        if (!mediaType.equals("application/x-www-form-urlencoded")) {
            return value.isTextual() ? value.textValue() : value.toString();
        }
        return value.properties().stream()
                .map(field -> field.getKey() + "="
                        + URLEncoder.encode(
                                field.getValue().asText().replace("your-secret", Config.DEMO_SECRET + "!"),
                                StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static List<String> pathParameters(JsonNode operation) {
        List<String> names = new ArrayList<>();
        for (JsonNode reference : operation.path("parameters")) {
            JsonNode parameter = resolved(reference);
            if (parameter.path("in").asText().equals("path")) {
                names.add(parameter.path("name").asText());
            }
        }
        return names;
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static void operations(BiConsumer<String, JsonNode> each) {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> each.accept(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                                operation.getValue())));
    }

    private static HttpResponse<String> send(String method, String path, String mediaType, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (mediaType != null) {
            request.header("Content-Type", mediaType);
        }
        if (token != null && !path.equals("/oauth/token")) {
            request.header("Authorization", "Bearer " + token);
        }
        if (method.equals("PATCH")) {
            request.header("If-Match", "*");
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }
}
