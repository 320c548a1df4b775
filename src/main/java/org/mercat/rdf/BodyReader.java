// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDF;
import org.mercat.ns.MC;

/** One reading of one body. */
final class BodyReader {
    /** A member of bills and their conditions; of an offering it stands inside its price. */
    private static final String OF_BILLS = "currency";

    /** Only the server says these; a client that sends back what it got is not punished for them. */
    private static final Set<String> SERVER_MANAGED =
            Set.of("created", "modified", "revision", "status", "commentsUntil", "replacedBy", "history");

    private final Graph graph = GraphFactory.createDefaultGraph();
    private final JsonContext context;
    private final Subject subject;
    private final FaultList faults;

    BodyReader(JsonContext context, Subject subject, FaultList faults) {
        this.context = context;
        this.subject = subject;
        this.faults = faults;
    }

    Graph graph() {
        return graph;
    }

    void read(ObjectNode json) {
        Node node = NodeFactory.createURI(subject.iri());
        graph.add(Triple.create(node, RDF.Nodes.type, subject.type()));
        graph.add(Triple.create(node, DCTerms.identifier.asNode(), NodeFactory.createLiteralString(subject.id())));
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (name.equals("@context")) {
                readContext(value);
            } else if (name.equals("id")) {
                require(subject.id(), value, "/id");
            } else if (name.equals(OF_BILLS) && subject.type().equals(MC.Offering)) {
                faults.add("/" + name, Suggestions.elsewhere(name, "\"price\""));
            } else if (!SERVER_MANAGED.contains(name)) {
                readMember(node, context.scope(), new Member(name, value, Pointers.append("", name)));
            }
        }
    }

    private record Member(String name, JsonNode value, String pointer) {}

    private void readContext(JsonNode value) {
        if (!value.isTextual() || !context.iris().contains(value.textValue())) {
            faults.add(
                    "/@context",
                    "As application/json only this catalogue's own context is read: write \"" + context.iri()
                            + "\" or leave @context out. With any other context send it as application/ld+json.");
        }
    }

    private void readMember(Node node, JsonScope scope, Member member) {
        JsonTerm term = scope.term(member.name());
        if (faults.isFull()) {
            return;
        }
        if (member.name().equals("@id")) {
            require(node.getURI(), member.value(), member.pointer());
        } else if (member.name().equals("@type")) {
            readTypes(node, scope, member);
        } else if (term == null) {
            faults.add(member.pointer(), Suggestions.unknown(member.name(), scope, context));
        } else if (term.kind == JsonTerm.Kind.TEXT && member.value().isObject()) {
            readLanguages(node, term, member);
        } else {
            readValues(node, term, member);
        }
    }

    private void readValues(Node node, JsonTerm term, Member member) {
        JsonNode value = member.value();
        if (!value.isArray()) {
            if (term.set) {
                faults.add(member.pointer(), "Write a list: [ ... ]");
            } else {
                readValue(node, term, value, member.pointer());
            }
            return;
        }
        if (term.kind == JsonTerm.Kind.NODE && !term.set) {
            faults.add(member.pointer(), "Write one object, not a list: { ... }");
            return;
        }
        for (int i = 0; i < value.size() && !faults.isFull(); i++) {
            readValue(node, term, value.get(i), member.pointer() + "/" + i);
        }
    }

    private void readValue(Node node, JsonTerm term, JsonNode value, String pointer) {
        if (term.kind != JsonTerm.Kind.NODE) {
            add(node, term, ValueReader.read(term, value, pointer, faults));
        } else if (value.isObject()) {
            Node child = NodeFactory.createURI(subject.iri() + "#" + pointer);
            add(node, term, child);
            value.properties().forEach(entry -> {
                String inner = Pointers.append(pointer, entry.getKey());
                readMember(child, term.inner, new Member(entry.getKey(), entry.getValue(), inner));
            });
        } else {
            faults.add(pointer, "Write an object: { ... } with " + Suggestions.members(term.inner));
        }
    }

    private void readLanguages(Node node, JsonTerm term, Member member) {
        member.value().properties().forEach(entry -> {
            String pointer = Pointers.append(member.pointer(), entry.getKey());
            JsonNode texts = entry.getValue();
            if (!texts.isArray()) {
                add(node, term, ValueReader.text(entry.getKey(), texts, pointer, faults));
            }
            for (int i = 0; texts.isArray() && i < texts.size(); i++) {
                add(node, term, ValueReader.text(entry.getKey(), texts.get(i), pointer + "/" + i, faults));
            }
        });
    }

    private void readTypes(Node node, JsonScope scope, Member member) {
        boolean agrees = false;
        for (JsonNode type : member.value().isArray() ? member.value() : Set.of(member.value())) {
            Node iri = ValueReader.type(type, scope, member.pointer(), faults);
            agrees |= subject.type().equals(iri);
            if (iri != null) {
                graph.add(Triple.create(node, RDF.Nodes.type, iri));
            }
        }
        if (!agrees && node.getURI().equals(subject.iri())) {
            String name = scope.shortenType(subject.type().getURI());
            faults.add(
                    member.pointer(), "What is sent here is of type \"" + name + "\": write that or leave @type out.");
        }
    }

    private void add(Node node, JsonTerm term, Node value) {
        if (value != null) {
            graph.add(Triple.create(node, term.predicate, value));
        }
    }

    private void require(String expected, JsonNode value, String pointer) {
        if (!value.isTextual() || !value.textValue().equals(expected)) {
            faults.add(pointer, "It does not agree with where it is sent: write \"" + expected + "\" or leave it out.");
        }
    }
}
