// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.apache.jena.datatypes.RDFDatatype;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.NodeFactory;

/**
 * Makes scopes of a JSON-LD context, of that part of JSON-LD that our context uses: a text is a prefix or a class, an
 * object is a member; a member's own context holds for its value and below. A member with {@code "@language": null} is
 * a text without a language, one with neither type nor language a number.
 */
final class ContextCompiler {
    private ContextCompiler() {}

    static JsonScope compile(JsonScope outer, JsonNode context) {
        if (context.isNull()) {
            return JsonScope.EMPTY;
        }
        if (context.isArray()) {
            JsonScope scope = outer;
            for (JsonNode part : context) {
                scope = compile(scope, part);
            }
            return scope;
        }
        return context.isEmpty() ? outer : compile(outer, (ObjectNode) context);
    }

    private static JsonScope compile(JsonScope outer, ObjectNode context) {
        Map<String, String> prefixes = new HashMap<>(outer.prefixes());
        context.properties().forEach(entry -> {
            if (isPrefix(entry.getKey(), entry.getValue())) {
                prefixes.put(entry.getKey(), iri(entry.getValue(), Map.of(), Map.of()));
            } else {
                prefixes.remove(entry.getKey());
            }
        });
        Map<String, String> names = new HashMap<>(outer.names());
        context.properties().stream()
                .filter(entry -> !entry.getKey().startsWith("@"))
                .forEach(entry -> names.put(entry.getKey(), iri(entry.getValue(), prefixes, outer.prefixes())));
        String vocabulary = context.path("@vocab").asText(outer.vocabulary());
        JsonScope scope = new JsonScope(names, prefixes, vocabulary);
        context.properties().forEach(entry -> define(scope, entry.getKey(), entry.getValue()));
        return scope;
    }

    private static void define(JsonScope scope, String name, JsonNode definition) {
        if (definition.isObject() && !isPrefix(name, definition)) {
            JsonNode context = definition.path("@context");
            scope.add(new JsonTerm(
                    name,
                    NodeFactory.createURI(scope.names().get(name)),
                    type(scope, definition),
                    "@set".equals(definition.path("@container").textValue()),
                    context.isMissingNode() ? scope : compile(scope, context)));
        } else if (!name.startsWith("@") && !isPrefix(name, definition)) {
            scope.addType(name, scope.names().get(name));
        }
    }

    private static JsonTerm.Type type(JsonScope scope, JsonNode definition) {
        if ("@language".equals(definition.path("@container").textValue())) {
            return new JsonTerm.Type(JsonTerm.Kind.TEXT, null);
        }
        String type = definition.path("@type").asText("");
        return switch (type) {
            case "@vocab" -> new JsonTerm.Type(JsonTerm.Kind.WORD, null);
            case "@id" -> new JsonTerm.Type(definition.has("@context") ? JsonTerm.Kind.NODE : JsonTerm.Kind.IRI, null);
            case "" ->
                definition.has("@language")
                        ? new JsonTerm.Type(JsonTerm.Kind.STRING, XSDDatatype.XSDstring)
                        : new JsonTerm.Type(JsonTerm.Kind.NUMBER, null);
            default -> literal(TypeMapper.getInstance().getSafeTypeByName(scope.expand(type)));
        };
    }

    private static JsonTerm.Type literal(RDFDatatype datatype) {
        if (datatype.equals(XSDDatatype.XSDboolean)) {
            return new JsonTerm.Type(JsonTerm.Kind.BOOLEAN, datatype);
        }
        if (datatype.equals(XSDDatatype.XSDinteger)) {
            return new JsonTerm.Type(JsonTerm.Kind.INTEGER, datatype);
        }
        boolean decimal = datatype.equals(XSDDatatype.XSDdecimal);
        return new JsonTerm.Type(decimal ? JsonTerm.Kind.DECIMAL : JsonTerm.Kind.STRING, datatype);
    }

    /** As JSON-LD 1.1 has it for plain definitions: the namespace ends in a delimiter. */
    private static boolean isPrefix(String name, JsonNode definition) {
        return !name.startsWith("@")
                && definition.isTextual()
                && definition.textValue().matches(".*[:/?#@]");
    }

    private static String iri(JsonNode definition, Map<String, String> inner, Map<String, String> outer) {
        String text = definition.isObject() ? definition.path("@id").textValue() : definition.textValue();
        String prefix = text.substring(0, Math.max(text.indexOf(':'), 0));
        String namespace = inner.getOrDefault(prefix, outer.get(prefix));
        return namespace == null ? text : namespace + text.substring(prefix.length() + 1);
    }
}
