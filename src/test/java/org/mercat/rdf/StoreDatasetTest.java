// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.core.DatasetGraph;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mercat.ns.MC;

/** The databases themselves: their indexes, the union of all graphs, and that nobody but the writer writes. */
@TestInstance(Lifecycle.PER_CLASS)
class StoreDatasetTest {
    private static final Var G = Var.alloc("g");
    private static final Var S = Var.alloc("s");
    private static final Var P = Var.alloc("p");
    private static final Var O = Var.alloc("o");

    private Path folder;
    private Store store;
    private final List<Quad> quads = new ArrayList<>();

    /** Few names, many triples: every pattern has several answers, and many triples are in several graphs. */
    @BeforeAll
    void fill(@TempDir Path data) {
        folder = data;
        store = Store.open(folder);
        Random random = new Random(7);
        for (int g = 0; g < 12; g++) {
            Node name = StoreTest.node("g" + g);
            Graph graph = GraphFactory.createDefaultGraph();
            for (int i = 0; i < 40; i++) {
                graph.add(node("s", random, 4), node("p", random, 4), node("o", random, 4));
            }
            store.write(view -> Change.of(name, graph));
        }
        store.read(catalogue -> {
            catalogue.find().forEachRemaining(quads::add);
            return null;
        });
    }

    @AfterAll
    void close() {
        store.close();
    }

    private static Node node(String kind, Random random, int bound) {
        return StoreTest.node(kind + random.nextInt(bound));
    }

    static Stream<String> shapes() {
        return IntStream.range(0, 16)
                .mapToObj(bits -> (bits & 8) + "" + (bits & 4) + (bits & 2) + (bits & 1))
                .map(bits -> bits.replaceAll("[1-9]", "1"));
    }

    /** A pattern of the quad, with variables where the shape has a 0. */
    private static Node[] pattern(Quad quad, String shape, Node... variables) {
        Node[] terms = {quad.getGraph(), quad.getSubject(), quad.getPredicate(), quad.getObject()};
        for (int i = 0; i < 4; i++) {
            terms[i] = shape.charAt(i) == '1' ? terms[i] : variables[i];
        }
        return terms;
    }

    private static boolean fits(Node[] pattern, Quad quad) {
        return fits(pattern[0], quad.getGraph())
                && fits(pattern[1], quad.getSubject())
                && fits(pattern[2], quad.getPredicate())
                && fits(pattern[3], quad.getObject());
    }

    private static boolean fits(Node wanted, Node present) {
        return wanted.isVariable() || wanted.equals(Node.ANY) || wanted.equals(present);
    }

