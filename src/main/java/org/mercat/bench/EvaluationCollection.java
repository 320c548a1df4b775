// SPDX-License-Identifier: Apache-2.0
package org.mercat.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.system.ErrorHandlerFactory;

/**
 * A collection to measure search with: a folder of files, of which only the first two must be there.
 *
 * <pre>
 * offerings.jsonl           one object a line: id, title, inputs, outputs ... ; a registration body, or plain IRIs
 * requests.jsonl            one object a line: id, title, description, inputs, outputs, category
 * qrels.txt                 graded judgments, TREC lines: request 0 offering grade
 * qrels-binary.txt          the same with the grades 0 and 1
 * parties.ndjson            organizations and providers, as they are registered
 * vocabulary.nt[.gz]        the terms' hierarchy, where they are not those of the catalogue
 * </pre>
 *
 * @param parties what must be registered before the offerings
 * @param offerings as the file has them: a title is a text or a map by language, inputs and outputs are IRIs or objects
 * @param graded empty if nobody judged, then there is a run and no measure
 * @param binary empty if there is no such file: then what has a grade of 1 or more is relevant
 * @param vocabulary empty if the terms are those of the catalogue
 */
public record EvaluationCollection(
        List<ObjectNode> parties,
        List<ObjectNode> offerings,
        List<EvaluationRequest> requests,
        Optional<Judgments> graded,
        Optional<Judgments> binary,
        Optional<Graph> vocabulary) {
    public EvaluationCollection {
        parties = List.copyOf(parties);
        offerings = List.copyOf(offerings);
        requests = List.copyOf(requests);
    }

    /** @throws IllegalArgumentException naming the file, and the line, of what is wrong or missing */
    public static EvaluationCollection read(Path folder) {
        Path offerings = folder.resolve("offerings.jsonl");
        Path requests = folder.resolve("requests.jsonl");
        return new EvaluationCollection(
                there(folder, "parties.ndjson")
                        .map(EvaluationCollection::bodies)
                        .orElse(List.of()),
                some(offerings, bodies(offerings)),
                some(requests, distinct(requests, EvaluationRequest::of, EvaluationRequest::id)),
                there(folder, "qrels.txt").map(Judgments::read),
                there(folder, "qrels-binary.txt").map(Judgments::read),
                there(folder, "vocabulary.nt")
                        .or(() -> there(folder, "vocabulary.nt.gz"))
                        .map(EvaluationCollection::graph));
    }

    /** What was judged relevant for a request: by the binary judgments if there are any, else with any grade above 0. */
    public Set<String> relevant(String request) {
        return binary.or(() -> graded).orElse(new Judgments(Map.of())).relevant(request, 1);
    }

    private static Optional<Path> there(Path folder, String name) {
        return Optional.of(folder.resolve(name)).filter(Files::exists);
    }

    private static List<ObjectNode> bodies(Path file) {
        return distinct(
                file,
                line -> {
                    ObjectNode body = line.object();
                    if (!body.path("id").isTextual() || body.path("id").asText().isBlank()) {
                        throw line.fault("there is no \"id\": write \"id\": \"acme/parking/free-spaces\".");
                    }
                    return body;
                },
                body -> body.path("id").textValue());
    }

    private static <T> List<T> distinct(Path file, Function<TextLines.Line, T> read, Function<T, String> id) {
        Map<String, Integer> seen = new HashMap<>();
        return TextLines.of(file).stream()
                .map(line -> {
                    T value = read.apply(line);
                    Integer before = seen.putIfAbsent(id.apply(value), line.number());
                    if (before != null) {
                        throw line.fault("line " + before + " has the id \"" + id.apply(value)
                                + "\" too: leave one out or give it another id.");
                    }
                    return value;
                })
                .toList();
    }

    private static <T> List<T> some(Path file, List<T> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(file + " is empty: write one JSON object a line.");
        }
        return values;
    }

    private static Graph graph(Path file) {
        try {
            return RDFParser.source(file.toUri().toString())
                    .errorHandler(ErrorHandlerFactory.errorHandlerSimple())
                    .toGraph();
        } catch (RiotException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage() + " (N-Triples are needed)", e);
        }
    }
}
