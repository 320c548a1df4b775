// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.rdf.Vocabularies;
import org.mercat.search.TermUsage;

/** Gathers what a term's page shows. */
final class TermPageBuilder {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_OFFERINGS = 5;

    /** By kind the member of an offering's JSON that a term of that kind is a value of. */
    private static final Map<TermKind, String> MEMBERS = Map.of(
            TermKind.CATEGORY, "category",
            TermKind.SEGMENT, "segment",
            TermKind.SEMANTIC_TYPE, "semanticType",
            TermKind.UNIT, "unit",
            TermKind.LICENCE, "licence");

    private final Supplier<TermUsage> usage;
    private final Function<Map<String, List<String>>, List<byte[]>> offerings;
    private final TermHistory history;

    /** @param offerings that a search finds, as JSON, by the parameters of the search */
    TermPageBuilder(
            Supplier<TermUsage> usage,
            Function<Map<String, List<String>>, List<byte[]>> offerings,
            TermHistory history) {
        this.usage = usage;
        this.offerings = offerings;
        this.history = history;
    }

    /** @param place of the term */
    TermPage of(Glossary glossary, Node term, Glossary.Place place, String language) {
        Graph graph = glossary.graph();
        Graph vocabulary = glossary.vocabularies().byName().get(place.vocabulary());
        TermProperties properties = new TermProperties(glossary, language);
        List<TermUsage.Use> uses = usage.get().of(term);
        TermKind kind = glossary.kind(term);
        return new TermPage(
                Link.to(glossary, term, language),
                glossary.place(term).map(Glossary.Place::path).orElse(""),
                kind,
                Link.to(glossary, Vocabularies.ontologyOf(vocabulary), language),
                VersionArchive.versionOf(vocabulary),
                Text.LABELS.stream()
                        .flatMap(label -> Text.all(graph, term, label).stream())
                        .distinct()
                        .toList(),
                Text.all(graph, term, SKOS.altLabel.asNode()),
                Text.best(graph, term, Text.DEFINITIONS, language),
                Stream.of(SKOS.scopeNote, SKOS.note, SKOS.changeNote)
                        .flatMap(note -> Text.all(graph, term, note.asNode()).stream())
                        .toList(),
                Text.all(graph, term, SKOS.example.asNode()),
                MEMBERS.containsKey(kind)
                        ? "\"" + MEMBERS.get(kind) + "\": \""
                                + (glossary.terms().isProvisional(term) ? term.getURI() : place.name()) + "\""
                        : "",
                links(glossary, objects(graph, term, DCTerms.isReplacedBy.asNode()), language),
                glossary.hierarchy().paths(term).stream()
                        .map(path -> path.stream()
                                .map(step -> Link.to(glossary, step, language))
                                .toList())
                        .toList(),
                links(glossary, glossary.hierarchy().narrower(term), language),
                properties.of(term),
                properties.alignments(term),
                uses,
                offerings(term, uses, language),
                history.of(glossary, term, place.vocabulary()));
    }

    private static List<Node> objects(Graph graph, Node subject, Node property) {
        return graph.find(subject, property, Node.ANY)
                .mapWith(Triple::getObject)
                .filterKeep(Node::isURI)
                .toList();
    }

    /** In the order in which the readers of a language look for them. */
    static List<Link> links(Glossary glossary, Collection<Node> terms, String language) {
        Collator order = Collator.getInstance(Locale.forLanguageTag(language));
        return terms.stream()
                .map(term -> Link.to(glossary, term, language))
                .sorted(Comparator.comparing((Link link) -> link.label().text(), order)
                        .thenComparing(Link::iri))
                .toList();
    }

    private List<TermPage.Offering> offerings(Node term, List<TermUsage.Use> uses, String language) {
        if (uses.isEmpty()) {
            return List.of();
        }
        Map<String, List<String>> search = Map.of(
                uses.get(0).parameter(), List.of(term.getURI()), "limit", List.of(Integer.toString(MOST_OFFERINGS)));
        List<TermPage.Offering> found = new ArrayList<>();
        for (byte[] json : offerings.apply(search)) {
            found.add(offering(json, language));
        }
        return found;
    }

    private static TermPage.Offering offering(byte[] json, String language) {
        try {
            JsonNode offering = JSON.readTree(json);
            JsonNode title = offering.path("title");
            String spoken = title.has(language)
                    ? language
                    : title.has("en") || !title.fieldNames().hasNext()
                            ? "en"
                            : title.fieldNames().next();
            String text =
                    title.isTextual() ? title.asText() : title.path(spoken).asText();
            String id = offering.path("id").asText();
            return new TermPage.Offering(new Text(text.isEmpty() ? id : text, spoken), "/offerings/" + id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
