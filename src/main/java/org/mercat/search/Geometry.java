// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.jena.datatypes.RDFDatatype;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LatLonShape;
import org.apache.lucene.geo.LatLonGeometry;
import org.apache.lucene.geo.Line;
import org.apache.lucene.geo.Point;
import org.apache.lucene.geo.Polygon;
import org.apache.lucene.geo.Rectangle;
import org.apache.lucene.geo.SimpleWKTShapeParser;
import org.apache.lucene.geo.Tessellator;

/**
 * A place on the earth, in well-known text, longitude before latitude.
 *
 * @param parts points, lines, polygons and boxes, in degrees
 */
public record Geometry(List<LatLonGeometry> parts) {
    /** {@code geo:wktLiteral}. */
    static final RDFDatatype WKT =
            TypeMapper.getInstance().getSafeTypeByName("http://www.opengis.net/ont/geosparql#wktLiteral");

    private static final int LONGEST = 200_000;
    private static final String CRS84 = "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>";

    public Geometry {
        parts = List.copyOf(parts);
    }

    /**
     * Reads well-known text.
     *
     * @throws IllegalArgumentException that says what is wrong: with the syntax, a coordinate that does not exist, a ring
     *     that is open or a polygon that crosses itself
     */
    static Geometry parse(String text) {
        String bare = text.strip();
        if (bare.startsWith(CRS84)) {
            bare = bare.substring(CRS84.length()).strip();
        }
        try {
            Object shape = SimpleWKTShapeParser.parse(bare.toUpperCase(Locale.ROOT));
            List<LatLonGeometry> parts = new ArrayList<>();
            collect(shape, parts);
            if (parts.isEmpty()) {
                throw new IllegalArgumentException("it is empty");
            }
            return new Geometry(parts);
        } catch (ParseException | IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Why nobody would find what lies there, if so. */
    public static Optional<String> fault(String text) {
        if (text.length() > LONGEST) {
            return Optional.of(
                    "A geometry has at most " + LONGEST + " characters: leave out points that do not matter.");
        }
        try {
            parse(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("Nobody can find this place, because of its geometry: " + e.getMessage()
                    + ". A polygon ends where it begins and does not cross itself, longitude stands before latitude.");
        }
    }

    /** The geometry; empty if {@link #parse} would refuse it. */
    static Optional<Geometry> ifSound(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void collect(Object shape, List<LatLonGeometry> parts) {
        if (shape instanceof double[] point) {
            parts.add(new Point(point[1], point[0]));
        } else if (shape instanceof Polygon polygon) {
            Tessellator.tessellate(polygon, true);
            parts.add(isBox(polygon) ? box(polygon) : polygon);
        } else if (shape instanceof LatLonGeometry simple) {
            parts.add(simple);
        } else if (shape instanceof Object[] many) {
            Arrays.stream(many).forEach(one -> collect(one, parts));
        }
    }

    /** A polygon of five corners, one of each pair on each side, is a box; the index finds that quicker. */
    private static boolean isBox(Polygon polygon) {
        double[] lats = polygon.getPolyLats();
        double[] lons = polygon.getPolyLons();
        if (lats.length != 5 || polygon.numHoles() > 0) {
            return false;
        }
        for (int i = 0; i < 4; i++) {
            if (lats[i] == lats[i + 1] == (lons[i] == lons[i + 1])) {
                return false;
            }
        }
        return true;
    }

    private static Rectangle box(Polygon polygon) {
        return new Rectangle(polygon.minLat, polygon.maxLat, polygon.minLon, polygon.maxLon);
    }

    /** A box as well-known text; one whose west is greater than its east crosses the date line. */
    static Node box(String west, String south, String east, String north) {
        double from = Double.parseDouble(west);
        double to = Double.parseDouble(east);
        if (from > to && from == 180) { // it only touches the line
            return box("-180", south, east, north);
        }
        if (from > to && to == -180) {
            return box(west, south, "180", north);
        }
        boolean flat = Double.parseDouble(north) == Double.parseDouble(south);
        String text;
        if (from > to) {
            text = flat
                    ? "MULTILINESTRING((" + line(west, south, "180", north) + "), (" + line("-180", south, east, north)
                            + "))"
                    : "MULTIPOLYGON(" + ring(west, south, "180", north) + ", " + ring("-180", south, east, north) + ")";
        } else if (from == to && flat) {
            text = "POINT(" + west + " " + south + ")";
        } else {
            text = from == to || flat
                    ? "LINESTRING(" + line(west, south, east, north) + ")"
                    : "POLYGON" + ring(west, south, east, north);
        }
        return NodeFactory.createLiteralDT(text, WKT);
    }

    private static String line(String west, String south, String east, String north) {
        return west + " " + south + ", " + east + " " + north;
    }

    private static String ring(String west, String south, String east, String north) {
        return "((" + west + " " + south + ", " + east + " " + south + ", " + east + " " + north + ", " + west + " "
                + north + ", " + west + " " + south + "))";
    }

    /** The fields that make a document found by its place: its triangles, to search among all, and to look at one. */
    List<Field> fields(String name) {
        List<Field> fields = new ArrayList<>();
        parts.forEach(part -> fields.addAll(Arrays.asList(triangles(name, part))));
        fields.add(LatLonShape.createDocValueField(name, fields.toArray(Field[]::new)));
        return fields;
    }

    private static Field[] triangles(String name, LatLonGeometry part) {
        if (part instanceof Point point) {
            return LatLonShape.createIndexableFields(name, point.getLat(), point.getLon());
        }
        if (part instanceof Line line) {
            return LatLonShape.createIndexableFields(name, line);
        }
        if (part instanceof Rectangle box) {
            return LatLonShape.createIndexableFields(
                    name,
                    new Polygon(
                            new double[] {box.minLat, box.minLat, box.maxLat, box.maxLat, box.minLat},
                            new double[] {box.minLon, box.maxLon, box.maxLon, box.minLon, box.minLon}));
        }
        return LatLonShape.createIndexableFields(name, (Polygon) part);
    }
}
