// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.jena.graph.Node;

/**
 * A body that was read, for finding places in it.
 *
 * @param text the body as it came
 */
record JsonSource(JsonContext context, Subject subject, ObjectNode json, byte[] text) {

    /** The most exact pointer there is to a value, a property or a node; a missing member gives its object. */
    String pointer(Node focus, Node path, Node value) {
        String pointer = pointer(focus);
        JsonNode object = json.at(pointer);
        JsonTerm term = path == null ? null : scope(pointer).term(path);
        if (term == null || !object.has(term.name)) {
            return pointer;
        }
        String member = pointer + "/" + term.name;
        return value == null ? member : member + within(term, object.get(term.name), value, member);
    }

    /** The fragment of a child's IRI is its pointer. */
    private String pointer(Node node) {
        String start = subject.iri() + "#/";
        if (!node.isURI() || !node.getURI().startsWith(start)) {
            return "";
        }
        String pointer = node.getURI().substring(start.length() - 1);
        return json.at(pointer).isMissingNode() ? "" : pointer;
    }

    private JsonScope scope(String pointer) {
        JsonScope scope = context.scope();
        for (JsonPointer step = JsonPointer.compile(pointer); !step.matches(); step = step.tail()) {
            JsonTerm term = step.mayMatchElement() ? null : scope.term(step.getMatchingProperty());
            scope = term == null ? scope : term.inner;
        }
        return scope;
    }

    /** What follows a member's pointer for one of its values; nothing if that is not to be found. */
    private String within(JsonTerm term, JsonNode member, Node value, String pointer) {
        if (term.kind == JsonTerm.Kind.NODE) {
            String child = pointer(value);
            return child.startsWith(pointer) ? child.substring(pointer.length()) : "";
        }
        if (member.isObject() && value.isLiteral()) {
            String language = value.getLiteralLanguage();
            return member.has(language) ? "/" + language : "";
        }
        for (int i = 0; member.isArray() && i < member.size(); i++) {
            if (value.equals(ValueReader.read(term, member.get(i), "", new FaultList()))) {
                return "/" + i;
            }
        }
        return "";
    }
}
