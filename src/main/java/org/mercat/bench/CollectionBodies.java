// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a collection says, as it can be registered. A whole registration body stays as it is. What an offering lacks that
 * registration demands (provider, category, licence, endpoint, price) is the same for all, so that no search tells it
 * apart by that. A plain IRI as input or output becomes an element of that type.
 *
 * @param parties organizations and providers, to be registered first
 * @param offerings in the order of the collection
 * @param ids the id in the collection by the registered one, which is another if the offering names no provider
 */
public record CollectionBodies(List<ObjectNode> parties, List<ObjectNode> offerings, Map<String, String> ids) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String ORGANIZATION = "collection";
    private static final String PROVIDER = "collection/offerings";

    /** Completes what a collection has. */
    public static CollectionBodies of(EvaluationCollection collection) {
        List<ObjectNode> parties = new ArrayList<>(collection.parties());
        if (collection.offerings().stream().anyMatch(offering -> !offering.has("provider"))) {
            parties.add(party("Organization", ORGANIZATION).put("email", "nobody@collection.example"));
            parties.add(party("Provider", PROVIDER).put("organization", ORGANIZATION));
        }
        List<ObjectNode> offerings = new ArrayList<>();
        Map<String, String> ids = new HashMap<>();
        for (ObjectNode offering : collection.offerings()) {
            ObjectNode body = completed(offering, offerings.size());
            offerings.add(body);
            ids.put(body.path("id").textValue(), offering.path("id").textValue());
        }
        return new CollectionBodies(parties, offerings, ids);
    }

    private static ObjectNode party(String type, String id) {
        return JSON.objectNode().put("@type", type).put("id", id).put("name", "Evaluation collection");
    }

    private static ObjectNode completed(ObjectNode offering, int number) {
        ObjectNode body = offering.deepCopy();
        if (!body.has("provider")) {
            body.put("id", String.format(Locale.ROOT, "%s/%06d", PROVIDER, number))
                    .put("provider", PROVIDER);
        }
        body.putIfAbsent("category", JSON.textNode("General"));
        body.putIfAbsent("licence", JSON.textNode("CC0-1.0"));
        body.putIfAbsent(
                "endpoint",
                JSON.objectNode().put("url", "https://collection.example/").put("protocol", "HTTP_GET"));
        body.putIfAbsent("price", JSON.objectNode().put("pricingModel", "FREE"));
        body.putIfAbsent("activeUntil", JSON.textNode("2999-01-01T00:00:00Z"));
        for (String member : List.of("inputs", "outputs")) {
            if (body.get(member) instanceof ArrayNode elements) {
                body.set(member, elements(elements));
            }
        }
        return body;
    }

    private static ArrayNode elements(ArrayNode types) {
        ArrayNode elements = JSON.arrayNode();
        for (JsonNode type : types) {
            elements.add(
                    type.isTextual()
                            ? JSON.objectNode()
                                    .put("name", "element" + elements.size())
                                    .put("semanticType", type.textValue())
                            : type);
        }
        return elements;
    }
}
