// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jena.query.Query;
import org.apache.jena.query.QueryCancelledException;
import org.apache.jena.sparql.algebra.Op;
import org.apache.jena.sparql.expr.E_Exists;
import org.apache.jena.sparql.expr.E_NotExists;
import org.apache.jena.sparql.expr.E_Regex;
import org.apache.jena.sparql.expr.E_StrReplace;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprFunctionN;
import org.apache.jena.sparql.expr.ExprFunctionOp;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.expr.RegexEngine;
import org.apache.jena.sparql.syntax.Element;
import org.apache.jena.sparql.syntax.syntaxtransform.ElementTransformCopyBase;
import org.apache.jena.sparql.syntax.syntaxtransform.ElementTransformer;
import org.apache.jena.sparql.syntax.syntaxtransform.ExprTransformApplyElementTransform;
import org.apache.jena.sparql.syntax.syntaxtransform.QueryTransformOps;

/**
 * Regular expressions that stop when a query's time is over. Some take longer than the age of the world on a line of
 * text, and nothing else stops Java's matcher on its way.
 */
final class TimedPatterns extends ExprTransformApplyElementTransform {
    private static final Pattern PATTERNS = Pattern.compile("(?i)regex|replace");

    /** Of {@link System#nanoTime}. */
    private final long deadline;

    private TimedPatterns(long deadline) {
        super(new ElementTransformCopyBase());
        this.deadline = deadline;
    }

    /** The query, with at most that time from now on for its regular expressions. */
    static Query in(Query query, Duration limit) {
        if (!PATTERNS.matcher(query.serialize()).find()) {
            return query;
        }
        long deadline = System.nanoTime() + limit.toNanos();
        return QueryTransformOps.transform(query, new ElementTransformCopyBase(), new TimedPatterns(deadline));
    }

    @Override
    public Expr transform(ExprFunctionN function, ExprList arguments) {
        if (function instanceof E_Regex) {
            return new Matching(arguments, deadline);
        }
        return function instanceof E_StrReplace
                ? new Replacing(arguments, deadline)
                : super.transform(function, arguments);
    }

    /** EXISTS and NOT EXISTS have patterns of their own. */
    @Override
    public Expr transform(ExprFunctionOp function, ExprList arguments, Op operator) {
        Element inner = ElementTransformer.transform(function.getElement(), new ElementTransformCopyBase(), this);
        return function instanceof E_NotExists ? new E_NotExists(inner) : new E_Exists(inner);
    }

    private static Expr at(ExprList arguments, int place) {
        return place < arguments.size() ? arguments.get(place) : null;
    }

    /** Makes matchers, and keeps the last pattern: in most queries there is only one. For one thread. */
    private static final class Matchers {
        private final long deadline;
        private String expression;
        private String flags;
        private Pattern pattern;

        Matchers(long deadline) {
            this.deadline = deadline;
        }

        /** Whether the values are those of a regular expression: what is wrong with others is for others to tell. */
        static boolean areTexts(NodeValue text, NodeValue expression, NodeValue flags) {
            return (text.isString() || text.isLangString())
                    && expression.isString()
                    && (flags == null || flags.isString());
        }

        Matcher of(NodeValue text, NodeValue wanted, NodeValue with) {
            String mask = with == null ? null : with.getString();
            if (pattern == null || !wanted.getString().equals(expression) || !Objects.equals(mask, flags)) {
                expression = wanted.getString();
                flags = mask;
                pattern = RegexEngine.makePattern("REGEX", expression, mask);
            }
            return pattern.matcher(new TimedText(text.asNode().getLiteralLexicalForm(), deadline));
        }
    }

    private static final class Matching extends E_Regex {
        private final long deadline;
        private final Matchers matchers;

        Matching(ExprList arguments, long deadline) {
            super(arguments.get(0), arguments.get(1), at(arguments, 2));
            this.deadline = deadline;
            this.matchers = new Matchers(deadline);
        }

        @Override
        public NodeValue eval(List<NodeValue> values) {
            NodeValue flags = values.size() > 2 ? values.get(2) : null;
            return Matchers.areTexts(values.get(0), values.get(1), flags)
                    ? NodeValue.booleanReturn(
                            matchers.of(values.get(0), values.get(1), flags).find())
                    : super.eval(values);
        }

        @Override
        public Expr copy(ExprList arguments) {
            return new Matching(arguments, deadline);
        }
    }

    private static final class Replacing extends E_StrReplace {
        private final long deadline;
        private final Matchers matchers;

        Replacing(ExprList arguments, long deadline) {
            super(arguments.get(0), arguments.get(1), arguments.get(2), at(arguments, 3));
            this.deadline = deadline;
            this.matchers = new Matchers(deadline);
        }

        @Override
        public NodeValue eval(List<NodeValue> values) {
            NodeValue flags = values.size() > 3 ? values.get(3) : null;
            if (Matchers.areTexts(values.get(0), values.get(1), flags)) {
                Matcher matcher = matchers.of(values.get(0), values.get(1), flags);
                while (matcher.find()) {
                    continue; // only to see that it ends: how to replace is Jena's to know
                }
            }
            return super.eval(values);
        }

        @Override
        public Expr copy(ExprList arguments) {
            return new Replacing(arguments, deadline);
        }
    }

    /** A text that a matcher can read until a deadline. */
    private static final class TimedText implements CharSequence {
        private static final int OFTEN = 256;

        private final String text;
        private final long deadline;
        private int reads;

        TimedText(String text, long deadline) {
            this.text = text;
            this.deadline = deadline;
        }

        @Override
        public char charAt(int index) {
            reads++;
            if (reads % OFTEN == 0 && System.nanoTime() > deadline) {
                throw new QueryCancelledException();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
