// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.jena.query.Query;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.expr.E_Exists;
import org.apache.jena.sparql.expr.E_Multiply;
import org.apache.jena.sparql.expr.E_NotExists;
import org.apache.jena.sparql.expr.E_Regex;
import org.apache.jena.sparql.expr.E_StrConcat;
import org.apache.jena.sparql.expr.E_StrReplace;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprFunction2;
import org.apache.jena.sparql.expr.ExprFunctionN;
import org.apache.jena.sparql.expr.ExprFunctionOp;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.syntax.Element;
import org.apache.jena.sparql.syntax.syntaxtransform.ElementTransformCopyBase;
import org.apache.jena.sparql.syntax.syntaxtransform.ElementTransformer;
import org.apache.jena.sparql.syntax.syntaxtransform.ExprTransformApplyElementTransform;
import org.apache.jena.sparql.syntax.syntaxtransform.QueryTransformOps;

/**
 * Puts functions with bounds into a query in place of those that one call of can take any time or memory: regular
 * expressions, and what makes a text or a number twice as long each time it is called.
 */
final class BoundedFunctions extends ExprTransformApplyElementTransform {
    private static final Pattern CONCERNED = Pattern.compile("(?i)regex|replace|concat|\\*");

    private final RunningQuery running;

    private BoundedFunctions(RunningQuery running) {
        super(new ElementTransformCopyBase());
        this.running = running;
    }

    /** The query with bounds, to be run once. */
    static Query in(Query query, RunningQuery running) {
        return CONCERNED.matcher(query.serialize()).find()
                ? QueryTransformOps.transform(query, new ElementTransformCopyBase(), new BoundedFunctions(running))
                : query;
    }

    @Override
    public Expr transform(ExprFunctionN function, ExprList arguments) {
        if (function instanceof E_Regex) {
            return TimedPatterns.matching(arguments, running);
        }
        if (function instanceof E_StrReplace) {
            return TimedPatterns.replacing(arguments, running);
        }
        return function instanceof E_StrConcat
                ? new Concatenation(arguments, running)
                : super.transform(function, arguments);
    }

    @Override
    public Expr transform(ExprFunction2 function, Expr left, Expr right) {
        return function instanceof E_Multiply
                ? new Product(left, right, running)
                : super.transform(function, left, right);
    }

    /** EXISTS and NOT EXISTS have patterns of their own. */
    @Override
    public Expr transform(ExprFunctionOp function, ExprList arguments, Op operator) {
        Element inner = ElementTransformer.transform(function.getElement(), new ElementTransformCopyBase(), this);
        return function instanceof E_NotExists ? new E_NotExists(inner) : new E_Exists(inner);
    }

    private static final class Concatenation extends E_StrConcat {
        private final RunningQuery running;

        Concatenation(ExprList arguments, RunningQuery running) {
            super(arguments);
            this.running = running;
        }

        @Override
        public NodeValue eval(List<NodeValue> values) {
            long length = 0;
            for (NodeValue value : values) {
                length += value.isLiteral()
                        ? value.asNode().getLiteralLexicalForm().length()
                        : 0;
                running.mustBeText(length);
            }
            return super.eval(values);
        }

        @Override
        public Expr copy(ExprList arguments) {
            return new Concatenation(arguments, running);
        }
    }

    private static final class Product extends E_Multiply {
        /** Digits of both together. Doubles have few. */
        private static final int LONGEST = 20_000;

        private final RunningQuery running;

        Product(Expr left, Expr right, RunningQuery running) {
            super(left, right);
            this.running = running;
        }

        @Override
        public NodeValue eval(NodeValue left, NodeValue right) {
            if (digits(left) + digits(right) > LONGEST) {
                throw running.stop(Stopped.forText(LONGEST));
            }
            return super.eval(left, right);
        }

        private static int digits(NodeValue value) {
            return value.isInteger()
                    ? value.getInteger().bitLength() / 3
                    : value.isDecimal() ? value.getDecimal().unscaledValue().bitLength() / 3 : 0;
        }

        @Override
        public Expr copy(Expr left, Expr right) {
            return new Product(left, right, running);
        }
    }
}
