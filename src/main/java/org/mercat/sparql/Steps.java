// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.shared.PrefixMapping;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.algebra.op.Op1;
import org.apache.jena.sparql.algebra.op.Op2;
import org.apache.jena.sparql.algebra.op.OpBGP;
import org.apache.jena.sparql.algebra.op.OpConditional;
import org.apache.jena.sparql.algebra.op.OpDistinct;
import org.apache.jena.sparql.algebra.op.OpExtend;
import org.apache.jena.sparql.algebra.op.OpFilter;
import org.apache.jena.sparql.algebra.op.OpGraph;
import org.apache.jena.sparql.algebra.op.OpGroup;
import org.apache.jena.sparql.algebra.op.OpLeftJoin;
import org.apache.jena.sparql.algebra.op.OpMinus;
import org.apache.jena.sparql.algebra.op.OpN;
import org.apache.jena.sparql.algebra.op.OpNull;
import org.apache.jena.sparql.algebra.op.OpOrder;
import org.apache.jena.sparql.algebra.op.OpPath;
import org.apache.jena.sparql.algebra.op.OpProject;
import org.apache.jena.sparql.algebra.op.OpPropFunc;
import org.apache.jena.sparql.algebra.op.OpSlice;
import org.apache.jena.sparql.algebra.op.OpTable;
import org.apache.jena.sparql.algebra.op.OpTopN;
import org.apache.jena.sparql.algebra.op.OpUnion;
import org.apache.jena.sparql.algebra.walker.Walker;
import org.apache.jena.sparql.core.Prologue;
import org.apache.jena.sparql.core.TriplePath;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.optimizer.reorder.ReorderLib;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprFunctionOp;
import org.apache.jena.sparql.expr.ExprVisitorBase;
import org.apache.jena.sparql.path.P_Link;
import org.apache.jena.sparql.path.P_NegPropSet;
import org.apache.jena.sparql.path.P_OneOrMore1;
import org.apache.jena.sparql.path.P_OneOrMoreN;
import org.apache.jena.sparql.path.P_Seq;
import org.apache.jena.sparql.path.P_ZeroOrMore1;
import org.apache.jena.sparql.path.P_ZeroOrMoreN;
import org.apache.jena.sparql.path.Path;

/** Goes through the plan of a query as it would run, and tells each step and about how many rows there are behind it. */
final class Steps {
    /** Things that one thing is pointed at by, where that is not known. */
    private static final double POINTED_AT = 10;

    /** Part of rows that a filter lets through, where that is not known. */
    private static final double PASSED = 0.3;

    private final Counts counts;
    private final StepWords in;
    private final List<String> words = new ArrayList<>();
    private final List<Explanation.Warning> warnings = new ArrayList<>();
    private final Set<Var> bound = new HashSet<>();
    private double rows = 1;
    private double looksAt;

    Steps(Counts counts, PrefixMapping prefixes) {
        this.counts = counts;
        this.in = new StepWords(prefixes);
    }

    List<String> words() {
        return words;
    }

    List<Explanation.Warning> warnings() {
        return warnings;
    }

    /** Triples, about. */
    double looksAt() {
        return looksAt;
    }

    /** After all else, all that is said of some things. */
    void describe(int named) {
        words.add("describe " + StepWords.about(Math.max(rows, named)).replace("row", "thing")
                + ": all that is said of each");
        looksAt += Math.max(rows, named) * 2 * POINTED_AT;
    }

    void go(Op op) {
        if (op instanceof OpBGP group) {
            ReorderLib.fixed().reorder(group.getPattern()).forEach(this::pattern);
        } else if (op instanceof OpPath path) {
            path(path.getTriplePath());
        } else if (op instanceof OpPropFunc function) {
            go(function.getSubOp());
            function(function);
        } else if (op instanceof OpLeftJoin || op instanceof OpConditional) {
            optional((Op2) op);
        } else if (op instanceof OpUnion union) {
            union(union);
        } else if (op instanceof OpMinus minus) {
            go(minus.getLeft());
            double before = rows;
            words.add("find all that is to be taken away:");
            alone(minus.getRight());
            rows = before;
        } else if (op instanceof OpTable table) {
            words.add("take the " + table.getTable().size() + " rows of VALUES");
            times(table.getTable().getVars(), table.getTable().size());
        } else if (op instanceof Op2 two) {
            go(two.getLeft());
            go(two.getRight());
        } else if (op instanceof OpN many) {
            many.getElements().forEach(this::go);
        } else if (op instanceof Op1 one) {
            one(one);
        } else if (!(op instanceof OpNull)) {
            words.add(op.getName());
        }
    }

