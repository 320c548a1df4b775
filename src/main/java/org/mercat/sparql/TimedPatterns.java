// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.expr.E_Regex;
import org.apache.jena.sparql.expr.E_StrReplace;
import org.apache.jena.sparql.expr.Expr;
import org.apache.jena.sparql.expr.ExprEvalException;
import org.apache.jena.sparql.expr.ExprList;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.expr.RegexEngine;

/**
 * Regular expressions that stop when their query does, and replacements that do not grow without end. Some expressions take
 * longer than the age of the world on a line of text, and nothing else stops Java's matcher on its way.
 */
final class TimedPatterns {
    private TimedPatterns() {}

    static Expr matching(ExprList arguments, RunningQuery query) {
        return new Matching(arguments, query);
    }

    static Expr replacing(ExprList arguments, RunningQuery query) {
        return new Replacing(arguments, query);
    }

    private static Expr at(ExprList arguments, int place) {
        return place < arguments.size() ? arguments.get(place) : null;
    }

    /** Makes matchers, and keeps the last pattern: in most queries there is only one. For one thread. */
    private static final class Matchers {
        private final RunningQuery query;
        private String expression;
        private String flags;
        private Pattern pattern;

        Matchers(RunningQuery query) {
            this.query = query;
        }

        /** Whether the values are those of a regular expression: what is wrong with others is for others to tell. */
        static boolean areTexts(NodeValue text, NodeValue expression, NodeValue flags) {
            return isText(text) && expression.isString() && (flags == null || flags.isString());
        }

        static boolean isText(NodeValue text) {
            return text.isString() || text.isLangString();
        }

        Matcher of(NodeValue text, NodeValue wanted, NodeValue with) {
            String mask = with == null ? null : with.getString();
            if (pattern == null || !wanted.getString().equals(expression) || !Objects.equals(mask, flags)) {
                expression = wanted.getString();
                flags = mask;
                pattern = RegexEngine.makePattern("REGEX", expression, mask);
            }
            return pattern.matcher(new TimedText(text.asNode().getLiteralLexicalForm(), query));
        }
    }

    private static final class Matching extends E_Regex {
        private final RunningQuery query;
        private final Matchers matchers;

        Matching(ExprList arguments, RunningQuery query) {
            super(arguments.get(0), arguments.get(1), at(arguments, 2));
            this.query = query;
            this.matchers = new Matchers(query);
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
            return new Matching(arguments, query);
        }
    }

    private static final class Replacing extends E_StrReplace {
        private final RunningQuery query;
        private final Matchers matchers;

        Replacing(ExprList arguments, RunningQuery query) {
            super(arguments.get(0), arguments.get(1), arguments.get(2), at(arguments, 3));
            this.query = query;
            this.matchers = new Matchers(query);
        }

        @Override
        public NodeValue eval(List<NodeValue> values) {
            NodeValue flags = values.size() > 3 ? values.get(3) : null;
            NodeValue by = values.get(2);
            if (!Matchers.areTexts(values.get(0), values.get(1), flags) || !Matchers.isText(by)) {
                return super.eval(values);
            }
            try {
                return replaced(values.get(0), matchers.of(values.get(0), values.get(1), flags), by.getString());
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                throw new ExprEvalException("REPLACE: " + e.getMessage(), e); // a group that is not there
            }
        }

        /** As Jena does it: of matches of nothing only the first counts. */
        private NodeValue replaced(NodeValue text, Matcher matcher, String by) {
            if (!matcher.find()) {
                return text;
            }
            StringBuilder made = new StringBuilder();
            boolean isFirst = true;
            do {
                if (isFirst || matcher.start() < matcher.end()) {
                    matcher.appendReplacement(made, by);
                    query.mustBeText(made.length());
                }
                isFirst = false;
            } while (matcher.find());
            matcher.appendTail(made);
            query.mustBeText(made.length());
            Node before = text.asNode();
            return before.getLiteralLanguage().isEmpty()
                    ? NodeValue.makeString(made.toString())
                    : NodeValue.makeNode(NodeFactory.createLiteralLang(made.toString(), before.getLiteralLanguage()));
        }

        @Override
        public Expr copy(ExprList arguments) {
            return new Replacing(arguments, query);
        }
    }

    /** A text that a matcher can read until the query is stopped. */
    private static final class TimedText implements CharSequence {
        private static final int OFTEN = 256;

        private final String text;
        private final RunningQuery query;
        private int reads;

        TimedText(String text, RunningQuery query) {
            this.text = text;
            this.query = query;
        }

        @Override
        public char charAt(int index) {
            reads++;
            if (reads % OFTEN == 0) {
                query.check();
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
