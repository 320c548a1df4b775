// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;

/**
 * One state of the vocabularies, arranged for those who read about them: which vocabulary each term is of, and where its
 * page is. Immutable, for any number of threads.
 */
final class Glossary {
    private static final Node NAMESPACE = NodeFactory.createURI("http://purl.org/vocab/vann/preferredNamespaceUri");

    private final Vocabularies vocabularies;
    private final Terms terms;
    private final Hierarchy hierarchy;
    private final TermSearch search;
    private final Map<Node, Place> places = new LinkedHashMap<>();
    private final Map<Place, Node> byPlace = new HashMap<>();
    private final Map<Place, Node> moved = new HashMap<>();
    private final Map<Node, Set<TermKind>> kinds = new ConcurrentHashMap<>();
    private final Map<Node, String> ontologies = new HashMap<>();
    private final Map<VocabularyDump, byte[]> dumps = new ConcurrentHashMap<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Map<String, String> prefixes;
    private final SortedMap<String, List<String>> namespaces = new TreeMap<>();

    /**
     * Where a term is.
     *
     * @param vocabulary name of its vocabulary
     * @param name last part of its IRI; in a namespace with several levels all of them, with {@code :} between
     */
    record Place(String vocabulary, String name) {
        /** Of its page. */
        String path() {
            return "/terms/" + encoded(vocabulary) + "/" + encoded(name).replace("%3A", ":");
        }
    }

    Glossary(Vocabularies vocabularies, Terms terms) {
        this.vocabularies = vocabularies;
        this.terms = terms;
        this.prefixes = VocabularyPlace.prefixes(vocabularies.byName().values());
        this.hierarchy = new Hierarchy(terms.graph());
        vocabularies.byName().forEach((name, graph) -> {
            ontologies.putIfAbsent(Vocabularies.ontologyOf(graph), name);
            String namespace = namespace(graph).orElse("");
            graph
                    .find(Node.ANY, RDFS.isDefinedBy.asNode(), Node.ANY)
                    .mapWith(triple -> triple.getSubject())
                    .filterKeep(Node::isURI)
                    .toList()
                    .stream()
                    .sorted(Comparator.comparing((Node term) -> !term.getURI().startsWith(namespace))
                            .thenComparing(Node::getURI))
                    .forEach(term -> put(term, new Place(name, nameIn(namespace, term.getURI()))));
            graph.find(Node.ANY, SKOS.exactMatch.asNode(), Node.ANY)
                    .mapWith(triple -> triple.getSubject())
                    .filterKeep(alias -> !namespace.isEmpty()
                            && alias.toString().startsWith(namespace)
                            && !terms.canonical(alias).equals(alias))
                    .forEachRemaining(alias ->
                            moved.put(new Place(name, nameIn(namespace, alias.getURI())), terms.canonical(alias)));
            namespaceOf(graph)
                    .ifPresent(shared -> namespaces
                            .computeIfAbsent(shared, key -> new ArrayList<>())
                            .add(name));
        });
        namespaces.keySet().removeAll(vocabularies.byName().keySet());
        this.search = new TermSearch(this);
    }

    /** Gives the state that there is now, made anew when the vocabularies have changed. */
    static Supplier<Glossary> following(Supplier<Vocabularies> vocabularies, Supplier<Terms> terms) {
        return new Supplier<>() {
            private volatile Glossary last;

            @Override
            public Glossary get() {
                Terms now = terms.get();
                Glossary known = last;
                if (known == null || known.terms != now) {
                    known = new Glossary(vocabularies.get(), now);
                    last = known; // made twice by chance it is the same
                }
                return known;
            }
        };
    }

    static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The last part of an IRI that is not empty. */
    static String localName(String iri) {
        String whole = iri.replaceFirst("[#/]+$", "");
        return whole.substring(Math.max(whole.lastIndexOf('#'), whole.lastIndexOf('/')) + 1);
    }

    private static String nameIn(String namespace, String iri) {
        String rest = iri.startsWith(namespace) ? iri.substring(namespace.length()) : "";
        return namespace.isEmpty() || !rest.matches("[^/#]+(/[^/#]+)+") ? localName(iri) : rest.replace('/', ':');
    }

