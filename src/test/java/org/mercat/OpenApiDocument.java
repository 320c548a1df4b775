// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/** The description of the API, as tests read it. */
record OpenApiDocument(JsonNode root) {
    /** The one that is served. */
    static OpenApiDocument ours() {
        try (InputStream in = OpenApiDocument.class.getResourceAsStream("/openapi.json")) {
            return new OpenApiDocument(new ObjectMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Asserts that an answer's status and media type are described. What the server refuses for any path alike is not:
     * a method that is not there, an address or headers that it does not take.
     */
    void mustDescribe(String method, String address, Answer answer) {
        String path = address.split("\\?", 2)[0];
        if (path.contains("%") || path.contains("..") || Set.of(405, 414, 431).contains(answer.status())) {
            return;
        }
        operations((name, operation) -> {
            if (name.startsWith(method + " ") && fits(name.substring(method.length() + 1), path)) {
                JsonNode response = resolved(operation.path("responses").path(String.valueOf(answer.status())));
                assertThat(response.isMissingNode())
                        .as("openapi.json has no such answer: %s", answer)
                        .isFalse();
                String type = answer.header("Content-Type").split(";")[0];
                assertThat(answer.text().isEmpty() || response.path("content").has(type))
                        .as("openapi.json has no %s in such an answer: %s", type, answer)
                        .isTrue();
            }
        });
    }

    private static boolean fits(String template, String path) {
        return path.matches(template.replace(".", "\\.").replaceAll("\\{\\w+}", "[^/]+"));
    }

    /** Each operation by its method and path, {@code "GET /offerings"}. */
    void operations(BiConsumer<String, JsonNode> each) {
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> each.accept(
                                operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                operation.getValue())));
    }

    /** What a reference leads to; any other node itself. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    List<JsonNode> parameters(JsonNode operation) {
        List<JsonNode> parameters = new ArrayList<>();
        operation.path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
        return parameters;
    }

    /** The address of an operation with the examples of its parameters. */
    String address(String name, JsonNode operation) {
        String path = name.substring(name.indexOf(' ') + 1);
        List<String> query = new ArrayList<>();
        for (JsonNode parameter : parameters(operation)) {
            String parameterName = parameter.path("name").asText();
            String example = parameter.path("example").asText();
            path = path.replace("{" + parameterName + "}", example);
            if (parameter.path("in").asText().equals("query") && !example.isEmpty()) {
                query.add(parameterName + "=" + URLEncoder.encode(example, StandardCharsets.UTF_8));
            }
        }
        return path + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }
}
