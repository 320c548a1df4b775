// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.graph.impl.WrappedGraph;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.op.OpAssign;
import org.apache.jena.sparql.algebra.op.OpBGP;
import org.apache.jena.sparql.algebra.op.OpDistinct;
import org.apache.jena.sparql.algebra.op.OpExtend;
import org.apache.jena.sparql.algebra.op.OpGroup;
import org.apache.jena.sparql.algebra.op.OpJoin;
import org.apache.jena.sparql.algebra.op.OpLeftJoin;
import org.apache.jena.sparql.algebra.op.OpMinus;
import org.apache.jena.sparql.algebra.op.OpOrder;
import org.apache.jena.sparql.algebra.op.OpPath;
import org.apache.jena.sparql.algebra.op.OpPropFunc;
import org.apache.jena.sparql.algebra.op.OpTable;
import org.apache.jena.sparql.algebra.op.OpTopN;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.ExecutionContext;
import org.apache.jena.sparql.engine.QueryIterator;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.engine.iterator.QueryIteratorWrapper;
import org.apache.jena.sparql.engine.main.QC;
import org.apache.jena.sparql.expr.ExprAggregator;
import org.apache.jena.sparql.expr.aggregate.AggCountDistinct;
import org.apache.jena.sparql.util.Context;
import org.apache.jena.tdb2.solver.OpExecutorTDB2;
import org.apache.jena.tdb2.solver.QC2;
import org.apache.jena.tdb2.store.GraphTDB;
import org.apache.jena.util.iterator.ExtendedIterator;

/**
 * Runs a query as the database does, and tells a {@link Watch} of each triple that is looked at and of what is kept in
 * memory: rows that are sorted, told apart or joined by hashing, groups, and the values that aggregates collect.
 */
public final class WatchedExecution extends OpExecutorTDB2 {
    /** Bytes that a row in memory takes, about: a map of variables and some nodes. */
    static final long ROW = 400;

    /** Bytes that a row, or a statement, takes of which these are the values that may be long. */
    public static long bytes(Iterable<Node> values) {
        long letters = 0;
        for (Node value : values) {
            if (value != null && value.isLiteral()) {
                letters += value.getLiteralLexicalForm().length();
            }
        }
        return ROW + 2 * letters;
    }

    private final Watch watch;
    private final WatchedGroups groups;

    /** Variables whose values the query makes, and which may be of any length. */
    private final Set<Var> made;

    /** Operators whose rows their parent keeps. */
    private final Map<Op, Boolean> kept = new IdentityHashMap<>();

    private WatchedExecution(ExecutionContext context, Watch watch, Set<Var> made) {
        super(context);
        this.watch = watch;
        this.groups = new WatchedGroups(watch);
        this.made = made;
    }

    /** Has the queries of a context watched, each of which has a context of its own. */
    public static void install(Context context, Watch watch) {
        Set<Var> made = new HashSet<>();
        QC.setFactory(context, execution -> new WatchedExecution(execution, watch, made));
        QC2.setFilter(context, tuple -> {
            watch.step();
            return true;
        });
    }

    @Override
    protected QueryIterator exec(Op op, QueryIterator input) {
        boolean keeps = kept.remove(op) != null;
        QueryIterator rows = super.exec(op, input);
        return keeps ? new Rows(rows, watch, true, made) : rows;
    }

    /** Rows that come from no triple. */
    private QueryIterator stepping(QueryIterator rows, QueryIterator input) {
        return rows == input || rows.isJoinIdentity() ? rows : new Rows(rows, watch, false, made);
    }

    @Override
    protected QueryIterator execute(OpTable table, QueryIterator input) {
        return stepping(super.execute(table, input), input);
    }

    @Override
    protected QueryIterator execute(OpPropFunc function, QueryIterator input) {
        return stepping(super.execute(function, input), input);
    }

    @Override
    protected QueryIterator execute(OpJoin join, QueryIterator input) {
        kept.put(join.getRight(), true);
        kept.put(join.getLeft(), true);
        return stepping(super.execute(join, input), input);
    }

