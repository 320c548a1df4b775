// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RiotException;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDF;
import org.mercat.http.Caller;
import org.mercat.http.Failure;
import org.mercat.http.FailureException;
import org.mercat.http.Fault;
import org.mercat.http.Registrar;
import org.mercat.rdf.Documents;
import org.mercat.rdf.Resources;
import org.mercat.rdf.Store;
import org.mercat.rdf.Submission;
import org.mercat.rdf.Syntax;
import org.mercat.rdf.Unreadable;

/** Registers what files say, as the operator, with all the checks of REST. */
final class Loader {
    private static final Caller OPERATOR = new Caller("operator", Caller.Role.OPERATOR);

    private final Documents documents;
    private final List<Registrar> registrars;

    /** @param registrars of all collections, those first that others depend on */
    Loader(Documents documents, List<Registrar> registrars) {
        this.documents = documents;
        this.registrars = List.copyOf(registrars);
    }

    /** @param refusals what was not stored and why, a sentence each */
    record Outcome(int stored, List<String> refusals) {}

    Outcome load(Path file) {
        String name = file.getFileName().toString();
        try {
            return name.endsWith(".ndjson")
                    ? lines(Files.readString(file, StandardCharsets.UTF_8))
                    : graphs(RDFDataMgr.loadDatasetGraph(file.toUri().toString()));
        } catch (RiotException e) {
            throw new IllegalArgumentException(
                    file + ": " + e.getMessage() + " (load takes .ndjson, .trig and .nq)", e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** A JSON body a line. */
    Outcome lines(String text) {
        Batch batch = new Batch();
        int number = 0;
        for (String line : text.split("\n")) {
            number++;
            if (!line.isBlank()) {
                byte[] body = line.getBytes(StandardCharsets.UTF_8);
                batch.add("line " + number, () -> {
                    Registrar registrar = registrarOf(documents.checkedJson(body));
                    return new Checked(registrar, documents.read(body, Syntax.JSON, registrar.collection()));
                });
            }
        }
        return batch.finish();
    }

    /** Whether the resource that a JSON body describes is there, whatever its state. */
    boolean isThere(String line) {
        ObjectNode json = documents.checkedJson(line.getBytes(StandardCharsets.UTF_8));
        return registrarOf(json).isThere(json.path("id").asText());
    }

    private Outcome graphs(DatasetGraph dataset) {
        List<Node> names = new ArrayList<>();
        dataset.listGraphNodes().forEachRemaining(names::add);
        names.removeIf(name -> isOurOwn(dataset.getGraph(name), name));
        Batch batch = new Batch();
        names.stream().filter(name -> registrarOf(name).isEmpty()).forEach(batch::refuseForeign);
        names.removeIf(name -> registrarOf(name).isEmpty());
        names.sort(Comparator.comparing(
                name -> registrars.indexOf(registrarOf(name).orElseThrow())));
        for (Node name : names) {
            Registrar registrar = registrarOf(name).orElseThrow();
            batch.add(
                    "<" + name + ">",
                    () -> new Checked(registrar, documents.read(dataset.getGraph(name), registrar.collection(), name)));
        }
        return batch.finish();
    }

    /** What an export has beside resources: vocabularies, the revision, and what was withdrawn. */
    private static boolean isOurOwn(Graph graph, Node name) {
        return graph.contains(name, RDF.Nodes.type, OWL.Ontology.asNode())
                || name.equals(Store.NAME)
                || Resources.isWithdrawn(graph, name);
    }

    private record Checked(Registrar registrar, Submission submission) {}

    /** Stores what was checked, many in a transaction. */
    private static final class Batch {
        private static final int SIZE = 500;

        private final List<String> refusals = new ArrayList<>();
        private final List<String> places = new ArrayList<>();
        private final List<Checked> waiting = new ArrayList<>();
        private int stored;

        void add(String place, Supplier<Checked> source) {
            try {
                Checked checked = source.get();
                checked.registrar.check(OPERATOR, checked.submission);
                boolean other = !waiting.isEmpty() && waiting.get(0).registrar != checked.registrar;
                if (other || waiting.size() == SIZE) {
                    flush();
                }
                waiting.add(checked);
                places.add(place);
            } catch (Unreadable e) {
                refusals.add(place + ": " + e.getMessage());
            } catch (FailureException e) {
                refusals.add(place + ": " + sentence(e.failure()));
            }
        }

        void refuseForeign(Node name) {
            refusals.add("<" + name + ">: no resource of this catalogue has that address; load it with the --base-iri"
                    + " that it was exported with.");
        }

        private void flush() {
            if (waiting.isEmpty()) {
                return;
            }
            var answers = waiting.get(0)
                    .registrar
                    .registerAll(
                            OPERATOR, waiting.stream().map(Checked::submission).toList());
            for (int i = 0; i < answers.size(); i++) {
                try {
                    answers.get(i).join();
                    stored++;
                } catch (CompletionException e) {
                    refusals.add(places.get(i) + ": " + sentence(Registrar.failureOf(e)));
                }
            }
            waiting.clear();
            places.clear();
        }

        Outcome finish() {
            flush();
            return new Outcome(stored, List.copyOf(refusals));
        }
    }

    private static String sentence(Failure failure) {
        return failure.faults().isEmpty() ? failure.detail() : sentence(failure.faults());
    }

    private static String sentence(List<Fault> faults) {
        return String.join(
                "; ",
                faults.stream()
                        .filter(fault -> !"warning".equals(fault.severity()))
                        .map(fault -> (fault.pointer() == null ? "" : fault.pointer() + " ") + fault.message())
                        .toList());
    }

    private Optional<Registrar> registrarOf(Node name) {
        return registrars.stream()
                .filter(r -> r.collection().idOf(name).isPresent())
                .findFirst();
    }

    private Registrar registrarOf(ObjectNode json) {
        String type = json.path("@type").asText("");
        String id = json.path("id").asText("");
        return registrars.stream()
                .filter(r -> type.isEmpty()
                        ? r.collection().isId(id)
                        : r.collection().type().getLocalName().equals(type))
                .findFirst()
                .orElseThrow(() -> new Unreadable(
                        "Neither \"@type\" (Organization, Provider, Consumer, Offering) nor the parts of \"id\" say what this is.",
                        0,
                        0));
    }
}
