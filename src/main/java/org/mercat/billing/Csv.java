// SPDX-License-Identifier: Apache-2.0
package org.mercat.billing;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.jena.graph.Node;
import org.mercat.ns.MC;

/**
 * The lines of an invoice, a settlement or a credit note, one a row.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
final class Csv {
    private Csv() {}

    static String of(Places places, Description paper) {
        List<Description> lines = paper.parts(MC.line).stream()
                .sorted(Comparator.comparing(line -> line.number(MC.lineNumber)))
                .toList();
        String head = "line,kind,contract,offering,organization,used in,metric,quantity,unit price,amount,tax rate,tax,"
                + "currency\r\n";
        return head + lines.stream().map(line -> row(places, paper, line)).collect(Collectors.joining());
    }

    private static String row(Places places, Description paper, Description line) {
        return Stream.of(
                                line.text(MC.lineNumber),
                                line.text(MC.lineKind),
                                id(places, "contracts/", line, MC.contract),
                                id(places, "offerings/", line, MC.offering),
                                id(places, "organizations/", line, MC.otherParty),
                                line.text(MC.usedIn),
                                line.text(MC.metric),
                                line.text(MC.quantity),
                                line.text(MC.unitPrice),
                                line.text(MC.amount),
                                line.text(MC.taxRate),
                                line.text(MC.taxAmount),
                                paper.text(StoredConditions.CURRENCY))
                        .map(Csv::cell)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    private static String id(Places places, String path, Description line, Node property) {
        return line.one(property).map(its -> places.idOf(path, its)).orElse("");
    }

    /** What a spreadsheet would take for a formula cannot come: words are ids, and a metric begins with a letter. */
    private static String cell(String text) {
        return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
