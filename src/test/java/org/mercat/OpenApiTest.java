// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.http.Access;
import org.mercat.http.Route;
import org.mercat.sparql.SparqlService;

/** Holds the routes and their description in {@code openapi.json} together. */
class OpenApiTest {
    @TempDir
    static Path data;

    private static Catalogue catalogue;
    private static OpenApiDocument document;

    @BeforeAll
    static void open() {
        catalogue = Catalogue.open(Config.of(
                new Config.Words(null, data.toString(), "127.0.0.1", "0", null, false, null, null, false, null)));
        document = OpenApiDocument.ours();
    }

    @AfterAll
    static void close() {
        catalogue.close();
    }

    @Test
    void every_route_is_described_and_everything_described_is_there() {
        Set<String> served = catalogue.routes().stream()
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));
        served.addAll(List.of("GET " + SparqlService.PATH, "POST " + SparqlService.PATH));
        Set<String> described = new TreeSet<>();
        document.operations((name, operation) -> described.add(name));
        assertThat(described).isEqualTo(served);
    }

    @Test
    void what_needs_no_token_is_described_so() {
        Map<String, Access> access = catalogue.routes().stream()
                .collect(Collectors.toMap(route -> route.method() + " " + route.path(), Route::access));
        document.operations((name, operation) -> {
            boolean open = access.getOrDefault(name, Access.PUBLIC) == Access.PUBLIC;
            assertThat(operation.path("security").isEmpty()).as(name).isEqualTo(open);
        });
    }

    @Test
    void the_answers_are_those_that_the_request_makes_possible() {
        document.operations((name, operation) -> {
            Set<String> statuses = new TreeSet<>();
            operation.path("responses").fieldNames().forEachRemaining(statuses::add);
            Set<String> conditions = document.parameters(operation).stream()
                    .map(parameter -> parameter.path("name").asText())
                    .filter(parameter -> parameter.startsWith("If-"))
                    .collect(Collectors.toSet());
            boolean reads = name.startsWith("GET ");
            assertThat(statuses.contains("412")).as(name).isEqualTo(!reads && !conditions.isEmpty());
            assertThat(statuses.contains("304")).as(name).isEqualTo(reads && !conditions.isEmpty());
            assertThat(statuses.contains("428")).as(name).isEqualTo(name.startsWith("PATCH "));
            assertThat(statuses.contains("403"))
                    .as(name)
                    .isEqualTo(!operation.path("security").isEmpty());
            assertThat(statuses).as(name).contains("500");
            if (operation.has("requestBody")) {
                assertThat(statuses).as(name).contains("400", "413", "415");
            }
        });
    }

    @Test
    void every_operation_says_what_it_is() {
        Set<String> ids = new TreeSet<>();
        List<String> tags = document.root().path("tags").findValuesAsText("name");
        document.operations((name, operation) -> {
            assertThat(ids.add(operation.path("operationId").asText())).as(name).isTrue();
            assertThat(operation.path("summary").asText()).as(name).isNotBlank();
            assertThat(operation.path("description").asText()).as(name).contains("Who may call");
            operation.path("tags").forEach(tag -> assertThat(tags).as(name).contains(tag.asText()));
            assertThat(operation.path("responses"))
                    .as(name)
                    .isNotEmpty()
                    .allSatisfy(response -> assertThat(
                                    document.resolved(response).path("headers").has("X-Request-Id"))
                            .isTrue());
        });
    }

    @Test
    void every_parameter_of_a_path_is_described_with_an_example() {
        document.operations((name, operation) -> {
            List<JsonNode> inPath = document.parameters(operation).stream()
                    .filter(parameter -> parameter.path("in").asText().equals("path"))
                    .toList();
            assertThat(inPath).as(name).allMatch(parameter -> parameter.has("example"));
            assertThat(inPath.stream().map(parameter -> parameter.path("name").asText()))
                    .as(name)
                    .containsExactlyElementsOf(Stream.of(name.split("[{}]"))
                            .filter(part -> name.contains("{" + part + "}"))
                            .toList());
        });
    }

    @Test
    void every_change_of_what_is_there_takes_an_entity_tag_and_says_412() {
        Set<String> changes = new TreeSet<>();
        Set<String> conditional = new TreeSet<>();
        document.operations((name, operation) -> {
            // a webhook and a dead letter are no versions of anything
            if (name.matches("(PUT|PATCH|DELETE) .*|POST .*/steps/.*")
                    && !name.matches(".*/(webhook|dead-letters/.*)")) {
                changes.add(name);
            }
            boolean takesTag = document.parameters(operation).stream()
                    .anyMatch(parameter -> parameter.path("name").asText().equals("If-Match"));
            if (takesTag && operation.path("responses").has("412")) {
                conditional.add(name);
            }
        });
        assertThat(conditional).isNotEmpty().isEqualTo(changes);
    }

    @Test
    void every_reference_leads_somewhere() {
        List<String> references = document.root().findValuesAsText("$ref");
        assertThat(references).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference).startsWith("#/");
            assertThat(document.root().at(reference.substring(1)).isMissingNode())
                    .isFalse();
        });
    }

    @Test
    void every_component_is_used() {
        Set<String> used = new TreeSet<>(document.root().findValuesAsText("$ref"));
        for (String kind : List.of("schemas", "parameters", "headers", "responses", "examples")) {
            assertThat(document.root().path("components").path(kind).fieldNames())
                    .toIterable()
                    .isNotEmpty()
                    .allMatch(name -> used.contains("#/components/" + kind + "/" + name));
        }
    }
}
