// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.RDFS;
import org.mercat.ns.MC;
import org.mercat.rdf.Home;
import org.mercat.rdf.Terms;
import org.mercat.rdf.Vocabularies;

/**
 * The home of a catalogue that knows a collection's terms beside its own: copies of the files of a home and, if the
 * collection has a vocabulary, that as one more file. There it is one ontology, which defines as semantic types all
 * named classes, and all terms that plain offerings and requests use; what it says of them stays, unnamed classes too.
 */
public final class CollectionHome {
    private static final Node ONTOLOGY = NodeFactory.createURI("urn:mercat:evaluation-collection");
    private static final String FILE = "evaluation-collection.ttl";

    /** These say of their subjects and objects that they are classes, or lists of them. */
    private static final List<Node> BETWEEN_CLASSES = List.of(
            RDFS.subClassOf.asNode(), OWL.equivalentClass.asNode(), OWL.intersectionOf.asNode(), OWL.unionOf.asNode());

    private final Terms known;
    private final EvaluationCollection collection;

    private CollectionHome(Terms known, EvaluationCollection collection) {
        this.known = known;
        this.collection = collection;
    }

    /**
     * Writes it.
     *
     * @param folder created if missing
     * @throws IllegalStateException naming the file and the place of an error in the home's vocabularies
     */
    public static void write(Home home, EvaluationCollection collection, Path folder) throws IOException {
        for (String part : List.of("vocabularies", "shapes", "queries")) {
            for (Map.Entry<String, String> file : home.files(part, "").entrySet()) {
                Path copy = folder.resolve(part).resolve(file.getKey());
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, file.getValue());
            }
        }
        if (collection.vocabulary().isPresent()) {
            Terms known = Terms.of(Vocabularies.read(home).byName().values());
            Graph graph = new CollectionHome(known, collection)
                    .ontology(collection.vocabulary().get());
            try (OutputStream out =
                    Files.newOutputStream(folder.resolve("vocabularies").resolve(FILE))) {
                RDFDataMgr.write(out, graph, Lang.NTRIPLES); // which is Turtle, too
            }
        }
    }

    private Graph ontology(Graph vocabulary) {
        Graph ontology = GraphFactory.createDefaultGraph();
        vocabulary
                .find()
                .filterDrop(triple -> triple.getObject().equals(OWL.Ontology.asNode())) // a file is one
                .forEachRemaining(ontology::add);
        ontology.add(ONTOLOGY, RDF.Nodes.type, OWL.Ontology.asNode());
        terms(vocabulary).stream()
                .map(NodeFactory::createURI)
                .filter(term -> !known.isKnown(term))
                .forEach(term -> {
                    ontology.add(term, RDF.Nodes.type, MC.SemanticType);
                    ontology.add(term, RDFS.isDefinedBy.asNode(), ONTOLOGY);
                });
        return ontology;
    }

    private Set<String> terms(Graph vocabulary) {
        Set<String> terms = new TreeSet<>();
        Consumer<Node> add = term -> {
            if (term.isURI() && !isOfLanguage(term)) {
                terms.add(term.getURI());
            }
        };
        for (Node type : List.of(OWL.Class.asNode(), RDFS.Class.asNode())) {
            vocabulary
                    .find(Node.ANY, RDF.Nodes.type, type)
                    .mapWith(Triple::getSubject)
                    .forEachRemaining(add);
        }
        for (Node property : BETWEEN_CLASSES) {
            vocabulary.find(Node.ANY, property, Node.ANY).forEachRemaining(triple -> {
                add.accept(triple.getSubject());
                members(vocabulary, triple.getObject(), add);
            });
        }
        collection
                .offerings()
                .forEach(offering -> List.of("inputs", "outputs")
                        .forEach(member -> offering.path(member).forEach(type -> addIri(type, terms))));
        collection.requests().forEach(request -> {
            terms.addAll(request.inputs());
            terms.addAll(request.outputs());
        });
        return terms;
    }

    private static void addIri(JsonNode type, Set<String> terms) {
        if (type.isTextual()) {
            terms.add(type.textValue());
        }
    }

    /** A class, or the members of a list of them. */
    private static void members(Graph graph, Node node, Consumer<Node> add) {
        Set<Node> seen = new HashSet<>();
        add.accept(node);
        for (Node cell = node; cell.isBlank() && seen.add(cell); ) {
            graph.find(cell, RDF.Nodes.first, Node.ANY)
                    .mapWith(Triple::getObject)
                    .forEachRemaining(add);
            cell = graph.find(cell, RDF.Nodes.rest, Node.ANY)
                    .nextOptional()
                    .map(Triple::getObject)
                    .orElse(RDF.Nodes.nil);
        }
    }

    /** What OWL and RDF Schema themselves define. */
    private static boolean isOfLanguage(Node term) {
        return List.of(OWL.NS, RDFS.uri, RDF.uri).stream().anyMatch(term.getURI()::startsWith);
    }
}
