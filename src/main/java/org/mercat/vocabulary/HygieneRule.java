// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.mercat.rdf.QueryFile;

/**
 * A rule of {@code queries/hygiene}: a SELECT whose every row is a finding. Its header says how bad that is
 * ({@code #+ severity:}) and what to tell ({@code #+ message:}, with {@code {?variable}} for values of the row).
 *
 * @param name of the file, without ending
 * @param suggest the variable whose value nothing knows, for which a near miss is looked for; empty if there is none
 */
record HygieneRule(String name, String summary, Severity severity, String message, String suggest, QueryFile file) {
    static final String FOLDER = "hygiene/";
    private static final Pattern VARIABLE = Pattern.compile("\\{\\?(\\w+)}");

    /** @throws IllegalStateException naming the file, if its header lacks something */
    static HygieneRule of(QueryFile file) {
        String message = header(file, "message");
        VARIABLE.matcher(message)
                .results()
                .map(match -> match.group(1))
                .filter(variable -> !file.query().getResultVars().contains(variable))
                .forEach(variable -> {
                    throw fault(file, "its message has {?" + variable + "}, which it does not select");
                });
        try {
            return new HygieneRule(
                    file.name().substring(FOLDER.length()),
                    file.summary(),
                    Severity.of(header(file, "severity")),
                    message,
                    file.header().getOrDefault("suggest", "").replace("?", ""),
                    file);
        } catch (IllegalArgumentException e) {
            throw fault(file, e.getMessage());
        }
    }

    private static String header(QueryFile file, String name) {
        String value = file.header().get(name);
        if (value == null) {
            throw fault(file, "write a line #+ " + name + ": ... at its top");
        }
        return value;
    }

    private static IllegalStateException fault(QueryFile file, String what) {
        return new IllegalStateException("queries/" + file.name() + ".rq: " + what);
    }

    /** The message with the values of a row. */
    String message(Binding row, Function<Node, String> names) {
        return VARIABLE.matcher(message)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(value(row, match.group(1), names)));
    }

    private static String value(Binding row, String variable, Function<Node, String> names) {
        Node node = row.get(Var.alloc(variable));
        return node == null ? "" : names.apply(node);
    }
}
