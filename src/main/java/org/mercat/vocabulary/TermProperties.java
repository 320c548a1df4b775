// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;

/** What a page tells of a term beside its names and its place: by a word for each property, in the order of the page. */
final class TermProperties {
    private static final Map<String, List<String>> SAID = new LinkedHashMap<>();
    private static final Map<String, List<String>> SAID_BY_OTHERS = new LinkedHashMap<>();
    private static final Map<String, List<String>> ALIKE = new LinkedHashMap<>();
    private static final Map<String, List<String>> ALIKE_BY_OTHERS = new LinkedHashMap<>();

    /** Of these the actions of the rules are told. */
    private static final Set<String> RULES = Set.of("permits", "forbids", "demands");

    static {
        SAID.put("valueType", List.of("mc:valueType"));
        SAID.put("unit", List.of("qudt:applicableUnit"));
        SAID.put("quantity", List.of("qudt:hasQuantityKind"));
        SAID.put("symbol", List.of("qudt:symbol"));
        SAID.put("multiplier", List.of("qudt:conversionMultiplier"));
        SAID.put("offset", List.of("qudt:conversionOffset"));
        SAID.put("domain", List.of("schema:domainIncludes", "rdfs:domain"));
        SAID.put("range", List.of("schema:rangeIncludes", "rdfs:range"));
        SAID.put("permits", List.of("odrl:permission"));
        SAID.put("forbids", List.of("odrl:prohibition"));
        SAID.put("demands", List.of("odrl:permission", "odrl:duty"));
        SAID.put("text", List.of("schema:url"));
        SAID.put("seeAlso", List.of("rdfs:seeAlso", "skos:related"));
        SAID_BY_OTHERS.put("unitOf", List.of("qudt:applicableUnit"));
        SAID_BY_OTHERS.put("properties", List.of("schema:domainIncludes", "rdfs:domain"));
        ALIKE.put("exact", List.of("skos:exactMatch", "owl:equivalentClass", "owl:equivalentProperty"));
        ALIKE.put("close", List.of("skos:closeMatch"));
        ALIKE.put("broader", List.of("skos:broadMatch"));
        ALIKE.put("narrower", List.of("skos:narrowMatch"));
        ALIKE.put("related", List.of("skos:relatedMatch"));
        ALIKE_BY_OTHERS.putAll(ALIKE);
        ALIKE_BY_OTHERS.put("broader", List.of("skos:narrowMatch"));
        ALIKE_BY_OTHERS.put("narrower", List.of("skos:broadMatch"));
    }

    private final Glossary glossary;
    private final Graph graph;
    private final String language;

    TermProperties(Glossary glossary, String language) {
        this.glossary = glossary;
        this.graph = glossary.graph();
        this.language = language;
    }

    /** What is said of a term. */
    List<TermPage.Property> of(Node term) {
        List<TermPage.Property> properties = new ArrayList<>();
        if (glossary.kind(term) == TermKind.VALUE) {
            add(properties, "type", objects(term, List.of("rdf:type")));
        }
        SAID.forEach((word, names) ->
                add(properties, word, RULES.contains(word) ? actions(term, names) : objects(term, names)));
        SAID_BY_OTHERS.forEach((word, names) -> add(properties, word, ours(names, term)));
        if (glossary.kind(term) == TermKind.CLASS) {
            add(properties, "values", ours(List.of("rdf:type"), term));
        }
        return properties;
    }

    /** What terms of others a term is like. */
    List<TermPage.Property> alignments(Node term) {
        List<TermPage.Property> alignments = new ArrayList<>();
        ALIKE.forEach((word, names) -> {
            Set<Node> others = objects(term, names);
            others.addAll(subjects(ALIKE_BY_OTHERS.get(word), term));
            add(alignments, word, others);
        });
        return alignments;
    }

    private void add(List<TermPage.Property> properties, String word, Set<Node> values) {
        List<Link> links = values.stream()
                .filter(Node::isURI)
                .map(value -> link(word, value))
                .sorted(Comparator.comparing(link -> link.label().text()))
                .toList();
        List<String> literals = values.stream()
                .filter(Node::isLiteral)
                .map(Node::getLiteralLexicalForm)
                .sorted()
                .toList();
        if (!links.isEmpty() || !literals.isEmpty()) {
            properties.add(new TermPage.Property(word, links, literals));
        }
    }

    /** A document has no name but its address. */
    private Link link(String word, Node value) {
        Link link = Link.to(glossary, value, language);
        return word.equals("text")
                ? new Link(new Text(link.iri(), ""), link.iri(), link.name(), link.href(), link.isForeign(), false)
                : link;
    }

    private Set<Node> objects(Node subject, List<String> properties) {
        Set<Node> objects = new LinkedHashSet<>();
        properties.forEach(property -> graph.find(subject, node(property), Node.ANY)
                .mapWith(Triple::getObject)
                .forEachRemaining(objects::add));
        return objects;
    }

    private Set<Node> subjects(List<String> properties, Node object) {
        Set<Node> subjects = new LinkedHashSet<>();
        properties.forEach(property -> graph.find(Node.ANY, node(property), object)
                .mapWith(Triple::getSubject)
                .forEachRemaining(subjects::add));
        return subjects;
    }

    /** Of our terms alone: aliases say what their terms say. */
    private Set<Node> ours(List<String> properties, Node object) {
        Set<Node> subjects = subjects(properties, object);
        subjects.removeIf(subject -> glossary.place(subject).isEmpty());
        return subjects;
    }

    /** What the rules at the end of a path are about. */
    private Set<Node> actions(Node term, List<String> path) {
        Set<Node> rules = Set.of(term);
        for (String property : path) {
            Set<Node> next = new LinkedHashSet<>();
            rules.forEach(rule -> next.addAll(objects(rule, List.of(property))));
            rules = next;
        }
        Set<Node> actions = new LinkedHashSet<>();
        rules.forEach(rule -> actions.addAll(objects(rule, List.of("odrl:action"))));
        return actions;
    }

    private static Node node(String name) {
        return NodeFactory.createURI(Prefixes.usual(name));
    }
}
