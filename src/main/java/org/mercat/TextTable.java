// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;
import org.apache.jena.sparql.core.Var;
import org.apache.jena.sparql.engine.binding.Binding;
import org.apache.jena.sparql.expr.NodeValue;

/** Rows as a table for a terminal: columns aligned, numbers at the right, IRIs with prefixes, long texts cut. */
final class TextTable {
    private static final int WIDEST = 60;
    private static final Pattern BREAKS = Pattern.compile("\\s+");
    private static final Pattern LOCAL = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]*");

    private final Map<String, String> prefixes;

    /** @param prefixes namespace by prefix, to shorten IRIs with */
    TextTable(Map<String, String> prefixes) {
        this.prefixes = prefixes;
    }

    void print(PrintWriter out, List<Var> variables, List<Binding> rows) {
        List<List<String>> columns = new ArrayList<>();
        for (Var variable : variables) {
            List<String> column = new ArrayList<>(List.of(variable.getVarName()));
            rows.forEach(row -> column.add(text(row.get(variable))));
            columns.add(column);
        }
        List<Integer> widths = columns.stream()
                .map(column -> column.stream().mapToInt(TextTable::width).max().orElse(0))
                .toList();
        List<Boolean> numeric =
                variables.stream().map(variable -> isNumeric(variable, rows)).toList();
        for (int row = 0; row <= rows.size(); row++) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                String cell = columns.get(i).get(row);
                String space = " ".repeat(widths.get(i) - width(cell));
                cells.add(numeric.get(i) ? space + cell : cell + space);
            }
            out.println(String.join("  ", cells).stripTrailing());
            if (row == 0) {
                out.println(String.join("  ", widths.stream().map("-"::repeat).toList()));
            }
        }
        out.println();
        out.println(rows.size() + (rows.size() == 1 ? " row" : " rows"));
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean isNumeric(Var variable, List<Binding> rows) {
        return rows.stream().anyMatch(row -> row.contains(variable))
                && rows.stream()
                        .map(row -> row.get(variable))
                        .allMatch(value -> value == null
                                || value.isLiteral()
                                        && NodeValue.makeNode(value).isNumber());
    }

    private String text(Node value) {
        if (value == null) {
            return "";
        }
        String text = value.isURI()
                ? shortened(value.getURI())
                : value.isLiteral()
                        ? BREAKS.matcher(value.getLiteralLexicalForm()).replaceAll(" ")
                        : "_:" + value;
        return width(text) <= WIDEST ? text : text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…";
    }

    private String shortened(String iri) {
        for (Map.Entry<String, String> prefix : prefixes.entrySet()) {
            String name = iri.startsWith(prefix.getValue())
                    ? iri.substring(prefix.getValue().length())
                    : "";
            if (LOCAL.matcher(name).matches()) {
                return prefix.getKey() + ":" + name;
            }
        }
        return iri;
    }
}
