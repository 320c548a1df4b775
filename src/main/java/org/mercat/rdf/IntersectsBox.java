// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import org.apache.jena.sparql.expr.ExprEvalException;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.function.FunctionBase5;

/** {@code fn:intersectsBox}: whether the box around a WKT geometry touches one given as west, south, east, north. */
public final class IntersectsBox extends FunctionBase5 {
    @Override
    public NodeValue exec(NodeValue wkt, NodeValue west, NodeValue south, NodeValue east, NodeValue north) {
        if (!wkt.asNode().isLiteral()) {
            throw new ExprEvalException("fn:intersectsBox takes a geometry, not " + wkt);
        }
        Envelope around = Envelope.ofWkt(wkt.asNode().getLiteralLexicalForm())
                .orElseThrow(() -> new ExprEvalException("Not a geometry: " + wkt));
        Envelope box = new Envelope(degrees(west), degrees(south), degrees(east), degrees(north));
        return NodeValue.booleanReturn(box.touches(around));
    }

    private static double degrees(NodeValue number) {
        if (!number.isNumber()) {
            throw new ExprEvalException("fn:intersectsBox takes numbers, not " + number);
        }
        return number.getDouble();
    }
}
