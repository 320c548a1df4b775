// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.apache.jena.sparql.expr.ExprEvalException;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.function.FunctionBase1;
import org.apache.jena.sparql.function.FunctionBase2;
import org.apache.jena.sparql.function.FunctionBase3;
import org.apache.jena.sparql.function.FunctionRegistry;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.TopologyException;
import org.locationtech.jts.operation.distance.DistanceOp;

/**
 * Functions of GeoSPARQL over shapes in WKT: the relations of simple features, distance, and what makes shapes of shapes.
 * Relations and shapes are of the plane of longitude and latitude. They read no file and ask no service: positions are in
 * CRS84 or EPSG:4326, and only WKT is read.
 *
 * @see <a href="https://docs.ogc.org/is/22-047r1/22-047r1.html">OGC GeoSPARQL 1.1</a>
 */
final class GeoFunctions {
    private static final String NS = "http://www.opengis.net/def/function/geosparql/";
    private static final String UNITS = "http://www.opengis.net/def/uom/OGC/1.0/";
    private static final double EARTH_RADIUS = 6_371_008.8; // metres, the mean one

    private static final Map<String, BiPredicate<Geometry, Geometry>> RELATIONS = Map.of(
            "sfEquals", Geometry::equalsTopo,
            "sfDisjoint", Geometry::disjoint,
            "sfIntersects", Geometry::intersects,
            "sfTouches", Geometry::touches,
            "sfCrosses", Geometry::crosses,
            "sfWithin", Geometry::within,
            "sfContains", Geometry::contains,
            "sfOverlaps", Geometry::overlaps);

    private static final Map<String, BiFunction<Geometry, Geometry, Geometry>> OF_TWO = Map.of(
            "intersection", Geometry::intersection,
            "union", Geometry::union,
            "difference", Geometry::difference,
            "symDifference", Geometry::symDifference);

    private static final Map<String, UnaryOperator<Geometry>> OF_ONE = Map.of(
            "envelope", Geometry::getEnvelope,
            "convexHull", Geometry::convexHull,
            "boundary", Geometry::getBoundary,
            "centroid", Geometry::getCentroid);

    private GeoFunctions() {}

    /** Makes them known to all queries. */
    static void register(FunctionRegistry functions) {
        RELATIONS.forEach((name, relation) -> functions.put(NS + name, iri -> new Relation(relation)));
        OF_TWO.forEach((name, operation) -> functions.put(NS + name, iri -> new OfTwo(operation)));
        OF_ONE.forEach((name, operation) -> functions.put(NS + name, iri -> new OfOne(operation)));
        functions.put(NS + "distance", iri -> new Distance());
    }

    private static final class Relation extends FunctionBase2 {
        private final BiPredicate<Geometry, Geometry> relation;
        private final WktShapes first = new WktShapes();
        private final WktShapes second = new WktShapes();

        Relation(BiPredicate<Geometry, Geometry> relation) {
            this.relation = relation;
        }

        @Override
        public NodeValue exec(NodeValue a, NodeValue b) {
            try {
                return NodeValue.booleanReturn(relation.test(first.read(a), second.read(b)));
            } catch (TopologyException | IllegalArgumentException e) {
                throw new ExprEvalException(e.getMessage(), e);
            }
        }
    }

    private static final class OfTwo extends FunctionBase2 {
        private final BiFunction<Geometry, Geometry, Geometry> operation;
        private final WktShapes first = new WktShapes();
        private final WktShapes second = new WktShapes();

        OfTwo(BiFunction<Geometry, Geometry, Geometry> operation) {
            this.operation = operation;
        }

        @Override
        public NodeValue exec(NodeValue a, NodeValue b) {
            try {
                return WktShapes.write(operation.apply(first.read(a), second.read(b)));
            } catch (TopologyException | IllegalArgumentException e) {
                throw new ExprEvalException(e.getMessage(), e);
            }
        }
    }

    private static final class OfOne extends FunctionBase1 {
        private final UnaryOperator<Geometry> operation;
        private final WktShapes shapes = new WktShapes();

        OfOne(UnaryOperator<Geometry> operation) {
            this.operation = operation;
        }

        @Override
        public NodeValue exec(NodeValue shape) {
            try {
                return WktShapes.write(operation.apply(shapes.read(shape)));
            } catch (IllegalArgumentException e) {
                throw new ExprEvalException(e.getMessage(), e);
            }
        }
    }

    /** Between the nearest positions of two shapes, in degrees, or in metres on a sphere. */
    private static final class Distance extends FunctionBase3 {
        private final WktShapes first = new WktShapes();
        private final WktShapes second = new WktShapes();

        @Override
        public NodeValue exec(NodeValue a, NodeValue b, NodeValue unit) {
            DistanceOp nearest = new DistanceOp(place(first.read(a)), place(second.read(b)));
            String name = unit.asString().startsWith(UNITS) ? unit.asString().substring(UNITS.length()) : "";
            return NodeValue.makeDouble(
                    switch (name) {
                        case "degree" -> nearest.distance();
                        case "metre" -> metres(nearest.nearestPoints());
                        case "kilometre" -> metres(nearest.nearestPoints()) / 1_000;
                        default ->
                            throw new ExprEvalException(
                                    "The unit is <" + UNITS + "metre>, kilometre or degree, not " + unit.asString());
                    });
        }

        private static Geometry place(Geometry shape) {
            if (shape.isEmpty()) {
                throw new ExprEvalException("Nothing is at a distance from an empty shape");
            }
            return shape;
        }

        /** Along a great circle. */
        private static double metres(Coordinate[] ends) {
            double north = Math.toRadians(ends[1].y - ends[0].y);
            double east = Math.toRadians(ends[1].x - ends[0].x);
            double half = Math.pow(Math.sin(north / 2), 2)
                    + Math.cos(Math.toRadians(ends[0].y))
                            * Math.cos(Math.toRadians(ends[1].y))
                            * Math.pow(Math.sin(east / 2), 2);
            return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(half)));
        }
    }
}