    private void one(Op1 op) {
        double looked = looksAt;
        go(op.getSubOp());
        if (op instanceof OpFilter filter) {
            for (Expr each : filter.getExprs()) {
                words.add("keep those with " + in.text(each));
                Walker.walk(each, new ExprVisitorBase() {
                    @Override
                    public void visit(ExprFunctionOp exists) {
                        exists(exists.getGraphPattern());
                    }
                });
                rows = Math.max(1, rows * PASSED);
            }
        } else if (op instanceof OpExtend extend) {
            extend.getVarExprList().getExprs().forEach((name, value) -> {
                if (!value.isVariable()) { // else it only names what a group was counted or added up to
                    words.add("work out " + name + ": " + in.text(value));
                }
            });
            bound.addAll(extend.getVarExprList().getVars());
        } else if (op instanceof OpGroup group) {
            words.add((group.getGroupVars().isEmpty() ? "take" : "put into groups by " + StepWords.variables(group))
                    + " " + StepWords.about(rows) + ", and work out " + StepWords.aggregates(group));
        } else if (op instanceof OpOrder order) {
            words.add("sort " + StepWords.about(rows) + in.by(order.getConditions()) + ", all of them in memory");
        } else if (op instanceof OpTopN top) {
            words.add("keep the first " + top.getLimit() + in.by(top.getConditions()) + " of " + StepWords.about(rows));
            rows = Math.min(rows, top.getLimit());
        } else if (op instanceof OpDistinct) {
            words.add("leave out what came before, " + StepWords.about(rows) + " at most in memory");
        } else if (op instanceof OpSlice slice && slice.getLength() >= 0) {
            words.add("stop after " + slice.getLength() + " rows");
            double wanted = slice.getLength() + Math.max(0, slice.getStart());
            stopsEarly(slice.getSubOp(), looked, wanted);
            rows = Math.min(rows, slice.getLength());
        } else if (op instanceof OpGraph graph) {
            words.add("(that, within the graph " + in.name(graph.getNode()) + ")");
        }
    }

    /** What a filter looks for, until it finds one, for each row. */
    private void exists(Op pattern) {
        Set<Var> known = new HashSet<>(bound);
        double before = rows;
        double looked = looksAt;
        words.add("for that, with each of " + StepWords.about(rows) + ", until one is found:");
        go(pattern);
        stopsEarly(pattern, looked, before);
        rows = before;
        bound.clear();
        bound.addAll(known);
    }

    /** Of rows that all come, one by one, only the first ones are looked at. */
    private void stopsEarly(Op op, double looked, double wanted) {
        if (rows > wanted && isEach(op)) {
            looksAt = looked + (looksAt - looked) * wanted / rows;
        }
    }

    /** Whether all that is looked at becomes a row at once. */
    private static boolean isEach(Op op) {
        if (op instanceof OpBGP group) {
            return group.getPattern().size() == 1
                    || group.getPattern().getList().stream()
                            .allMatch(triple -> triple.getSubject().isVariable()
                                    && triple.getPredicate().isVariable()
                                    && triple.getObject().isVariable());
        }
        return (op instanceof OpProject || op instanceof OpExtend || op instanceof OpGraph)
                && isEach(((Op1) op).getSubOp());
    }

    private void pattern(Triple triple) {
        boolean subject = isKnown(triple.getSubject());
        boolean object = isKnown(triple.getObject());
        double all = counts.of(triple.getSubject(), triple.getPredicate(), triple.getObject());
        boolean joins = bound.stream()
                .anyMatch(v -> v.equals(triple.getSubject())
                        || v.equals(triple.getPredicate())
                        || v.equals(triple.getObject()));
        String found =
                in.name(triple.getSubject()) + " " + in.name(triple.getPredicate()) + " " + in.name(triple.getObject());
        if (!joins) {
            if (!bound.isEmpty() && rows > 1 && all > 1) {
                cross(found, all);
            }
            boolean everything = List.of(triple.getSubject(), triple.getPredicate(), triple.getObject()).stream()
                    .noneMatch(Node::isConcrete);
            if (everything) {
                warnings.add(new Explanation.Warning(
                        "unbound-predicate", found + " is every triple there is: say which property, or of what."));
            }
            words.add((everything ? "look at every triple: " : "look up ") + found + ", " + counts.words(all));
            looksAt += rows * all;
            rows *= Math.max(1, all);
        } else if (subject && object) {
            words.add("keep those with " + found);
            looksAt += rows;
            rows = Math.max(1, rows * PASSED);
        } else {
            double each = subject ? Math.max(1, perSubject(triple, all)) : Math.min(Math.max(1, all), POINTED_AT);
            words.add("for each of " + StepWords.about(rows) + ", look up " + found);
            looksAt += rows * each;
            rows = Math.min(rows * each, triple.getSubject().isConcrete() ? Math.max(1, all) * rows : rows * each);
        }
        know(triple.getSubject());
        know(triple.getPredicate());
        know(triple.getObject());
    }