    /** Of two terms with one name the one in the namespace has the page; the other one is found by its IRI alone. */
    private void put(Node term, Place place) {
        if (!places.containsKey(term) && byPlace.putIfAbsent(place, term) == null) {
            places.put(term, place);
        }
    }

    /** The last part of the namespace that a vocabulary shares with others whose IRIs are below it. */
    private static Optional<String> namespaceOf(Graph graph) {
        return namespace(graph)
                .map(namespace -> namespace.replaceFirst("[#/]$", ""))
                .filter(namespace -> Vocabularies.ontologyOf(graph).getURI().startsWith(namespace + "/"))
                .map(namespace -> namespace.substring(namespace.lastIndexOf('/') + 1));
    }

    /** Where the names of a vocabulary's terms begin, if it says so. */
    static Optional<String> namespace(Graph vocabulary) {
        return Text.all(vocabulary, Vocabularies.ontologyOf(vocabulary), NAMESPACE).stream()
                .map(Text::text)
                .findFirst();
    }

    Vocabularies vocabularies() {
        return vocabularies;
    }

    Terms terms() {
        return terms;
    }

    Graph graph() {
        return terms.graph();
    }

    Hierarchy hierarchy() {
        return hierarchy;
    }

    TermSearch search() {
        return search;
    }

    /** Every term that a vocabulary defines, with its place. */
    Map<Node, Place> places() {
        return places;
    }

    Optional<Place> place(Node term) {
        return Optional.ofNullable(places.get(term));
    }

    /** Where a term belongs that has no page: another one has its name. */
    Optional<Place> home(Node term) {
        return graph().find(term, RDFS.isDefinedBy.asNode(), Node.ANY)
                .mapWith(triple -> ontologies.get(triple.getObject()))
                .filterKeep(Objects::nonNull)
                .nextOptional()
                .map(vocabulary -> new Place(vocabulary, localName(term.getURI())));
    }

    Optional<Node> term(String vocabulary, String name) {
        return Optional.ofNullable(byPlace.get(new Place(vocabulary, name)));
    }

    /** What a term of a vocabulary has become, of which that only says that it is now the same as another one. */
    Optional<Node> moved(String vocabulary, String name) {
        return Optional.ofNullable(moved.get(new Place(vocabulary, name)));
    }

    Set<TermKind> kinds(Node term) {
        return kinds.computeIfAbsent(term, its -> TermKind.of(graph(), its));
    }

    /** An IRI as people write it: with a prefix of the vocabularies where there is one. */
    String name(String iri) {
        return names.computeIfAbsent(
                iri, its -> new Prefixes(prefixes).name(its).replaceAll("^<|>$", ""));
    }

    /** Namespace by prefix, as the vocabularies bind them. */
    Map<String, String> prefixes() {
        return prefixes;
    }

    /** All vocabularies in one document, which takes long to write and is the same until they change. */
    byte[] dump(VocabularyDump form) {
        return dumps.computeIfAbsent(form, its -> its.write(vocabularies));
    }

    /** What a term mainly is. */
    TermKind kind(Node term) {
        return kinds(term).iterator().next();
    }

    /** The name of the vocabulary that an ontology is. */
    Optional<String> vocabulary(Node ontology) {
        return Optional.ofNullable(ontologies.get(ontology));
    }

    /** By the name of a namespace that several vocabularies share, such as {@code datatypes}, their names. */
    SortedMap<String, List<String>> namespaces() {
        return namespaces;
    }

    /** Whether there is a vocabulary, or a namespace of several, of that name. */
    boolean has(String name) {
        return vocabularies.byName().containsKey(name) || namespaces.containsKey(name);
    }

    /** The vocabularies of a name: one, or those that share the namespace. */
    SortedMap<String, Graph> graphs(String name) {
        SortedMap<String, Graph> graphs = new TreeMap<>(vocabularies.byName());
        graphs.keySet().retainAll(namespaces.getOrDefault(name, List.of(name)));
        return graphs;
    }

    /** All that some graphs say, with their prefixes. */
    static Graph union(Iterable<Graph> graphs) {
        Graph union = GraphFactory.createDefaultGraph();
        graphs.forEach(graph -> {
            graph.find().forEachRemaining(union::add);
            union.getPrefixMapping().setNsPrefixes(graph.getPrefixMapping());
        });
        return union;
    }
}
