// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.util.List;
import java.util.Locale;
import org.apache.jena.atlas.io.IndentedLineBuffer;
import org.apache.jena.graph.Node;
import org.apache.jena.query.SortCondition;
import org.apache.jena.shared.PrefixMapping;
import org.apache.jena.sparql.algebra.op.OpGroup;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.serializer.FmtExprSPARQL;
import org.apache.jena.sparql.serializer.SerializationContext;
import org.apache.jena.sparql.util.FmtUtils;

/** How parts of a plan are told. @param prefixes that shorten names */
record StepWords(PrefixMapping prefixes) {
    static String variables(OpGroup group) {
        return String.join(
                ", ", group.getGroupVars().getVars().stream().map(Var::toString).toList());
    }

    static String aggregates(OpGroup group) {
        return group.getAggregators().isEmpty()
                ? "nothing of them"
                : String.join(
                        ", ",
                        group.getAggregators().stream()
                                .map(each -> each.getAggregator().toString())
                                .toList());
    }

    String by(List<SortCondition> conditions) {
        return " by "
                + String.join(
                        ", ",
                        conditions.stream()
                                .map(each -> text(each.getExpression()))
                                .toList());
    }

    String text(Expr expression) {
        IndentedLineBuffer text = new IndentedLineBuffer();
        FmtExprSPARQL.format(text, expression, new SerializationContext(prefixes));
        String line = text.asString().replaceAll("\\s+", " ");
        return line.length() <= 120 ? line : line.substring(0, 120) + "...";
    }

    String name(Node node) {
        return FmtUtils.stringForNode(node, prefixes).replaceFirst("^\\?/+", "?"); // renamed within a subquery
    }

    /** Two figures at most. */
    static String about(double number) {
        if (number < 1.5) {
            return "one row";
        }
        double step = Math.pow(10, Math.max(0, Math.floor(Math.log10(number)) - 1));
        return number > 1e12
                ? "more than a million million rows"
                : String.format(Locale.ROOT, "about %,.0f rows", Math.round(number / step) * step);
    }
}