    /** Without a property it is all that is said of a thing, some 20 triples. */
    private static double perSubject(Triple triple, double all) {
        return triple.getPredicate().isConcrete() ? 1 : Math.min(all, 2 * POINTED_AT);
    }

    private void cross(String found, double all) {
        warnings.add(new Explanation.Warning(
                "cross-product",
                found + " shares no variable with what is found before: each of " + StepWords.about(rows)
                        + " is combined with" + " each of " + counts.words(all)
                        + ". Join them by a variable, or ask two queries."));
    }

    private boolean isKnown(Node node) {
        return node.isConcrete() || bound.contains(node);
    }

    private void know(Node node) {
        if (Var.isVar(node)) {
            bound.add(Var.alloc(node));
        }
    }

    private void path(TriplePath path) {
        if (path.isTriple()) {
            pattern(path.asTriple());
            return;
        }
        String found = in.name(path.getSubject()) + " " + path.getPath().toString(new Prologue(in.prefixes())) + " "
                + in.name(path.getObject());
        boolean known = isKnown(path.getSubject()) || isKnown(path.getObject());
        double all = counts.of(Node.ANY, Node.ANY, Node.ANY);
        if (known) {
            words.add("for each of " + StepWords.about(rows) + ", follow " + found);
            looksAt += rows * POINTED_AT;
            rows *= isWide(path.getPath()) ? POINTED_AT : 1;
        } else if (isWide(path.getPath())) {
            warnings.add(new Explanation.Warning(
                    "path-over-everything",
                    found
                            + " begins everywhere and goes as far as it can: give one of its ends, or a property in place of"
                            + " !(...)."));
            words.add("from everything there is, follow " + found);
            looksAt += rows * all * Math.min(all, 1_000);
            rows *= all * POINTED_AT;
        } else {
            words.add("follow " + found + " from wherever it begins");
            double begins = firstOf(path.getPath(), all);
            looksAt += rows * begins;
            rows *= Math.max(1, begins);
        }
        know(path.getSubject());
        know(path.getObject());
    }

    private double firstOf(Path path, double all) {
        Path first = path;
        while (first instanceof P_Seq sequence) {
            first = sequence.getLeft();
        }
        return first instanceof P_Link link ? counts.of(Node.ANY, link.getNode(), Node.ANY) : all;
    }

    private static boolean isWide(Path path) {
        return path instanceof P_ZeroOrMore1
                || path instanceof P_ZeroOrMoreN
                || path instanceof P_OneOrMore1
                || path instanceof P_OneOrMoreN
                || path instanceof P_NegPropSet
                || path.toString().matches(".*[*+!].*");
    }

    private void function(OpPropFunc function) {
        words.add("call " + in.name(function.getProperty()) + ", which looks into its own index");
        double found = 1_000;
        looksAt += rows * found;
        rows *= found;
        List<Node> subject = function.getSubjectArgs().isList()
                ? function.getSubjectArgs().getArgList()
                : List.of(function.getSubjectArgs().getArg());
        subject.forEach(this::know);
    }

    private void optional(Op2 op) {
        go(op.getLeft());
        double before = rows;
        words.add("then, for each of " + StepWords.about(rows) + ", if there is:");
        go(op.getRight());
        rows = Math.max(before, rows);
    }

    private void union(OpUnion union) {
        Set<Var> known = new HashSet<>(bound);
        double before = rows;
        words.add("on one side:");
        go(union.getLeft());
        double left = rows;
        Set<Var> ofLeft = new HashSet<>(bound);
        bound.clear();
        bound.addAll(known);
        rows = before;
        words.add("on the other side:");
        go(union.getRight());
        rows += left;
        bound.addAll(ofLeft);
    }

    private void alone(Op op) {
        Set<Var> known = new HashSet<>(bound);
        bound.clear();
        rows = 1;
        go(op);
        bound.clear();
        bound.addAll(known);
    }

    private void times(List<Var> variables, double many) {
        if (variables.stream().noneMatch(bound::contains)) {
            rows *= Math.max(1, many);
        }
        looksAt += rows;
        bound.addAll(variables);
    }
}
