// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What somebody looks for.
 *
 * @param title the words, in any language
 * @param description more words
 * @param inputs IRIs of the types of what the requester can give; empty if nothing is said
 * @param outputs IRIs of the types of what is wanted; empty if nothing is said
 * @param category IRI of the subject
 */
public record EvaluationRequest(
        String id,
        String title,
        Optional<String> description,
        List<String> inputs,
        List<String> outputs,
        Optional<String> category) {
    public EvaluationRequest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    static EvaluationRequest of(TextLines.Line line) {
        ObjectNode json = line.object();
        return new EvaluationRequest(
                word(line, json, "id").orElseThrow(() -> line.fault("there is no \"id\": write \"id\": \"r1\".")),
                word(line, json, "title")
                        .orElseThrow(() -> line.fault("there is no \"title\": write \"title\": \"free parking\".")),
                word(line, json, "description"),
                iris(line, json, "inputs"),
                iris(line, json, "outputs"),
                word(line, json, "category"));
    }

    private static Optional<String> word(TextLines.Line line, ObjectNode json, String member) {
        JsonNode value = json.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().isBlank()) {
            throw line.fault("\"" + member + "\" is no text: write \"" + member + "\": \"...\", or leave it out.");
        }
        return Optional.of(value.textValue());
    }

    private static List<String> iris(TextLines.Line line, ObjectNode json, String member) {
        JsonNode value = json.path(member);
        List<String> iris = new ArrayList<>();
        value.forEach(iri -> iris.add(iri.asText()));
        boolean absent = value.isMissingNode() || value.isNull();
        if (!absent && !value.isArray() || iris.stream().anyMatch(iri -> !iri.matches("[A-Za-z][\\w+.-]*:\\S+"))) {
            throw line.fault("\"" + member + "\" is no list of term IRIs: write \"" + member
                    + "\": [\"https://w3id.org/mercat/datatypes#Latitude\"], or leave it out.");
        }
        return iris;
    }
}
