// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.query.QueryExecException;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.mercat.ns.MC;
import org.mercat.search.SearchEngine;

/** Every file of the query library: its header, its terms, and its rows on the data beside it. */
class QueryFilesTest {
    private static final Path RESULTS = Path.of("src/test/resources/queries");
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String BASE = "http://example.org/";
    private static final Home HOME = new Home(Optional.of(Path.of(".")));
    private static final Queries QUERIES = Queries.parse(HOME.files("queries", ".rq"));
    private static final Map<Path, Searched> DATA = new LinkedHashMap<>();
    private static final List<String> HOSTILE = List.of(
            "",
            "\" } UNION { ?offering ?p ?o } #",
            "x> ?p ?o . ?offering ?q <y",
            "' ; DROP ALL",
            "?offering",
            "{ ?s ?p ?o }",
            "\\\" \\u0022 ) || true",
            "a\nb\r\0",
            "%00",
            "\uD800",
            "\u202E",
            "*",
            ".*",
            "1e999999999",
            "NaN",
            "-1",
            "<http://example.org/>",
            "http://example.org/a b",
            "javascript:alert(1)",
            "x".repeat(100_000));

    @TempDir
    static Path folder;

    @TestFactory
    Stream<DynamicTest> each_file_is_what_its_header_says() {
        return each(file -> {
            assertThat(file.summary()).isNotBlank();
            assertThat(file.description()).isNotBlank().isNotEqualTo(file.summary());
            assertThat(file.audience()).isNotBlank();
            assertThat(file.query().isSelectType()).isTrue();
            String text = source(file).replaceAll("(?m)^#.*$", "");
            for (QueryFile.Parameter parameter : file.parameters()) {
                assertThat(text).containsPattern("\\?" + parameter.name() + "\\b");
                assertThat(parameter.fallback()).as("default of " + parameter).isPresent();
            }
            assertThat(file.query().getResultVars().stream().filter(names(file)::contains))
                    .isEmpty();
            if (!isRule(file)) { // which find what is missing, whichever it is
                List<String> once = new ArrayList<>(names(file));
                once.add("element"); // whichever it is
                assertThat(once).as("variables used once").containsAll(lonely(text));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> each_files_own_terms_are_in_the_vocabularies() {
        Collection<Graph> known = Vocabularies.read(HOME).byName().values();
        return each(file -> {
            Pattern own = Pattern.compile("https://w3id\\.org/mercat/[a-z]+#[A-Za-z0-9_.-]+");
            Stream.of(file.query().serialize(), file.bind(Map.of()).toString(), expanded(file))
                    .flatMap(text -> own.matcher(text).results())
                    .map(match -> NodeFactory.createURI(match.group()))
                    .forEach(term -> assertThat(known)
                            .as(term.getURI())
                            .anyMatch(graph -> graph.contains(term, Node.ANY, Node.ANY)));
        });
    }

    /** The rules of hygiene are asked of other data: org.mercat.vocabulary.HygieneRulesTest. */
    @TestFactory
    Stream<DynamicTest> each_file_gives_exactly_the_expected_rows() {
        return each(QUERIES.all().stream().filter(file -> !isRule(file)), file -> {
            Expected expected = Expected.of(file);
            List<String> rows = rows(file, expected.values());
            if (file.query().getOrderBy() == null) {
                assertThat(rows).containsExactlyInAnyOrderElementsOf(expected.rows());
            } else {
                assertThat(rows).containsExactlyElementsOf(expected.rows());
            }
            assertThat(rows).isNotEmpty();
        });
    }

    @TestFactory
    Stream<DynamicTest> hostile_values_are_values_and_nothing_else() {
        return each(QUERIES.all().stream().filter(file -> !file.parameters().isEmpty()), file -> {
            int every = (int) RDFParser.source(data(file)).toDataset().asDatasetGraph().stream()
                    .map(Quad::getSubject)
                    .distinct()
                    .count();
            for (QueryFile.Parameter parameter : file.parameters()) {
                for (String hostile : HOSTILE) {
                    Map<String, Node> values = new HashMap<>(Expected.of(file).values());
                    values.put(parameter.name(), NodeFactory.createLiteralString(hostile));
                    if (parameter.type() == ParameterType.STRING) {
                        assertThat(rowsOrRefusal(file, values)).hasSizeLessThanOrEqualTo(every);
                        assertThat(file.bind(values).toString()).doesNotContain("\n} #");
                    } else {
                        assertThatThrownBy(() -> file.bind(values)).isInstanceOf(IllegalArgumentException.class);
                    }
                    values.put(parameter.name(), NodeFactory.createURI(hostile));
                    if (parameter.type() == ParameterType.IRI
                            && parameter.type().accepts(values.get(parameter.name()))) {
                        assertThat(rowsOrRefusal(file, values)).isEmpty();
                    } else {
                        assertThatThrownBy(() -> file.bind(values)).isInstanceOf(IllegalArgumentException.class);
                    }
                }
            }
        });
    }

    @Test
    void an_unknown_parameter_and_a_missing_one_are_refused() {
        QueryFile file = QueryFile.parse("a.rq", """
                #+ summary: a
                #+ param: ?o iri
                SELECT * { ?s ?p ?o }
                """);
        assertThatThrownBy(() -> file.bind(Map.of())).hasMessageContaining("?o has no value");
        Node iri = NodeFactory.createURI("http://example.org/");
        assertThatThrownBy(() -> file.bind(Map.of("o", iri, "s", iri))).hasMessageContaining("no such parameter");
    }

    @Test
    void a_file_that_is_no_query_is_named() {
        assertThatThrownBy(() -> Queries.parse(Map.of("search/bad.rq", "SELECT")))
                .hasMessageContaining("queries/search/bad.rq");
    }

    @Test
    void no_sparql_stands_in_java() throws IOException {
        Pattern sparql = Pattern.compile("\"[^\"\\n]*\\b(SELECT|CONSTRUCT|ASK|DESCRIBE|INSERT|WHERE)\\b\\s*[?{*(]");
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> java =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(java).isNotEmpty();
            for (Path file : java) {
                assertThat(sparql.matcher(Files.readString(file)).find())
                        .as(file.toString())
                        .isFalse();
            }
        }
    }

    /** What a query gives: a comment line for each parameter, then a line for each row. */
    private record Expected(Map<String, Node> values, List<String> rows) {
        static Expected of(QueryFile file) throws IOException {
            Map<String, Node> values = new HashMap<>();
            List<String> rows = new ArrayList<>();
            for (String line : Files.readAllLines(RESULTS.resolve(file.name() + ".tsv"))) {
                if (line.startsWith("# ")) {
                    String[] pair = line.substring(2).split("=", 2);
                    ParameterType type = file.parameters().stream()
                            .filter(parameter -> parameter.name().equals(pair[0]))
                            .findFirst()
                            .orElseThrow()
                            .type();
                    values.put(pair[0], type.node(pair[1]));
                } else {
                    rows.add(line);
                }
            }
            return new Expected(values, rows);
        }
    }

    private static boolean isRule(QueryFile file) {
        return file.name().startsWith("hygiene/");
    }

    private interface Check {
        void on(QueryFile file) throws IOException;
    }

    private static Stream<DynamicTest> each(Check check) {
        return each(QUERIES.all().stream(), check);
    }

    private static Stream<DynamicTest> each(Stream<QueryFile> files, Check check) {
        List<QueryFile> some = files.toList();
        assertThat(some).isNotEmpty();
        return some.stream().map(file -> DynamicTest.dynamicTest(file.name(), () -> check.on(file)));
    }

    private static Path data(QueryFile file) {
        return RESULTS.resolve(Path.of(file.name()).getParent()).resolve("data.trig");
    }

    /** None for a value that the search itself refuses. */
    private static List<String> rowsOrRefusal(QueryFile file, Map<String, Node> values) throws IOException {
        try {
            return rows(file, values);
        } catch (QueryExecException refused) {
            assertThat(refused).hasMessageStartingWith("mc:search: mc:");
            return List.of();
        }
    }

    private static List<String> rows(QueryFile file, Map<String, Node> values) throws IOException {
        Searched data = DATA.computeIfAbsent(data(file), QueryFilesTest::searched);
        return data
                .store
                .read(database -> Queries.select(database, file.bind(values), LIMIT, data.engine.functions()))
                .stream()
                .map(row -> line(file.query().getProjectVars(), row))
                .toList();
    }

    /** The data beside queries, as a catalogue has them, with its search. */
    private record Searched(Store store, SearchEngine engine) {}

    private static Searched searched(Path data) {
        Store store = Store.open(folder.resolve("store" + DATA.size()));
        DatasetGraph graphs = RDFParser.source(data).toDataset().asDatasetGraph();
        graphs.listGraphNodes().forEachRemaining(name -> {
            Graph graph = GraphFactory.createDefaultGraph();
            graphs.getGraph(name).find().forEachRemaining(graph::add);
            store.write(view -> Change.of(name, graph));
        });
        JsonContext context = JsonContext.load(HOME.file("vocabularies", "context.jsonld"), BASE);
        SearchEngine engine = new SearchEngine(
                folder.resolve("index" + DATA.size()),
                store,
                Terms.of(Vocabularies.read(HOME).byName().values()),
                context,
                new Documents(context),
                new org.mercat.rdf.Collection("offerings", MC.Offering, 3, BASE),
                "1",
                LIMIT,
                InstantSource.system());
        engine.catchUp((made, all) -> {});
        return new Searched(store, engine);
    }

    @AfterAll
    static void close() {
        DATA.values().forEach(data -> {
            data.engine.close();
            data.store.close();
        });
        DATA.clear();
    }

    private static String line(List<Var> variables, Binding row) {
        return variables.stream()
                .map(row::get)
                .map(node -> node == null ? "" : node.isURI() ? node.getURI() : node.getLiteralLexicalForm())
                .collect(Collectors.joining("\t"));
    }

    private static List<String> names(QueryFile file) {
        return file.parameters().stream().map(QueryFile.Parameter::name).toList();
    }

    /** Variables that are neither joined nor told; what AS makes is told. */
    private static Set<String> lonely(String text) {
        Map<String, Long> uses = Pattern.compile("\\?(\\w+)")
                .matcher(text)
                .results()
                .collect(Collectors.groupingBy(match -> match.group(1), Collectors.counting()));
        uses.values().removeIf(count -> count > 1);
        uses.keySet().removeIf(name -> text.contains(" AS ?" + name + ")"));
        return uses.keySet();
    }

    private static String source(QueryFile file) throws IOException {
        return Files.readString(Path.of("queries", file.name() + ".rq"));
    }

    private static String expanded(QueryFile file) throws IOException {
        StringBuilder expanded = new StringBuilder();
        String text = source(file);
        file.query()
                .getPrefixMapping()
                .getNsPrefixMap()
                .forEach((prefix, namespace) -> Pattern.compile("(?<![\\w:/])" + prefix + ":([A-Za-z]\\w*)")
                        .matcher(text)
                        .results()
                        .forEach(match -> expanded.append(namespace)
                                .append(match.group(1))
                                .append(' ')));
        return expanded.toString();
    }
}
