// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.system.ErrorHandlerFactory;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.vocabulary.OWL;
import org.apache.jena.vocabulary.RDF;
import org.mercat.rdf.Home;
import org.mercat.rdf.Queries;
import org.mercat.rdf.Shapes;
import org.mercat.rdf.Violation;

/**
 * Checks vocabulary files: their syntax, the shapes in {@code shapes/vocabulary}, and the rules in {@code
 * queries/hygiene}. Nothing is loaded anywhere and nothing is fetched.
 */
public final class VocabularyCheck {
    /** Of one rule; a rule that a steward adds may be slow. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String SHAPES = "vocabulary/";
    private static final Map<Violation.Severity, Severity> SEVERITIES = Map.of(
            Violation.Severity.VIOLATION, Severity.ERROR,
            Violation.Severity.WARNING, Severity.WARNING,
            Violation.Severity.INFO, Severity.NOTE);

    private final Home home;
    private final Shapes shapes;
    private final List<HygieneRule> rules;

    /** Is told what goes on, by more than one thread. */
    public interface Steps {
        /** @param done the part of all work that is done, from 0 to 1 */
        void at(String step, double done);
    }

    /** A rule as reports name it. */
    public record RuleDescription(String name, Severity severity, String summary) {}

    /** @throws IllegalStateException naming the first shape or rule file that cannot be understood */
    public VocabularyCheck(Home home) {
        this.home = home;
        Graph graph = GraphFactory.createDefaultGraph();
        some(home, "shapes/vocabulary", ".ttl")
                .forEach((name, text) -> parse("shapes/vocabulary/" + name, text, graph));
        shapes = Shapes.parse(graph);
        Map<String, String> files = new TreeMap<>();
        some(home, "queries/hygiene", ".rq").forEach((name, text) -> files.put(HygieneRule.FOLDER + name, text));
        rules = Queries.parse(files).all().stream().map(HygieneRule::of).toList();
    }

    /** A check without rules would find that all is well. */
    private static Map<String, String> some(Home home, String folder, String ending) {
        Map<String, String> files = home.files(folder, ending);
        if (files.isEmpty()) {
            throw new IllegalStateException(
                    "There is no " + folder + "/*" + ending + " in --home: copy that folder, too.");
        }
        return files;
    }

    static void parse(String name, String text, Graph into) {
        try {
            RDFParser.fromString(text, Lang.TURTLE)
                    .errorHandler(ErrorHandlerFactory.errorHandlerStrictNoLogging)
                    .parse(into);
        } catch (RiotException e) {
            throw new IllegalStateException(name + ": " + e.getMessage(), e);
        }
    }

