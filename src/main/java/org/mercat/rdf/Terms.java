// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.mem2.GraphMem2Fast;
import org.apache.jena.sparql.graph.NodeConst;
import org.apache.jena.system.G;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.OWL2;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.ns.MC;

/**
 * A snapshot in memory of all vocabularies: the known terms, their labels, their aliases and what replaces them.
 * Immutable, for any number of threads.
 *
 * <p>A term is known when it has {@code rdfs:isDefinedBy}, or when a known one says of it, or it of a known one, that
 * they are the same ({@code skos:exactMatch}, {@code owl:equivalentClass}, {@code owl:equivalentProperty}): such an
 * alias stands for the known term everywhere.
 */
public final class Terms {
    private static final List<Node> SAME =
            List.of(SKOS.exactMatch.asNode(), OWL.equivalentClass.asNode(), OWL.equivalentProperty.asNode());
    private static final List<Node> LABELS = List.of(RDFS.label.asNode(), SKOS.prefLabel.asNode());

    /** What an alias takes over, so that shapes treat it as the known term. */
    private static final List<Node> INHERITED = List.of(
            RDF.type.asNode(),
            MC.valueType,
            OWL2.deprecated.asNode(),
            DCTerms.isReplacedBy.asNode(),
            NodeFactory.createURI("http://qudt.org/schema/qudt/applicableUnit"));

    private final Graph graph = new GraphMem2Fast();
    private final Set<Node> own = new LinkedHashSet<>();
    private final Map<Node, Node> aliases = new LinkedHashMap<>();
    private final Map<Node, Map<String, String>> labels = new HashMap<>();
    private final Map<Node, Set<Node>> types = new ConcurrentHashMap<>();
    private volatile TermIndex index;

    private Terms(Iterable<Graph> vocabularies) {
        vocabularies.forEach(vocabulary -> vocabulary.find().forEachRemaining(graph::add));
        each(Node.ANY, RDFS.isDefinedBy.asNode(), triple -> own.add(triple.getSubject()));
        SAME.forEach(same -> each(Node.ANY, same, this::addAlias));
        aliases.forEach(this::inherit);
        LABELS.forEach(label -> each(Node.ANY, label, this::addLabel));
    }

    /** Takes the vocabularies' files together; later changes of those graphs are not seen. */
    public static Terms of(Iterable<Graph> vocabularies) {
        return new Terms(vocabularies);
    }

    /** The vocabularies, and the aliases with the types of their terms: what shapes are validated with. Read only. */
    public Graph graph() {
        return graph;
    }

    /** Whether some vocabulary defines the term or knows it as an alias. */
    public boolean isKnown(Node term) {
        return own.contains(term) || aliases.containsKey(term);
    }

    /** The term that an alias stands for; every other node is its own. */
    public Node canonical(Node term) {
        return aliases.getOrDefault(term, term);
    }

    /** The label in a language, else in English, else the last part of the IRI. */
    public String label(Node term, String language) {
        Map<String, String> its = labels.getOrDefault(canonical(term), Map.of());
        String english = its.getOrDefault("en", localName(term));
        return its.getOrDefault(language, english);
    }

    /** Whether a term, or the term that an alias stands for, should not be used any longer. */
    public boolean isDeprecated(Node term) {
        return G.contains(graph, term, OWL2.deprecated.asNode(), NodeConst.nodeTrue);
    }

    /** Whether a term is only proposed, and in no vocabulary yet. */
    public boolean isProvisional(Node term) {
        return graph.contains(term, MC.status, Node.ANY);
    }

    /** What to use in place of a deprecated term, if there is anything. */
    public Optional<Node> deprecated(Node term) {
        return isDeprecated(term)
                ? graph.find(term, DCTerms.isReplacedBy.asNode(), Node.ANY)
                        .nextOptional()
                        .map(Triple::getObject)
                : Optional.empty();
    }

    /**
     * The known terms that are most alike to an unknown one, by label and alternative label in every language and by
     * IRI; deprecated terms are not suggested.
     *
     * @param iriOrWord an IRI, compact IRI or plain word
     * @param kind the class of the wanted terms, such as {@code mc:SemanticType}; {@link Node#ANY} for all
     * @param n how many at most
     * @return the best first; empty when nothing is alike
     */
    public List<Suggestion> nearest(String iriOrWord, Node kind, int n) {
        Predicate<Node> allowed = term -> kind.equals(Node.ANY) || typesOf(term).contains(kind);
        return index().nearest(TermName.ofIri(iriOrWord), allowed.and(term -> !isDeprecated(term)), n).stream()
                .map(match -> new Suggestion(match.getKey(), label(match.getKey(), "en"), match.getValue()))
                .toList();
    }

    private void addAlias(Triple same) {
        Node subject = same.getSubject();
        Node object = same.getObject();
        if (own.contains(subject) && object.isURI() && !own.contains(object)) {
            aliases.putIfAbsent(object, subject);
        } else if (own.contains(object) && subject.isURI() && !own.contains(subject)) {
            aliases.putIfAbsent(subject, object);
        }
    }

    private void inherit(Node alias, Node term) {
        for (Node property : INHERITED) {
            graph.find(term, property, Node.ANY)
                    .toList()
                    .forEach(triple -> graph.add(Triple.create(alias, property, triple.getObject())));
        }
    }

    private void addLabel(Triple label) {
        if (label.getObject().isLiteral()) {
            labels.computeIfAbsent(label.getSubject(), term -> new HashMap<>())
                    .put(
                            label.getObject().getLiteralLanguage(),
                            label.getObject().getLiteralLexicalForm());
        }
    }

    private Set<Node> typesOf(Node term) {
        return types.computeIfAbsent(term, its -> G.allTypesOfNodeRDFS(graph, its));
    }

    /** Made when first asked, since most of a start's time would go into it; made twice by chance it is the same. */
    private TermIndex index() {
        if (index == null) {
            index = new TermIndex(names());
        }
        return index;
    }

    private Map<Node, Set<TermName>> names() {
        Map<Node, Set<TermName>> names = new LinkedHashMap<>();
        own.stream().filter(Node::isURI).forEach(term -> {
            Set<TermName> its = names.computeIfAbsent(term, t -> new LinkedHashSet<>());
            its.add(TermName.ofIri(term.getURI()));
            labels.getOrDefault(term, Map.of()).values().forEach(label -> its.add(TermName.ofLabel(label)));
            each(
                    term,
                    SKOS.altLabel.asNode(),
                    label -> its.add(TermName.ofLabel(label.getObject().getLiteralLexicalForm())));
        });
        aliases.forEach((alias, term) -> names.get(term).add(TermName.ofIri(alias.getURI())));
        return names;
    }

    private void each(Node subject, Node property, Consumer<Triple> action) {
        graph.find(subject, property, Node.ANY).toList().forEach(action);
    }

    private static String localName(Node term) {
        String iri = term.toString();
        return iri.substring(Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1);
    }
}