    @Override
    protected QueryIterator execute(OpLeftJoin join, QueryIterator input) {
        kept.put(join.getRight(), true);
        return stepping(super.execute(join, input), input);
    }

    @Override
    protected QueryIterator execute(OpExtend extend, QueryIterator input) {
        made.addAll(extend.getVarExprList().getVars());
        return super.execute(extend, input);
    }

    @Override
    protected QueryIterator execute(OpAssign assign, QueryIterator input) {
        made.addAll(assign.getVarExprList().getVars());
        return super.execute(assign, input);
    }

    @Override
    protected QueryIterator execute(OpMinus minus, QueryIterator input) {
        kept.put(minus.getRight(), true);
        return super.execute(minus, input);
    }

    @Override
    protected QueryIterator execute(OpOrder order, QueryIterator input) {
        kept.put(order.getSubOp(), true);
        return super.execute(order, input);
    }

    @Override
    protected QueryIterator execute(OpTopN top, QueryIterator input) {
        if (top.getLimit() > 0) {
            watch.keep(ROW * top.getLimit());
        }
        return super.execute(top, input);
    }

    /** What is distinct is what comes out. */
    @Override
    protected QueryIterator execute(OpDistinct distinct, QueryIterator input) {
        return new Rows(super.execute(distinct, input), watch, true, made);
    }

    @Override
    protected QueryIterator execute(OpPath path, QueryIterator input) {
        return overSteps(() -> super.execute(path, input));
    }

    /** The database tells of each tuple itself, but not for a dataset that is put together for a query. */
    @Override
    protected QueryIterator execute(OpBGP pattern, QueryIterator input) {
        return execCxt.getActiveGraph() instanceof GraphTDB
                ? super.execute(pattern, input)
                : overSteps(() -> super.execute(pattern, input));
    }

    private QueryIterator overSteps(Supplier<QueryIterator> execution) {
        ExecutionContext before = execCxt;
        execCxt = ExecutionContext.copyChangeActiveGraph(before, new Steps(before.getActiveGraph(), watch));
        try {
            return execution.get();
        } finally {
            execCxt = before;
        }
    }

    @Override
    protected QueryIterator execute(OpGroup group, QueryIterator input) {
        List<ExprAggregator> aggregators = new ArrayList<>();
        if (!group.getGroupVars().isEmpty()) {
            aggregators.add(groups.counting(group.getAggregators().size()));
        }
        for (ExprAggregator each : group.getAggregators()) {
            if (each.getAggregator() instanceof AggCountDistinct) {
                kept.put(group.getSubOp(), true); // whole rows
            }
            aggregators.add(new ExprAggregator(each.getVar(), groups.watched(each.getAggregator())));
        }
        return super.execute(
                OpGroup.create(group.getSubOp(), groups.watched(group.getGroupVars()), aggregators), input);
    }

    /** Counts rows as they pass. */
    private static final class Rows extends QueryIteratorWrapper {
        private final Watch watch;
        private final boolean isKept;
        private final Set<Var> made;

        Rows(QueryIterator rows, Watch watch, boolean isKept, Set<Var> made) {
            super(rows);
            this.watch = watch;
            this.isKept = isKept;
            this.made = made;
        }

        @Override
        protected Binding moveToNextBinding() {
            watch.step();
            Binding row = super.moveToNextBinding();
            if (isKept) {
                watch.keep(made.isEmpty() ? ROW : bytes(made.stream().map(row::get)::iterator));
            }
            return row;
        }
    }

    /** Counts triples as they are found. */
    private static final class Steps extends WrappedGraph {
        private final Watch watch;

        Steps(Graph graph, Watch watch) {
            super(graph);
            this.watch = watch;
        }

        private ExtendedIterator<Triple> counted(ExtendedIterator<Triple> found) {
            watch.step();
            return found.filterKeep(triple -> {
                watch.step();
                return true;
            });
        }

        @Override
        public ExtendedIterator<Triple> find(Triple pattern) {
            return counted(super.find(pattern));
        }

        @Override
        public ExtendedIterator<Triple> find(Node subject, Node predicate, Node object) {
            return counted(super.find(subject, predicate, object));
        }
    }
}
