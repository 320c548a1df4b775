// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.util.Optional;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.algebra.Algebra;
import org.apache.jena.sparql.algebra.OpVisitorBase;
import org.apache.jena.sparql.algebra.op.OpBGP;
import org.apache.jena.sparql.algebra.op.OpPath;
import org.apache.jena.sparql.algebra.op.OpService;
import org.apache.jena.sparql.algebra.walker.Walker;
import org.apache.jena.sparql.expr.ExprVisitorBase;

/** What can be told from a query alone: that it is too large to be planned, wants too many rows, or calls another server. */
final class QueryShape extends OpVisitorBase {
    /** Planning takes the square of it. */
    private static final int MOST_PATTERNS = 1_000;

    private int patterns;
    private boolean callsServers;

    private QueryShape() {}

    /** What is wrong with it, and what to do instead. */
    static Optional<String> fault(Query query, Limits limits) {
        QueryShape shape = new QueryShape();
        Walker.walk(Algebra.compile(query), shape, new ExprVisitorBase());
        if (shape.callsServers) {
            return Optional.of(
                    "SERVICE is not taken here: no query calls another server. Ask that one yourself, and join"
                            + " what both answer.");
        }
        if (shape.patterns > MOST_PATTERNS) {
            return Optional.of("The query has " + shape.patterns + " triple patterns, and may have " + MOST_PATTERNS
                    + ": list values with VALUES instead of repeating a pattern.");
        }
        if (query.isSelectType() && query.hasLimit() && query.getLimit() > limits.rows()) {
            return Optional.of("LIMIT " + query.getLimit() + ": "
                    + Stopped.forRows(limits.rows()).detail());
        }
        return Optional.empty();
    }

    @Override
    public void visit(OpBGP pattern) {
        patterns += pattern.getPattern().size();
    }

    @Override
    public void visit(OpPath path) {
        patterns++;
    }

    @Override
    public void visit(OpService service) {
        callsServers = true;
    }
}
