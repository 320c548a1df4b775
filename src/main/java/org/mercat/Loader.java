// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RiotException;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDF;
import org.apache.jena.vocabulary.VOID;
import org.mercat.LoadBatch.Checked;
import org.mercat.http.Bodies;
import org.mercat.http.Registrar;
import org.mercat.offering.OfferingBody;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Fault;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;
import org.mercat.rdf.Submission;
import org.mercat.rdf.Syntax;
import org.mercat.rdf.Unreadable;

/**
 * Registers what files say, as the operator, with all the checks of REST. Resources out of an export come back as they
 * were, with their times, and those that were withdrawn stay so.
 */
final class Loader {
    private final Documents documents;
    private final List<Registrar> registrars;
    private final OfferingBody bodies;

    /** @param registrars of all collections, those first that others depend on */
    Loader(Documents documents, List<Registrar> registrars) {
        this.documents = documents;
        this.bodies = new OfferingBody(documents);
        this.registrars = List.copyOf(registrars);
    }

    /**
     * What came of a file.
     *
     * @param stored how many resources are there now as the file says
     * @param refusals what was not stored and why, a sentence each
     */
    record Outcome(int stored, List<String> refusals) {
        /** That of two files. */
        Outcome and(Outcome other) {
            List<String> all = new ArrayList<>(refusals);
            all.addAll(other.refusals);
            return new Outcome(stored + other.stored, List.copyOf(all));
        }
    }

    /**
     * Loads one file, by the ending of its name.
     *
     * @throws IllegalArgumentException if it cannot be parsed, or is the export of a catalogue with another base IRI
     */
    Outcome load(Path file, Progress progress) {
        if (LoadFile.isOne(file)) {
            LoadBatch batch = new LoadBatch(Registrar::registerAll);
            LoadFile.read(
                    file,
                    (lines, done) -> lines.forEach(line -> {
                        add(batch, line);
                        progress.at(line.number(), done);
                    }));
            return batch.finish();
        }
        try {
            DatasetGraph dataset = RDFDataMgr.loadDatasetGraph(file.toUri().toString());
            mustHaveThisBase(file, dataset.getGraph(Store.NAME));
            return graphs(dataset);
        } catch (RiotException e) {
            throw new IllegalArgumentException(
                    file + ": " + e.getMessage() + " (load takes .ndjson, .ndjson.gz, .trig and .nq)", e);
        }
    }

    private void mustHaveThisBase(Path file, Graph store) {
        String here = registrars.get(0).collection().baseIri();
        store.find(Store.NAME, VOID.uriSpace.asNode(), Node.ANY)
                .mapWith(Triple::getObject)
                .filterKeep(Node::isLiteral)
                .mapWith(Node::getLiteralLexicalForm)
                .filterDrop(here::equals)
                .nextOptional()
                .ifPresent(there -> {
                    throw new IllegalArgumentException(file + " was exported from a catalogue with the base IRI "
                            + there + " , and this one has " + here + " : load it into a new folder, with --data DIR"
                            + " --base-iri " + there);
                });
    }

    /** A JSON body a line. */
    Outcome lines(List<String> lines) {
        LoadBatch batch = new LoadBatch(Registrar::registerAll);
        for (int i = 0; i < lines.size(); i++) {
            add(batch, new LoadFile.Line(i + 1, lines.get(i).getBytes(StandardCharsets.UTF_8)));
        }
        return batch.finish();
    }

    /** Registers what one line says. */
    void add(LoadBatch batch, LoadFile.Line line) {
        batch.add(line.place(), () -> {
            Registrar registrar = registrarOf(json(line));
            return new Checked(registrar, documents.read(body(line), Syntax.JSON, registrar.collection()));
        });
    }

    /** @throws Unreadable if it is none, or longer than a body may be */
    ObjectNode json(LoadFile.Line line) {
        if (line.body().length > Bodies.RESOURCE_LIMIT) {
            throw new Unreadable("The line has more than " + Bodies.RESOURCE_LIMIT + " bytes.", 0, 0);
        }
        return documents.checkedJson(line.body());
    }

    /** The body of a line. @throws org.mercat.http.FailureException if it cannot be meant so */
    byte[] body(LoadFile.Line line) {
        return bodies.apply(line.body());
    }

    /** Whether the resource that a JSON body describes is there, whatever its state. */
    boolean isThere(String line) {
        ObjectNode json = documents.checkedJson(line.getBytes(StandardCharsets.UTF_8));
        return registrarOf(json).isThere(json.path("id").asText());
    }

    private Outcome graphs(DatasetGraph dataset) {
        LoadBatch batch = new LoadBatch(Registrar::restoreAll);
        List<Node> names = new ArrayList<>();
        dataset.listGraphNodes().forEachRemaining(name -> {
            if (registrarOf(name).isPresent()) {
                names.add(name);
            } else if (!isOurOwn(dataset.getGraph(name), name)) {
                batch.refuse(
                        "<" + name + ">",
                        "no resource of this catalogue has that address; load it with the --base-iri that it was exported with.");
            }
        });
        names.sort(Comparator.comparingInt(name -> turn(dataset.getGraph(name), name)));
        names.forEach(name -> batch.add("<" + name + ">", () -> checked(dataset.getGraph(name), name)));
        return batch.finish();
    }

    /** What an export has beside resources: vocabularies, which come with the program, and the revision. */
    private static boolean isOurOwn(Graph graph, Node name) {
        return graph.contains(name, RDF.Nodes.type, OWL.Ontology.asNode()) || name.equals(Store.NAME);
    }

    /** What was withdrawn goes first, before what it hung on; then what is there comes, after what it hangs on. */
    private int turn(Graph graph, Node name) {
        int place = registrars.indexOf(registrarOf(name).orElseThrow());
        return Resources.isWithdrawn(graph, name) ? -1 - place : place;
    }

    private Checked checked(Graph graph, Node name) {
        Registrar registrar = registrarOf(name).orElseThrow();
        return new Checked(
                registrar,
                Resources.isWithdrawn(graph, name)
                        ? new Submission(name, graph, (focus, path, value, message) -> new Fault("", 0, 0, message))
                        : documents.read(graph, registrar.collection(), name));
    }

    private Optional<Registrar> registrarOf(Node name) {
        return registrars.stream()
                .filter(r -> r.collection().idOf(name).isPresent())
                .findFirst();
    }

    /** Who registers what a JSON body describes. @throws Unreadable if that cannot be told */
    Registrar registrarOf(ObjectNode json) {
        String type = json.path("@type").asText("");
        String id = json.path("id").asText("");
        return registrars.stream()
                .filter(r -> type.isEmpty()
                        ? r.collection().isId(id)
                        : r.collection().type().getLocalName().equals(type))
                .findFirst()
                .orElseThrow(() -> new Unreadable(
                        "Neither \"@type\" (Organization, Provider, Consumer, Proposal, Offering, Demand) nor the parts of \"id\" say what this is.",
                        0,
                        0));
    }
}
