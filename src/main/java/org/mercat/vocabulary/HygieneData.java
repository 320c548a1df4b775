// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.mem2.GraphMem2Fast;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.DatasetGraphMapLink;
import org.apache.jena.vocabulary.DCTerms;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.apache.jena.vocabulary.VOID;
import org.mercat.rdf.Home;

/**
 * What hygiene rules are asked of. The default graph is all that is checked; besides there are
 *
 * <ul>
 *   <li>a graph per file, {@code <urn:mercat:file:NAME>};
 *   <li>{@code graph:files}: of each file its prefixes ({@code sh:declare}) and the namespace that most of its terms are
 *       in ({@code void:uriSpace}); it is {@code dcterms:isPartOf graph:own} if it is a file of the catalogue;
 *   <li>{@code graph:own}: the vocabularies of the catalogue, and {@code graph:before}: an earlier state of what is
 *       checked, if one is given;
 *   <li>{@code graph:standard}: the terms of standard vocabularies, with {@code rdfs:isDefinedBy} their namespace, and
 *       {@code graph:prefixes}: which prefixes are usual;
 *   <li>{@code graph:iris}: every IRI of the checked files with its namespace ({@code void:uriSpace}), and how many times
 *       it is a value ({@code void:distinctObjects}), a property ({@code void:properties}) and described ({@code
 *       void:distinctSubjects}), so that no rule has to go through all statements for it;
 *   <li>{@code graph:cycles}: {@code term skos:broader next}, where a ring in a hierarchy begins, and all of it as a text
 *       ({@code rdf:value});
 *   <li>{@code graph:elsewhere}: terms that a file describes ({@code file dcterms:references term}) and does not name,
 *       and the files that do ({@code term void:inDataset file});
 *   <li>{@code graph:shortcuts}: statements ({@code rdf:subject}, {@code rdf:predicate}, {@code rdf:object}) whose parent
 *       is broader than another parent of the same term ({@code rdfs:seeAlso}).
 * </ul>
 */
final class HygieneData {
    private static final String GRAPH = "urn:mercat:graph:";
    private static final Node OWN = graph("own");
    private static final Node SH_DECLARE = sh("declare");
    private static final Node SH_PREFIX = sh("prefix");
    private static final Node SH_NAMESPACE = sh("namespace");

    /** Of the terms of a ring, which may be long. */
    private static final int SHOWN = 8;

    private final DatasetGraph dataset;
    private final Graph files = new GraphMem2Fast();
    private final Graph checked;
    private final Graph own;

    /**
     * @param checked the files that are checked
     * @param own the catalogue's vocabularies; those of them that are checked are the same objects
     * @param before an earlier state
     */
    HygieneData(List<PlacedGraph> checked, Collection<PlacedGraph> own, List<PlacedGraph> before, Home home) {
        this.checked = union(checked);
        this.own = union(own);
        dataset = new DatasetGraphMapLink(this.checked);
        dataset.addGraph(OWN, this.own);
        dataset.addGraph(graph("before"), union(before));
        dataset.addGraph(graph("standard"), StandardTerms.graph());
        dataset.addGraph(graph("prefixes"), prefixes(home));
        dataset.addGraph(graph("files"), files);
        dataset.addGraph(graph("shortcuts"), shortcuts());
        dataset.addGraph(graph("iris"), Iris.of(this.checked));
        dataset.addGraph(graph("elsewhere"), Elsewhere.of(checked, HygieneData::name));
        for (PlacedGraph file : checked) {
            dataset.addGraph(name(file), file.graph());
            describe(file, own.contains(file));
        }
        own.stream().filter(file -> !checked.contains(file)).forEach(file -> addSpace(file, OWN));
    }

    /** Needs the names by which the terms of a ring are shown. */
    void addCycles(Names names) {
        Graph cycles = new GraphMem2Fast();
        for (Cycles.Ring ring : Cycles.of(checked)) {
            cycles.add(ring.first(), SKOS.broader.asNode(), ring.next());
            List<Node> path = ring.path();
            Stream<Node> shown = path.size() <= SHOWN
                    ? path.stream()
                    : Stream.concat(path.stream().limit(SHOWN), Stream.of(ring.first()));
            String text = shown.map(names::of).collect(Collectors.joining(" > "))
                    + (path.size() <= SHOWN ? "" : " (" + (path.size() - 1) + " terms)");
            cycles.add(ring.first(), RDF.value.asNode(), NodeFactory.createLiteralString(text));
        }
        dataset.addGraph(graph("cycles"), cycles);
    }

