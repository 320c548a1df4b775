// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.shacl.parser.Constraint;
import org.apache.jena.shacl.parser.Shape;
import org.apache.jena.shacl.vocabulary.SHACL;
import org.apache.jena.shared.PrefixMapping;
import org.apache.jena.vocabulary.RDF;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.mercat.ns.MC;

/**
 * The shapes against their test data. {@code valid/<shape>.ttl} has no result at all. An invalid file is named {@code
 * <shape>.<constraint>.ttl} and lists in {@code # expect:} lines focus node, path, constraint and shape of each result:
 * all violations, and what the shape of its name finds.
 */
class ShapesFilesTest {
    private static final String NS = "https://w3id.org/mercat/shapes#";
    private static final String EXPECT = "# expect: ";

    private final Graph graph = TestGraphs.union(TestGraphs.files(Path.of("shapes")));
    private final Shapes shapes = Shapes.parse(graph);
    private final Terms terms = TestGraphs.terms();

    @TestFactory
    Stream<DynamicTest> a_valid_file_has_no_result() {
        return TestGraphs.files(TestGraphs.DATA.resolve("valid")).stream()
                .map(file -> DynamicTest.dynamicTest(
                        TestGraphs.nameOf(file),
                        () -> assertThat(shapes.validate(TestGraphs.read(file), terms.graph()))
                                .isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> an_invalid_file_has_the_expected_results() {
        return TestGraphs.files(TestGraphs.DATA.resolve("invalid")).stream()
                .map(file -> DynamicTest.dynamicTest(TestGraphs.nameOf(file), () -> checkInvalid(file)));
    }

    @Test
    void every_constraint_has_an_invalid_file_and_every_invalid_file_a_constraint() {
        assertThat(names("invalid")).isEqualTo(constraints());
    }

    @Test
    void every_shape_with_a_target_has_a_valid_file() {
        Set<String> targeted = parsed().getTargetShapes().stream()
                .map(shape -> localName(shape.getShapeNode()))
                .collect(toCollection(TreeSet::new));
        assertThat(names("valid")).isEqualTo(targeted);
    }

    @Test
    void every_shape_is_named_and_has_a_message_in_English() {
        assertThat(parsed().getShapeMap()).hasSizeGreaterThan(100);
        parsed().getShapeMap().keySet().forEach(shape -> {
            assertThat(shape.isURI() && shape.getURI().startsWith(NS))
                    .as("name of %s", shape)
                    .isTrue();
            assertThat(graph.find(shape, SHACL.message, Node.ANY)
                            .mapWith(triple -> triple.getObject().getLiteralLanguage())
                            .toList())
                    .as("message of %s", shape)
                    .containsExactly("en");
        });
    }

    @Test
    void every_declared_shape_is_used() {
        Set<Node> declared = graph.find(Node.ANY, RDF.type.asNode(), Node.ANY)
                .mapWith(Triple::getSubject)
                .filterDrop(shape -> graph.contains(shape, RDF.type.asNode(), SHACL.SPARQLConstraint))
                .toSet();
        assertThat(parsed().getShapeMap().keySet()).isEqualTo(declared);
    }

    @Test
    void own_terms_in_the_shapes_exist_in_the_vocabulary() {
        Stream<Node> used = graph.stream().flatMap(triple -> Stream.of(triple.getObject()));
        assertThat(used.filter(node -> node.isURI() && node.getURI().startsWith(MC.NS)))
                .isNotEmpty()
                .allMatch(terms::isKnown);
    }

    private void checkInvalid(Path file) throws IOException {
        Graph data = TestGraphs.read(file);
        String[] name = TestGraphs.nameOf(file).split("\\.");
        List<String> expected = expected(file);
        assertThat(expected.get(0)).endsWith(" sh:" + name[1] + "ConstraintComponent mshape:" + name[0]);
        Stream<String> actual = shapes.validate(data, terms.graph()).stream()
                .filter(found -> found.refuses() || localName(found.shape()).equals(name[0]))
                .map(found -> line(found, data.getPrefixMapping()));
        assertThat(actual).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<String> expected(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(EXPECT))
                .map(line -> line.substring(EXPECT.length()))
                .toList();
    }

    private static String line(Violation found, PrefixMapping prefixes) {
        String focus = found.focus().isURI()
                ? prefixes.shortForm(found.focus().getURI())
                : found.focus().toString();
        return String.join(
                " ",
                focus,
                found.path().isEmpty() ? "-" : prefixes.shortForm(found.path()),
                "sh:" + localName(found.component()),
                "mshape:" + localName(found.shape()));
    }

    private Set<String> constraints() {
        return parsed().getTargetShapes().stream().flatMap(this::constraints).collect(toCollection(TreeSet::new));
    }

    private Stream<String> constraints(Shape shape) {
        String name = localName(shape.getShapeNode());
        Stream<String> own = shape.getConstraints().stream().map(constraint -> name + "." + component(constraint));
        return Stream.concat(own, shape.getPropertyShapes().stream().flatMap(this::constraints));
    }

    /** Jena names a qualified value shape by its parameter, yet reports the component; only the upper bound is used. */
    private static String component(Constraint constraint) {
        return localName(constraint.getComponent())
                .replace("ConstraintComponent", "")
                .replace("qualifiedValueShape", "QualifiedMaxCount");
    }

    private org.apache.jena.shacl.Shapes parsed() {
        return org.apache.jena.shacl.Shapes.parse(graph);
    }

    private static Set<String> names(String folder) {
        return TestGraphs.files(TestGraphs.DATA.resolve(folder)).stream()
                .map(TestGraphs::nameOf)
                .collect(toCollection(TreeSet::new));
    }

    private static String localName(Node node) {
        return node.getURI().substring(node.getURI().indexOf('#') + 1);
    }
}
