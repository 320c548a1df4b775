// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.regex.Pattern;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.core.VarExprList;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprAggregator;
import org.apache.jena.sparql.expr.ExprFunction1;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.expr.aggregate.Accumulator;
import org.apache.jena.sparql.expr.aggregate.AggGroupConcat;
import org.apache.jena.sparql.expr.aggregate.AggNull;
import org.apache.jena.sparql.expr.aggregate.Aggregator;

/** What a query keeps of groups and of the values that its aggregates collect, told to a {@link Watch}. */
final class WatchedGroups {
    /** Letters of a value that need not be counted where one value is kept in place of the other. */
    private static final int SHORT = 1_000;

    /** Aggregators of a number. */
    private static final Pattern NUMBER = Pattern.compile("Agg(Null|Count|CountVar|Sum|Avg)");

    /** Aggregators of one of the values; all others keep what they have seen. */
    private static final Pattern SINGLE = Pattern.compile("Agg(Min|Max|Sample)(Distinct)?");

    private final Watch watch;

    WatchedGroups(Watch watch) {
        this.watch = watch;
    }

    /** Counts the groups themselves, as an aggregator that adds nothing to their rows. @param aggregators of each group */
    ExprAggregator counting(int aggregators) {
        return new ExprAggregator(
                Var.alloc(".group"), new Groups(watch, WatchedExecution.ROW + WatchedExecution.ROW / 4 * aggregators));
    }

    /** What groups are made by. */
    VarExprList watched(VarExprList names) {
        VarExprList watched = new VarExprList();
        for (Var name : names.getVars()) {
            Expr value = names.getExpr(name);
            watched.add(name, value == null ? null : new Values(value, watch, 0, SHORT));
        }
        return watched;
    }

    /** The same aggregator, over values that are counted. */
    Aggregator watched(Aggregator aggregator) {
        String kind = aggregator.getClass().getSimpleName();
        if (aggregator.getExprList() == null || NUMBER.matcher(kind).matches()) {
            return aggregator;
        }
        boolean isSingle = SINGLE.matcher(kind).matches();
        long each = aggregator instanceof AggGroupConcat texts && texts.getSeparator() != null
                ? WatchedExecution.ROW / 4 + 2L * texts.getSeparator().length()
                : WatchedExecution.ROW / 4;
        ExprList watched = new ExprList();
        aggregator
                .getExprList()
                .forEach(value ->
                        watched.add(isSingle ? new Values(value, watch, 0, SHORT) : new Values(value, watch, each, 0)));
        return aggregator.copy(watched);
    }

    /** Counts groups as they come up. It adds nothing to their rows. */
    private static final class Groups extends AggNull {
        private final Watch watch;
        private final long bytes;

        Groups(Watch watch, long bytes) {
            this.watch = watch;
            this.bytes = bytes;
        }

        @Override
        public Accumulator createAccumulator() {
            watch.keep(bytes);
            return super.createAccumulator();
        }
    }

    /** Counts the letters of values as they pass. */
    private static final class Values extends ExprFunction1 {
        private final Watch watch;
        private final long bytes;
        private final int free;

        /** @param bytes of each besides its letters @param free letters up to which a value takes nothing */
        Values(Expr value, Watch watch, long bytes, int free) {
            super(value, "kept");
            this.watch = watch;
            this.bytes = bytes;
            this.free = free;
        }

        @Override
        public NodeValue eval(NodeValue value) {
            int letters = free == 0 || value.isString() || value.isLangString()
                    ? value.asString().length()
                    : 0;
            if (letters >= free) {
                watch.keep(bytes + 2L * letters);
            }
            return value;
        }

        @Override
        public Expr copy(Expr value) {
            return new Values(value, watch, bytes, free);
        }
    }
}