    private Graph shortcuts() {
        Graph shortcuts = new GraphMem2Fast();
        for (Shortcuts.Shortcut shortcut : Shortcuts.of(checked)) {
            Node statement = NodeFactory.createBlankNode();
            shortcuts.add(statement, RDF.subject.asNode(), shortcut.term());
            shortcuts.add(statement, RDF.predicate.asNode(), shortcut.property());
            shortcuts.add(statement, RDF.object.asNode(), shortcut.far());
            shortcuts.add(statement, RDFS.seeAlso.asNode(), shortcut.near());
        }
        return shortcuts;
    }

    DatasetGraph dataset() {
        return dataset;
    }

    Graph checked() {
        return checked;
    }

    Graph own() {
        return own;
    }

    Graph standard() {
        return dataset.getGraph(graph("standard"));
    }

    /** The graph that a file is. */
    static Node name(PlacedGraph file) {
        return NodeFactory.createURI("urn:mercat:file:" + URLEncoder.encode(file.name(), StandardCharsets.UTF_8));
    }

    private static Graph union(Collection<PlacedGraph> files) {
        if (files.size() == 1) {
            return files.iterator().next().graph();
        }
        Graph union = new GraphMem2Fast();
        files.forEach(file -> file.graph().find().forEachRemaining(union::add));
        return union;
    }

    private static Graph prefixes(Home home) {
        Graph prefixes = new GraphMem2Fast();
        home.files("queries/hygiene", ".ttl")
                .forEach((name, text) -> VocabularyCheck.parse("queries/hygiene/" + name, text, prefixes));
        return prefixes;
    }

    private void describe(PlacedGraph file, boolean isOwn) {
        Node name = name(file);
        add(name, RDF.Nodes.type, VOID.Dataset.asNode());
        if (isOwn) {
            add(name, DCTerms.isPartOf.asNode(), OWN);
        }
        addSpace(file, name);
        file.prefixes().forEach((prefix, declared) -> {
            Node declaration = NodeFactory.createURI(name.getURI() + "#" + prefix);
            add(name, SH_DECLARE, declaration);
            add(declaration, SH_PREFIX, NodeFactory.createLiteralString(prefix));
            add(declaration, SH_NAMESPACE, NodeFactory.createLiteralString(declared.namespace()));
        });
    }

    /**
     * The namespaces in which at least half of the described terms are, if they are not those of standards; a file of few
     * terms may have two or none.
     */
    private void addSpace(PlacedGraph file, Node name) {
        Map<String, Integer> counts = new HashMap<>();
        List<Node> terms = new ArrayList<>();
        file.graph().find(Node.ANY, RDF.Nodes.type, Node.ANY).forEachRemaining(triple -> {
            Node subject = triple.getSubject();
            if (StandardTerms.isTerm(subject) && !isVocabulary(triple.getObject())) {
                terms.add(subject);
                counts.merge(StandardTerms.namespace(subject.getURI()), 1, Integer::sum);
            }
        });
        counts.forEach((space, count) -> {
            if (count * 2 >= terms.size() && !isStandard(space)) {
                add(name, VOID.uriSpace.asNode(), NodeFactory.createLiteralString(space));
            }
        });
    }

    private boolean isStandard(String space) {
        return standard().contains(Node.ANY, RDFS.isDefinedBy.asNode(), NodeFactory.createURI(space));
    }

    private static boolean isVocabulary(Node type) {
        return type.equals(OWL.Ontology.asNode()) || type.equals(SKOS.ConceptScheme.asNode());
    }

    private void add(Node subject, Node property, Node object) {
        files.add(Triple.create(subject, property, object));
    }

    private static Node graph(String name) {
        return NodeFactory.createURI(GRAPH + name);
    }

    private static Node sh(String name) {
        return NodeFactory.createURI("http://www.w3.org/ns/shacl#" + name);
    }
}
