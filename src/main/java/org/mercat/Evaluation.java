// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.jena.query.Query;
import org.mercat.bench.CollectionBodies;
import org.mercat.bench.CollectionHome;
import org.mercat.bench.EvaluationCollection;
import org.mercat.bench.EvaluationRequest;
import org.mercat.bench.EvaluationResult;
import org.mercat.bench.TrecRun;
import org.mercat.http.FailureException;
import org.mercat.rdf.Home;
import org.mercat.sparql.Limits;

/**
 * Measures search by a collection, in a catalogue of its own in a temporary folder: what the collection has is registered
 * and indexed as a provider's offerings are, and each request is a SPARQL query with {@code mc:search}.
 *
 * <p>A request asks for its title and description as text, and for its outputs, inputs and category; with the degree
 * {@code fail}, so that nothing is left out and all is ranked. A search takes 1,000 characters of text: what is longer
 * is cut where a word ends. It gives 10,000 offerings: of a larger collection the others count as not found.
 */
final class Evaluation {
    private static final String BASE = "http://localhost/";
    private static final int MOST_OFFERINGS = 10_000;
    private static final int LONGEST_TEXT = 1_000;
    private static final Pattern LINE = Pattern.compile("^line (\\d+): ");

    private final Catalogue catalogue;
    private final EvaluationCollection collection;
    private final CollectionBodies bodies;

    private Evaluation(Catalogue catalogue, EvaluationCollection collection) {
        this.catalogue = catalogue;
        this.collection = collection;
        this.bodies = CollectionBodies.of(collection);
    }

    /**
     * Runs all requests, each twice: the first time warms up, the second one is measured.
     *
     * @param place a folder is made here, and deleted at the end
     * @throws IllegalArgumentException saying which offering or request the catalogue refuses, and why
     */
    static EvaluationResult run(EvaluationCollection collection, Home home, Path place) throws IOException {
        Path folder = Files.createTempDirectory(place, "mercat-evaluate-");
        try {
            CollectionHome.write(home, collection, folder.resolve("home"));
            Config config = new Config(
                    Optional.of(folder.resolve("home")),
                    folder.resolve("data"),
                    "127.0.0.1",
                    0,
                    BASE,
                    false,
                    Optional.empty(),
                    Limits.DEFAULT,
                    false,
                    Config.DEFAULT_COMMENT_PERIOD);
            try (Catalogue catalogue = Catalogue.open(config)) {
                return new Evaluation(catalogue, collection).result();
            }
        } finally {
            delete(folder);
        }
    }

    /** Deletes a folder and all that is in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private EvaluationResult result() {
        register(
                "parties.ndjson",
                bodies.parties(),
                i -> bodies.parties().get(i).path("id").asText());
        register(
                "offerings.jsonl",
                bodies.offerings(),
                i -> collection.offerings().get(i).path("id").asText());
        collection.requests().forEach(this::answer);
        return new EvaluationResult(
                collection.requests().stream().map(this::answer).toList());
    }

    private void register(String file, List<ObjectNode> bodies, IntFunction<String> id) {
        Loader.Outcome outcome = catalogue
                .loader()
                .lines(bodies.stream().map(ObjectNode::toString).toList());
        if (!outcome.refusals().isEmpty()) {
            String first = outcome.refusals().get(0);
            Matcher line = LINE.matcher(first);
            String named = line.find()
                    ? "\"" + id.apply(Integer.parseInt(line.group(1)) - 1) + "\": " + first.substring(line.end())
                    : first;
            throw new IllegalArgumentException(
                    outcome.refusals().size() + " of " + file + " are refused, the first is " + named);
        }
    }

    private EvaluationResult.Answer answer(EvaluationRequest request) {
        try {
            long begin = System.nanoTime();
            Query query = catalogue.engine().query(parameters(request), MOST_OFFERINGS);
            List<TrecRun.Hit> ranking = ranking(query);
            double milliseconds = (System.nanoTime() - begin) / 1e6;
            return EvaluationResult.Answer.of(collection, request.id(), ranking, milliseconds);
        } catch (FailureException e) {
            throw new IllegalArgumentException(
                    "requests.jsonl, \"" + request.id() + "\": " + LoadBatch.sentence(e.failure()), e);
        }
    }

    private static Map<String, List<String>> parameters(EvaluationRequest request) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        parameters.put(
                "text",
                List.of(shortened(request.title()
                        + request.description().map(more -> " " + more).orElse(""))));
        parameters.put("output", request.outputs());
        parameters.put("input", request.inputs());
        parameters.put("category", request.category().stream().toList());
        parameters.put("degree", List.of("fail"));
        return parameters;
    }

    static String shortened(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        int end = text.lastIndexOf(' ', LONGEST_TEXT);
        return text.substring(0, end > 0 ? end : LONGEST_TEXT);
    }

    private List<TrecRun.Hit> ranking(Query query) {
        return catalogue.select(query).stream()
                .map(row -> new TrecRun.Hit(
                        idOf(row.get("offering").getURI()),
                        Double.parseDouble(row.get("score").getLiteralLexicalForm())))
                .toList();
    }

    private String idOf(String offering) {
        return bodies.ids().get(offering.substring((BASE + "offerings/").length()));
    }
}
