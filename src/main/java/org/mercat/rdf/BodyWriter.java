// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.vocabulary.RDF;

/** One writing of one graph. */
final class BodyWriter {
    /** Below that, nodes stand on their own instead of within each other; leaves room for what readers allow. */
    private static final int DEEPEST = JsonText.MAX_NESTING / 3;

    private final JsonContext context;
    private final Graph graph;
    private final JsonGenerator out;
    private final ValueWriter values;
    private final boolean childIds;
    private final Set<Node> written = new HashSet<>();
    private final Map<Node, String> labels = new HashMap<>();

    BodyWriter(JsonContext context, Graph graph, JsonGenerator out, boolean childIds) {
        this.context = context;
        this.graph = graph;
        this.out = out;
        this.values = new ValueWriter(out);
        this.childIds = childIds;
    }

    void write(Node resource) throws IOException {
        JsonScope scope = context.scope();
        written.add(resource);
        out.writeStartObject();
        out.writeStringField("@context", context.iri());
        out.writeStringField("@id", resource.getURI());
        writeMembers(resource, new At(scope, resource.getURI() + "#", 0));
        writeUnreached(scope);
        out.writeEndObject();
    }

    /** Where a node is written: with which names, under which IRI's pointer, how deep. */
    private record At(JsonScope scope, String iri, int depth) {
        At child(JsonScope inner, String step) {
            return new At(inner, iri + step, depth + 1);
        }
    }

    private void writeMembers(Node node, At at) throws IOException {
        Map<Node, List<Node>> properties = new HashMap<>();
        graph.find(node, Node.ANY, Node.ANY)
                .forEachRemaining(triple -> properties
                        .computeIfAbsent(triple.getPredicate(), p -> new ArrayList<>(2))
                        .add(triple.getObject()));
        writeTypes(properties.remove(RDF.Nodes.type), at);
        Map<String, List<Node>> others = new TreeMap<>();
        for (JsonTerm term : at.scope().terms()) {
            List<Node> objects = properties.remove(term.predicate);
            if (objects != null) {
                writeTerm(term, objects, at, others);
            }
        }
        properties.forEach((predicate, objects) -> others.put(predicate.getURI(), objects));
        for (Map.Entry<String, List<Node>> other : others.entrySet()) {
            out.writeFieldName(shorten(other.getKey(), at.scope()));
            writeNodes(sorted(other.getValue()), at, other.getKey(), null);
        }
    }

    private void writeTypes(List<Node> types, At at) throws IOException {
        if (types == null) {
            return;
        }
        List<String> names = types.stream()
                .filter(Node::isURI)
                .map(type -> at.scope().shortenType(type.getURI()))
                .sorted()
                .toList();
        if (!names.isEmpty()) {
            out.writeFieldName("@type");
            values.writeTexts(names, false);
        }
        List<Node> odd = types.stream().filter(type -> !type.isURI()).toList();
        if (!odd.isEmpty()) {
            out.writeFieldName(RDF.type.getURI());
            writeNodes(odd, at, RDF.type.getURI(), null);
        }
    }

    /** @param others takes the values that the term cannot express */
    private void writeTerm(JsonTerm term, List<Node> objects, At at, Map<String, List<Node>> others)
            throws IOException {
        List<Node> fitting = new ArrayList<>(objects.size());
        for (Node object : objects) {
            if (ValueWriter.fits(term, object)) {
                fitting.add(object);
            } else {
                others.computeIfAbsent(term.predicate.getURI(), p -> new ArrayList<>())
                        .add(object);
            }
        }
        if (fitting.isEmpty()) {
            return;
        }
        out.writeFieldName(term.name);
        if (term.kind == JsonTerm.Kind.NODE) {
            writeNodes(sorted(fitting), at, "/" + term.name, term);
        } else {
            values.write(term, sorted(fitting));
        }
    }

    /** @param term null outside the context */
    private void writeNodes(List<Node> nodes, At at, String step, JsonTerm term) throws IOException {
        boolean array = nodes.size() > 1 || term != null && term.set;
        JsonScope inner = term == null ? at.scope() : term.inner;
        if (array) {
            out.writeStartArray();
        }
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).isLiteral()) {
                values.writeLiteral(nodes.get(i), at.scope());
            } else {
                writeNode(nodes.get(i), at.child(inner, array ? step + "/" + i : step));
            }
        }
        if (array) {
            out.writeEndArray();
        }
    }

    private void writeNode(Node node, At at) throws IOException {
        boolean known = node.isURI() && node.getURI().equals(at.iri());
        boolean described = graph.contains(node, Node.ANY, Node.ANY);
        boolean whole = described && at.depth() <= DEEPEST && written.add(node);
        boolean named = node.isURI() ? !known || childIds : isShared(node);
        out.writeStartObject();
        if (named || described && !whole) {
            out.writeStringField("@id", name(node, at.scope()));
        }
        if (whole) {
            String iri = node.isURI() && node.getURI().contains("#/") ? node.getURI() : at.iri();
            writeMembers(node, new At(at.scope(), iri, at.depth()));
        }
        out.writeEndObject();
    }

    /** What does not hang on the resource, or hangs too deep. */
    private void writeUnreached(JsonScope scope) throws IOException {
        List<Node> subjects = sorted(graph.find()
                .mapWith(triple -> triple.getSubject())
                .filterDrop(written::contains)
                .toList());
        if (subjects.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("@included");
        for (Node subject : subjects) {
            if (written.add(subject)) {
                out.writeStartObject();
                out.writeStringField("@id", name(subject, scope));
                writeMembers(subject, new At(scope, "", 0));
                out.writeEndObject();
            }
        }
        out.writeEndArray();
    }

    private boolean isShared(Node blank) {
        return graph.find(Node.ANY, Node.ANY, blank).toList().size() > 1;
    }

    private String name(Node node, JsonScope scope) {
        return node.isURI() ? shorten(node.getURI(), scope) : labels.computeIfAbsent(node, b -> "_:b" + labels.size());
    }

    private String shorten(String iri, JsonScope scope) {
        if (context.isAmbiguous(iri)) {
            throw new IllegalArgumentException("<" + iri + "> begins like a prefix of the JSON-LD context");
        }
        return scope.shorten(iri);
    }

    private static List<Node> sorted(List<Node> nodes) {
        return nodes.size() == 1 ? nodes : nodes.stream().sorted(ORDER).toList();
    }

    private static final Comparator<Node> ORDER = Comparator.comparing(Node::toString, Pointers::compare);
}
