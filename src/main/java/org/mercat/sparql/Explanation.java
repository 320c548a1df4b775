// SPDX-License-Identifier: Apache-2.0
package org.mercat.sparql;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;

/**
 * What a query would do. All numbers are estimates, and say so.
 *
 * @param verdict {@code quick}, {@code may be slow} or {@code will be stopped}, probably
 * @param why the verdict
 * @param looksAt triples that it looks at, about
 * @param words its steps in their order
 * @param warnings what makes it slow, and what to do
 * @param query as it was understood
 * @param algebra as SPARQL defines it
 * @param plan the algebra after optimization; the patterns of a group are put in order when it runs
 */
record Explanation(
        String verdict,
        String why,
        double looksAt,
        List<String> words,
        List<Warning> warnings,
        String query,
        String algebra,
        String plan) {
    /**
     * Something that makes a query slow.
     *
     * @param kind a word for programs
     * @param rewrite a query, or null if there is none to suggest
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Warning(String kind, String message, String rewrite) {
        Warning(String kind, String message) {
            this(kind, message, null);
        }
    }

    /** For people who read it on a terminal. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("Verdict: ").append(verdict).append(". ").append(why).append("\n\nSteps, in this order:\n");
        int number = 1;
        for (String step : words) {
            text.append(String.format(Locale.ROOT, "%3d. %s%n", number, step));
            number++;
        }
        for (Warning warning : warnings) {
            text.append("\nWarning, ")
                    .append(warning.kind)
                    .append(": ")
                    .append(warning.message)
                    .append('\n');
            if (warning.rewrite != null) {
                text.append(warning.rewrite.indent(4));
            }
        }
        return text.append("\nAlgebra:\n")
                .append(algebra.indent(2))
                .append("\nPlan:\n")
                .append(plan.indent(2))
                .toString();
    }
}
