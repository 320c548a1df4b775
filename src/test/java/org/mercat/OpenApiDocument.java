// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** The description of the API, as tests read it. */
record OpenApiDocument(JsonNode root) {
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