    private List<Quad> samples() {
        return new Random(11).ints(6, 0, quads.size()).mapToObj(quads::get).toList();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void a_pattern_finds_exactly_its_quads(String shape) {
        for (Quad sample : samples()) {
            Node[] pattern = pattern(sample, shape, Node.ANY, Node.ANY, Node.ANY, Node.ANY);
            List<Quad> expected =
                    quads.stream().filter(quad -> fits(pattern, quad)).toList();
            List<Quad> found = store.read(catalogue -> {
                List<Quad> all = new ArrayList<>();
                catalogue.find(pattern[0], pattern[1], pattern[2], pattern[3]).forEachRemaining(all::add);
                return all;
            });
            assertThat(found).as(shape).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void a_query_finds_exactly_the_quads_of_a_pattern(String shape) {
        for (Quad sample : samples()) {
            Node[] pattern = pattern(sample, shape, G, S, P, O);
            Set<Quad> expected =
                    quads.stream().filter(quad -> fits(pattern, quad)).collect(Collectors.toSet());
            String query = "SELECT * { GRAPH " + word(pattern[0]) + " { " + words(pattern) + " } }";
            assertThat(rows(
                            query,
                            row -> Quad.create(
                                    value(row, pattern[0]),
                                    value(row, pattern[1]),
                                    value(row, pattern[2]),
                                    value(row, pattern[3]))))
                    .as(query)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void a_query_of_the_default_graph_finds_each_triple_of_the_union_once(String shape) {
        for (Quad sample : samples()) {
            Node[] pattern = pattern(sample, shape, G, S, P, O);
            pattern[0] = G;
            Set<Triple> expected = quads.stream()
                    .filter(quad -> fits(pattern, quad))
                    .map(Quad::asTriple)
                    .collect(Collectors.toSet());
            String query = "SELECT * { " + words(pattern) + " }";
            assertThat(rows(
                            query,
                            row -> Triple.create(
                                    value(row, pattern[1]), value(row, pattern[2]), value(row, pattern[3]))))
                    .as(query)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static String words(Node[] pattern) {
        return word(pattern[1]) + " " + word(pattern[2]) + " " + word(pattern[3]);
    }

    private static String word(Node term) {
        return term.isVariable()
                ? "?" + term.getName()
                : term.isURI()
                        ? "<" + term.getURI() + ">"
                        : "\"" + term.getLiteralLexicalForm() + "\"^^<" + term.getLiteralDatatypeURI() + ">";
    }

    private static Node value(Binding row, Node term) {
        return term.isVariable() ? row.get(Var.alloc(term)) : term;
    }

    private <T> List<T> rows(String query, Function<Binding, T> reader) {
        DatasetGraph view = store.readOnlyCatalogue();
        return store.read(ignored -> {
            List<T> rows = new ArrayList<>();
            try (QueryExec execution = QueryExec.dataset(view).query(query).build()) {
                execution.select().forEachRemaining(row -> rows.add(reader.apply(row)));
            }
            return rows;
        });
    }

    @Test
    void four_quad_indexes_stand_in_the_configuration_and_no_other_on_disk() throws IOException {
        for (String database : List.of("catalogue", "ledger")) {
            String configuration = Files.readString(folder.resolve(database).resolve("tdb.cfg"));
            assertThat(configuration.replaceAll("\\s", ""))
                    .contains("\"tdb.quad_indexes\":[\"GSPO\",\"SPOG\",\"POSG\",\"OSPG\"]");
            assertThat(quadIndexes(folder.resolve(database))).containsExactly("GSPO", "OSPG", "POSG", "SPOG");
        }
    }

    private static List<String> quadIndexes(Path database) throws IOException {
        try (Stream<Path> folders = Files.list(database)) {
            Path newest = folders.filter(path -> path.getFileName().toString().startsWith("Data-"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            try (Stream<Path> files = Files.list(newest)) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> name.matches("[GSPO]{4}\\.dat"))
                        .map(name -> name.substring(0, 4))
                        .sorted()
                        .toList();
            }
        }
    }

    @Test
    void the_read_only_view_refuses_every_write() {
        DatasetGraph view = store.readOnlyCatalogue();
        Node name = StoreTest.node("g0");
        Graph graph = GraphFactory.createDefaultGraph();
        Quad quad = quads.get(0);
        List<Runnable> writes = List.of(
                () -> view.add(quad),
                () -> view.add(name, name, name, name),
                () -> view.delete(quad),
                () -> view.deleteAny(name, Node.ANY, Node.ANY, Node.ANY),
                () -> view.addGraph(name, graph),
                () -> view.removeGraph(name),
                view::clear,
                () -> view.getGraph(name).add(quad.asTriple()),
                () -> view.getDefaultGraph().delete(quad.asTriple()),
                () -> view.getUnionGraph().delete(quad.asTriple()));
        store.read(catalogue -> {
            assertThat(writes)
                    .allSatisfy(write -> assertThatThrownBy(write::run).isInstanceOf(RuntimeException.class));
            return null;
        });
        assertThat(store.<Boolean>read(catalogue -> catalogue.contains(quad))).isTrue();
    }

    @Test
    void compacting_keeps_every_quad_the_revision_and_the_indexes(@TempDir Path other) throws IOException {
        Store compacted = Store.open(other);
        for (int i = 0; i < 20; i++) {
            compacted.write(StoreTest.put("a", "v" + i));
        }
        compacted.write(view -> new Change(
                List.of(),
                List.of(new Change.Replacement(StoreTest.node("s"), StoreTest.content(StoreTest.node("s"), "x")))));
        Store.Compacted result = compacted.compact();
        assertThat(result.after()).isLessThanOrEqualTo(result.before());
        assertThat(compacted.write(StoreTest.put("b", "after"))).isEqualTo(21);
        compacted.close();
        assertThat(quadIndexes(other.resolve("catalogue"))).containsExactly("GSPO", "OSPG", "POSG", "SPOG");
        try (Store reopened = Store.open(other)) {
            assertThat(reopened.revision()).isEqualTo(21);
            assertThat(reopened.<Boolean>read(c -> c.contains(
                            StoreTest.node("a"),
                            StoreTest.node("a"),
                            StoreTest.node("value"),
                            NodeFactory.createLiteralString("v19"))))
                    .isTrue();
            assertThat(reopened.<Boolean>read(c -> c.contains(StoreTest.node("b"), null, MC.revision, null)))
                    .isTrue();
            assertThat(reopened.<Boolean>readLedger(l -> l.containsGraph(StoreTest.node("s"))))
                    .isTrue();
        }
    }

    @Test
    void a_folder_that_cannot_be_made_is_refused_by_name(@TempDir Path other) throws IOException {
        Path file = Files.writeString(other.resolve("data"), "a file");
        assertThatThrownBy(() -> Store.open(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("cannot be made or written");
    }
}