    /** The catalogue's own vocabularies: what is checked when nothing else is asked for. */
    public List<Source> ownSources() {
        return some(home, "vocabularies", ".ttl").entrySet().stream()
                .map(file -> new Source(
                        "vocabularies/" + file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** The rules of {@code queries/hygiene}. */
    public List<RuleDescription> rules() {
        return rules.stream()
                .map(rule -> new RuleDescription(rule.name(), rule.severity(), rule.summary()))
                .toList();
    }

    /**
     * Checks files together: a term that one of them uses may be described in another.
     *
     * @param sources what is checked
     * @param before an earlier state of the same files, for what must not change; may be empty
     * @return what is wrong, by file and place
     */
    public List<Finding> check(List<Source> sources, List<Source> before, Steps steps) {
        steps.at("reading", 0);
        List<PlacedReader.Reading> readings =
                sources.parallelStream().map(PlacedReader::read).toList();
        List<Finding> findings = new ArrayList<>();
        readings.forEach(reading -> findings.addAll(reading.findings()));
        List<PlacedGraph> files = readings.stream()
                .filter(PlacedReader.Reading::complete)
                .map(PlacedReader.Reading::file)
                .toList();
        if (!files.isEmpty()) {
            findings.addAll(checkReadable(files, earlier(before), steps));
        }
        return findings.stream().distinct().sorted(Finding.ORDER).toList();
    }

    private static List<PlacedGraph> earlier(List<Source> before) {
        return before.parallelStream()
                .map(PlacedReader::read)
                .map(PlacedReader.Reading::file)
                .toList();
    }

    private List<Finding> checkReadable(List<PlacedGraph> files, List<PlacedGraph> before, Steps steps) {
        List<PlacedGraph> own = own(files);
        Names names = new Names(Stream.of(files, own).flatMap(List::stream).toList());
        HygieneData data = new HygieneData(files, own, before, home);
        data.addCycles(names);
        FindingPlaces places = new FindingPlaces(files, names);
        Set<String> used = files.stream()
                .flatMap(file -> file.prefixes().values().stream())
                .map(PlacedGraph.Prefix::namespace)
                .collect(Collectors.toSet());
        NearMisses nearMisses = new NearMisses(List.of(data.checked(), data.own(), data.standard()), used);
        Map<String, Supplier<List<Finding>>> tasks = new LinkedHashMap<>();
        tasks.put("shapes", () -> validate(data.checked(), places));
        rules.forEach(rule -> tasks.put(rule.name(), () -> run(rule, data, places, nearMisses)));
        AtomicInteger done = new AtomicInteger();
        return List.copyOf(tasks.entrySet()).parallelStream()
                .flatMap(task -> {
                    steps.at(task.getKey(), 0.3 + 0.7 * done.getAndIncrement() / tasks.size());
                    return task.getValue().get().stream();
                })
                .toList();
    }

    private List<Finding> validate(Graph checked, FindingPlaces places) {
        return shapes.validate(checked, GraphFactory.createDefaultGraph()).stream()
                .map(violation -> places.finding(
                        SEVERITIES.get(violation.severity()),
                        violation.shape().getLocalName(),
                        new FindingPlaces.Statement(
                                null,
                                violation.focus(),
                                violation.path().isEmpty() ? null : NodeFactory.createURI(violation.path()),
                                violation.value()),
                        its -> its.of(violation.focus()) + ": " + violation.message()))
                .toList();
    }

    private static List<Finding> run(HygieneRule rule, HygieneData data, FindingPlaces places, NearMisses nearMisses) {
        try {
            return Queries.select(data.dataset(), rule.file().query(), LIMIT, Map.of()).stream()
                    .filter(row -> !row.isEmpty())
                    .map(row -> places.finding(
                            rule.severity(),
                            rule.name(),
                            FindingPlaces.Statement.of(row),
                            its -> rule.message(row, its::of) + suggestion(rule, row, nearMisses, its)))
                    .toList();
        } catch (QueryCancelledException e) {
            return List.of(failed(
                    rule,
                    "This rule took longer than " + LIMIT.toSeconds()
                            + " s and was stopped: look for a join that grows with the square of the terms."));
        } catch (StackOverflowError e) {
            return List.of(
                    failed(
                            rule,
                            "This rule went too deep and was stopped: a property path with + or * cannot follow a long chain."));
        }
    }

    /** About the rule itself. */
    private static Finding failed(HygieneRule rule, String message) {
        return new Finding(
                Severity.ERROR, rule.name(), "queries/" + rule.file().name() + ".rq", Place.UNKNOWN, message);
    }

    private static String suggestion(HygieneRule rule, Binding row, NearMisses nearMisses, Names names) {
        if (rule.suggest().isEmpty()) {
            return "";
        }
        Node unknown = row.get(Var.alloc(rule.suggest()));
        return unknown == null || !unknown.isURI()
                ? ""
                : nearMisses
                        .of(unknown.getURI())
                        .map(iri -> " Did you mean " + names.of(iri) + "?")
                        .orElse("");
    }

    /** The catalogue's vocabularies, where the checked files of the same name and ontology stand for the present ones. */
    private List<PlacedGraph> own(List<PlacedGraph> checked) {
        return ownSources().parallelStream()
                .map(source -> checked.stream()
                        .filter(file -> isNewStateOf(file, source))
                        .findFirst()
                        .orElseGet(() -> PlacedReader.read(source).file()))
                .collect(Collectors.toList());
    }

    private static boolean isNewStateOf(PlacedGraph file, Source source) {
        return new Source(file.name(), new byte[0]).baseName().equals(source.baseName())
                && file
                        .graph()
                        .find(Node.ANY, RDF.Nodes.type, OWL.Ontology.asNode())
                        .mapWith(triple -> triple.getSubject())
                        .filterKeep(Node::isURI)
                        .toList()
                        .stream()
                        .anyMatch(ontology -> new String(source.bytes(), StandardCharsets.UTF_8)
                                .contains("<" + ontology.getURI() + ">"));
    }
}
