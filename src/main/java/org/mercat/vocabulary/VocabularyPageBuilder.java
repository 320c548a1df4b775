// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;

/** Gathers what the page of a vocabulary shows. */
final class VocabularyPageBuilder {
    private static final Node PREFIX = NodeFactory.createURI("http://purl.org/vocab/vann/preferredNamespacePrefix");
    private static final Map<String, Node> ALIKE = Map.of(
            "exact", SKOS.exactMatch.asNode(),
            "close", SKOS.closeMatch.asNode(),
            "broader", SKOS.broadMatch.asNode(),
            "narrower", SKOS.narrowMatch.asNode());

    private final Glossary glossary;
    private final VersionArchive archive;
    private final String language;

    VocabularyPageBuilder(Glossary glossary, VersionArchive archive, String language) {
        this.glossary = glossary;
        this.archive = archive;
        this.language = language;
    }

    /** The page of a vocabulary as it is now, or of a namespace. */
    VocabularyPage of(String name) {
        SortedMap<String, Graph> graphs = glossary.graphs(name);
        if (graphs.size() == 1) {
            String only = graphs.firstKey();
            return page(glossary, only, graphs.get(only), "/vocabularies/" + Glossary.encoded(only));
        }
        Graph first = graphs.get(graphs.firstKey());
        String namespace = Glossary.namespace(first).orElse("");
        List<Link> parts = graphs.values().stream()
                .map(graph -> Link.to(glossary, Vocabularies.ontologyOf(graph), language))
                .toList();
        List<Node> terms = terms(glossary, graphs.keySet()::contains);
        return new VocabularyPage(
                name,
                "/vocabularies/" + Glossary.encoded(name),
                namespace.replaceFirst("[#/]$", ""),
                new Text(prefix(first), ""),
                Optional.empty(),
                "",
                false,
                licence(first),
                prefix(first),
                namespace,
                parts,
                List.of(),
                tree(glossary, terms),
                entries(glossary, terms),
                List.of());
    }

    /** The page of a version that was. */
    VocabularyPage of(String name, String version, Graph graph) {
        SortedMap<String, Graph> alone = new TreeMap<>(Map.of(name, graph));
        Glossary then = new Glossary(new Vocabularies(alone), Terms.of(alone.values()));
        return page(then, name, graph, "/vocabularies/" + Glossary.encoded(name) + "/" + Glossary.encoded(version));
    }

    private VocabularyPage page(Glossary of, String name, Graph graph, String path) {
        Node ontology = Vocabularies.ontologyOf(graph);
        String version = VersionArchive.versionOf(graph);
        List<VocabularyPage.Version> versions = versions(name);
        List<Node> terms = terms(of, name::equals);
        return new VocabularyPage(
                name,
                path,
                ontology.getURI(),
                Text.label(graph, ontology, language),
                Text.best(graph, ontology, Text.DEFINITIONS, language),
                version,
                versions.stream()
                        .anyMatch(one -> one.isCurrent() && !one.version().equals(version)),
                licence(graph),
                prefix(graph),
                Glossary.namespace(graph).orElse(""),
                List.of(),
                versions,
                tree(of, terms),
                entries(of, terms),
                alignments(graph));
    }

    /** All that can be read, the newest first. */
    List<VocabularyPage.Version> versions(String name) {
        String now = Optional.ofNullable(glossary.vocabularies().byName().get(name))
                .map(VersionArchive::versionOf)
                .orElse("");
        List<String> all = new ArrayList<>(archive.versions(name));
        if (!now.isEmpty() && !all.contains(now)) {
            all.add(now);
        }
        return all.stream()
                .sorted(new VersionOrder().reversed())
                .map(version -> new VocabularyPage.Version(
                        version,
                        "/vocabularies/" + Glossary.encoded(name) + "/" + Glossary.encoded(version),
                        version.equals(now)))
                .toList();
    }

    private static List<Node> terms(Glossary of, Predicate<String> vocabulary) {
        return of.places().entrySet().stream()
                .filter(entry -> vocabulary.test(entry.getValue().vocabulary()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<TermTree> tree(Glossary of, List<Node> terms) {
        List<TermTree> trees = TermTree.of(of, terms, term -> TermTree.Counted.NONE, language);
        return trees.stream().anyMatch(tree -> !tree.narrower().isEmpty()) ? trees : List.of();
    }

    private List<VocabularyPage.Entry> entries(Glossary of, List<Node> terms) {
        List<VocabularyPage.Entry> entries = new ArrayList<>();
        for (Link link : TermPageBuilder.links(of, terms, language)) {
            Node term = NodeFactory.createURI(link.iri());
            entries.add(new VocabularyPage.Entry(
                    today(of, link),
                    Glossary.localName(link.iri()),
                    of.kind(term),
                    Text.best(of.graph(), term, Text.DEFINITIONS, language),
                    TermPageBuilder.links(of, of.hierarchy().broader(term), language).stream()
                            .map(above -> today(of, above))
                            .toList()));
        }
        return entries;
    }

    /** A term of an earlier version leads to the page that it has today. */
    private Link today(Glossary of, Link link) {
        Node term = NodeFactory.createURI(link.iri());
        return of.place(term).isPresent() && glossary.place(term).isEmpty() ? link.withoutPage() : link;
    }

    private List<VocabularyPage.Alignment> alignments(Graph graph) {
        List<VocabularyPage.Alignment> alignments = new ArrayList<>();
        ALIKE.forEach((how, property) -> graph.find(Node.ANY, property, Node.ANY)
                .filterKeep(triple ->
                        triple.getSubject().isURI() && triple.getObject().isURI())
                .filterDrop(triple -> isOfTerm(graph, triple))
                .forEachRemaining(triple -> alignments.add(new VocabularyPage.Alignment(
                        Link.to(glossary, triple.getSubject(), language),
                        how,
                        Link.to(glossary, triple.getObject(), language)))));
        alignments.sort(Comparator.comparing(
                        (VocabularyPage.Alignment alike) -> alike.one().name())
                .thenComparing(alike -> alike.other().iri()));
        return alignments;
    }

    /** Whether it stands with a term that the same vocabulary defines, whose page tells it. */
    private static boolean isOfTerm(Graph graph, Triple triple) {
        return graph.contains(triple.getSubject(), RDFS.isDefinedBy.asNode(), Node.ANY);
    }

    private static String licence(Graph graph) {
        return graph.find(Vocabularies.ontologyOf(graph), DCTerms.license.asNode(), Node.ANY)
                .mapWith(Triple::getObject)
                .nextOptional()
                .map(licence -> licence.isURI() ? licence.getURI() : licence.getLiteralLexicalForm())
                .orElse("");
    }

    private static String prefix(Graph graph) {
        return Text.all(graph, Vocabularies.ontologyOf(graph), PREFIX).stream()
                .map(Text::text)
                .findFirst()
                .orElse("");
    }
}
