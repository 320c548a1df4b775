// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Set;
import java.util.regex.Pattern;
import org.apache.jena.datatypes.RDFDatatype;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.sparql.expr.ExprEvalException;
import org.apache.jena.sparql.expr.NodeValue;
import org.locationtech.jts.geom.CoordinateFilter;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import org.locationtech.jts.io.WKTWriter;

/** Reads shapes from literals in WKT, and keeps the last one: in most queries one of two shapes is constant. For one thread. */
final class WktShapes {
    private static final String DATATYPE = "http://www.opengis.net/ont/geosparql#wktLiteral";
    private static final Set<String> LONGITUDE_FIRST = Set.of("http://www.opengis.net/def/crs/OGC/1.3/CRS84");
    private static final Set<String> LATITUDE_FIRST = Set.of("http://www.opengis.net/def/crs/EPSG/0/4326");
    private static final CoordinateFilter SWAP = position -> {
        double latitude = position.x;
        position.x = position.y;
        position.y = latitude;
    };

    /** A collection within a collection: the parser calls itself for each, and some go down for ever. */
    private static final Pattern DEEP = Pattern.compile("(?i)GEOMETRYCOLLECTION.*GEOMETRYCOLLECTION", Pattern.DOTALL);

    private String text;
    private Geometry shape;

    /** A shape, longitude first. @throws ExprEvalException if the value is none that can be read */
    Geometry read(NodeValue value) {
        if (!value.asNode().isLiteral() || !DATATYPE.equals(value.asNode().getLiteralDatatypeURI())) {
            throw new ExprEvalException("Not a geo:wktLiteral: " + value);
        }
        String asked = value.asNode().getLiteralLexicalForm();
        if (!asked.equals(text)) {
            shape = parse(asked.strip());
            text = asked;
        }
        return shape;
    }

    private static Geometry parse(String wkt) {
        if (DEEP.matcher(wkt).find()) {
            throw new ExprEvalException("Nested too deep: write the parts one by one");
        }
        int end = wkt.startsWith("<") ? wkt.indexOf('>') : -1;
        String system = end < 0 ? "" : wkt.substring(1, end);
        if (end >= 0 && !LONGITUDE_FIRST.contains(system) && !LATITUDE_FIRST.contains(system)) {
            throw new ExprEvalException("Positions are in CRS84 or EPSG:4326, not in <" + system + ">");
        }
        try {
            Geometry shape = new WKTReader().read(wkt.substring(end + 1));
            if (LATITUDE_FIRST.contains(system)) {
                shape.apply(SWAP);
                shape.geometryChanged();
            }
            return shape;
        } catch (ParseException | IllegalArgumentException e) {
            throw new ExprEvalException("Not WKT: " + e.getMessage(), e);
        }
    }

    static NodeValue write(Geometry shape) {
        return NodeValue.makeNode(new WKTWriter().write(shape), datatype());
    }

    private static RDFDatatype datatype() {
        return TypeMapper.getInstance().getSafeTypeByName(DATATYPE);
    }
}
