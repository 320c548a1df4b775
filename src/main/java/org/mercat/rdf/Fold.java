// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.jena.sparql.expr.ExprEvalException;
import org.apache.jena.sparql.expr.NodeValue;
import org.apache.jena.sparql.function.FunctionBase1;

/** {@code fn:fold}: a literal's text in small letters and without accents. */
public final class Fold extends FunctionBase1 {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    @Override
    public NodeValue exec(NodeValue literal) {
        if (!literal.asNode().isLiteral()) {
            throw new ExprEvalException("fn:fold takes a literal, not " + literal);
        }
        return NodeValue.makeString(fold(literal.asNode().getLiteralLexicalForm()));
    }

    /** The same for a text: {@code Straße} gives {@code strasse}, {@code Città} gives {@code citta}. */
    public static String fold(String text) {
        if (text.chars().allMatch(c -> c < 0x80)) {
            return text.toLowerCase(Locale.ROOT);
        }
        String bare =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        return bare.toLowerCase(Locale.ROOT).replace("ß", "ss");
    }
}
