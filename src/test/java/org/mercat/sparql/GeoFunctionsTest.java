// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.sparql.core.DatasetGraphFactory;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.exec.QueryExec;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.function.FunctionRegistry;
import org.apache.jena.sparql.util.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mercat.rdf.Queries;

/** GeoSPARQL's functions, as a stranger's query may call them. */
class GeoFunctionsTest {
    private static final String PREFIXES = """
            PREFIX geo: <http://www.opengis.net/ont/geosparql#>
            PREFIX geof: <http://www.opengis.net/def/function/geosparql/>
            PREFIX uom: <http://www.opengis.net/def/uom/OGC/1.0/>
            """;
    private static final String SQUARE = "POLYGON((0 0, 4 0, 4 4, 0 4, 0 0))";

    static {
        Queries.read(Map.of());
    }

    private static String wkt(String text) {
        return "\"" + text + "\"^^geo:wktLiteral";
    }

    /** The value of an expression; empty if it has none. */
    private static Optional<NodeValue> value(String expression) {
        Context context = new Context();
        FunctionRegistry.set(context, new KnownFunctions());
        try (QueryExec query = QueryExec.dataset(DatasetGraphFactory.create())
                .query(QueryFactory.create(PREFIXES + "SELECT (" + expression + " AS ?value) WHERE {}"))
                .context(context)
                .build()) {
            Binding row = query.select().next();
            return Optional.ofNullable(row.get(Var.alloc("value"))).map(NodeValue::makeNode);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sfIntersects | POINT(1 1)                    | true
            sfIntersects | POINT(9 9)                    | false
            sfDisjoint   | POINT(9 9)                    | true
            sfContains   | POINT(1 1)                    | true
            sfWithin     | POLYGON((-1 -1, 9 -1, 9 9, -1 9, -1 -1)) | true
            sfWithin     | POINT(1 1)                    | false
            sfTouches    | POINT(4 2)                    | true
            sfEquals     | POLYGON((4 0, 4 4, 0 4, 0 0, 4 0)) | true
            sfOverlaps   | POLYGON((2 2, 6 2, 6 6, 2 6, 2 2)) | true
            sfCrosses    | LINESTRING(1 1, 2 2)          | false
            """)
    void relations_are_those_of_simple_features(String relation, String other, boolean expected) {
        assertThat(value("geof:" + relation + "(" + wkt(SQUARE) + ", " + wkt(other) + ")")
                        .orElseThrow()
                        .getBoolean())
                .isEqualTo(expected);
    }

    @Test
    void a_line_crosses_a_square() {
        String crosses = "geof:sfCrosses(" + wkt("LINESTRING(-1 2, 9 2)") + ", " + wkt(SQUARE) + ")";
        assertThat(value(crosses).orElseThrow().getBoolean()).isTrue();
    }

    @Test
    void distance_is_in_metres_kilometres_or_degrees() {
        String between = "geof:distance(" + wkt("POINT(2.17 41.39)") + ", " + wkt("POINT(13.4 52.52)") + ", uom:";
        assertThat(value(between + "kilometre)").orElseThrow().getDouble()).isCloseTo(1498, within(10.0));
        assertThat(value(between + "metre)").orElseThrow().getDouble()).isCloseTo(1_498_000, within(10_000.0));
        assertThat(value(between + "degree)").orElseThrow().getDouble()).isCloseTo(15.81, within(0.01));
        assertThat(value(between + "mile)")).isEmpty();
    }

    @Test
    void the_order_of_coordinates_is_that_of_their_system() {
        String here = wkt("<http://www.opengis.net/def/crs/EPSG/0/4326> POINT(41.39 2.17)");
        String there = wkt("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(2.17 41.39)");
        assertThat(value("geof:sfEquals(" + here + ", " + there + ")")
                        .orElseThrow()
                        .getBoolean())
                .isTrue();
    }

    @Test
    void shapes_are_made_of_shapes() {
        assertThat(value("geof:envelope(" + wkt("LINESTRING(0 0, 2 3)") + ")")
                        .orElseThrow()
                        .asString())
                .isEqualTo("POLYGON ((0 0, 0 3, 2 3, 2 0, 0 0))");
        String both = "geof:intersection(" + wkt(SQUARE) + ", " + wkt("POLYGON((2 2, 6 2, 6 6, 2 6, 2 2))") + ")";
        assertThat(value("geof:sfEquals(" + both + ", " + wkt("POLYGON((2 2, 4 2, 4 4, 2 4, 2 2))") + ")")
                        .orElseThrow()
                        .getBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"POINT(1 1)\"",
                "<http://example.org/x>",
                "\"POINT(1\"^^geo:wktLiteral",
                "\"\"^^geo:wktLiteral",
                "\"<http://example.org/crs> POINT(1 1)\"^^geo:wktLiteral",
                "\"<gml:Point xmlns:gml='http://www.opengis.net/gml'/>\"^^geo:gmlLiteral",
                "\"POLYGON((0 0, 1 1))\"^^geo:wktLiteral",
                "\"GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(POINT(1 1)))\"^^geo:wktLiteral"
            })
    void what_is_no_shape_has_no_value(String hostile) {
        assertThat(value("geof:sfIntersects(" + hostile + ", " + wkt(SQUARE) + ")"))
                .isEmpty();
        assertThat(value("geof:distance(" + hostile + ", " + wkt(SQUARE) + ", uom:metre)"))
                .isEmpty();
        assertThat(value("geof:boundary(" + hostile + ")")).isEmpty();
    }

    @Test
    void an_empty_shape_is_at_no_distance() {
        assertThat(value("geof:distance(" + wkt("POINT EMPTY") + ", " + wkt(SQUARE) + ", uom:metre)"))
                .isEmpty();
    }
}
