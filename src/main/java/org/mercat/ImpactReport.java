// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.mercat.Impact.Changed;
import org.mercat.Impact.Moved;
import org.mercat.vocabulary.DiffReport;

/** An {@link Impact} in words: for a pull request, or for tools. */
final class ImpactReport {
    /** Of a list as many are told; the rest is counted. */
    private static final int SHOWN = 10;

    private final Impact impact;
    private final StringBuilder out = new StringBuilder();

    ImpactReport(Impact impact) {
        this.impact = impact;
    }

    /** For the description of a pull request. */
    String markdown() {
        out.append(new DiffReport(impact.diff()).markdown());
        out.append(String.format(Locale.ROOT, "%n## What it does to %,d offerings%n", impact.offerings()));
        if (impact.isEmpty()) {
            out.append("\nNothing: all stay valid, are found under the same categories and types, and demands and"
                    + " queries find the same.\n");
        }
        refused();
        moved();
        changed("Demands that find something else", impact.demands());
        changed("Query files with other rows", impact.queries());
        figures();
        return out.toString();
    }

    private void refused() {
        if (!impact.refused().isEmpty()) {
            out.append(String.format(
                    Locale.ROOT,
                    "%n### %,d would be refused%n%n",
                    impact.refused().size()));
            impact.refused().stream()
                    .limit(SHOWN)
                    .forEach(reason -> out.append("- ").append(code(reason)).append('\n'));
            more(impact.refused().size());
        }
    }

    private void moved() {
        if (impact.moved().isEmpty()) {
            return;
        }
        int all = impact.moved().stream()
                .mapToInt(group -> group.offerings().size())
                .sum();
        out.append(String.format(Locale.ROOT, "%n### %,d are found under other categories or types%n%n", all));
        out.append("| offerings | now under | no longer under | such as |\n|---|---|---|---|\n");
        for (Moved group :
                impact.moved().subList(0, Math.min(SHOWN, impact.moved().size()))) {
            out.append(String.format(
                    Locale.ROOT,
                    "| %,d | %s | %s | `%s` |%n",
                    group.offerings().size(),
                    names(group.gained()),
                    names(group.lost()),
                    group.offerings().get(0)));
        }
        more(impact.moved().size());
    }

    private void changed(String title, List<Changed> changes) {
        if (changes.isEmpty()) {
            return;
        }
        out.append(String.format(Locale.ROOT, "%n### %s: %,d%n%n", title, changes.size()));
        out.append("| | before | after | lost | gained |\n|---|---|---|---|---|\n");
        for (Changed change : changes.subList(0, Math.min(SHOWN, changes.size()))) {
            out.append(String.format(
                    Locale.ROOT,
                    "| `%s` | %,d | %s | %s | %s |%n",
                    change.name(),
                    change.before(),
                    change.failure().isEmpty()
                            ? String.format(Locale.ROOT, "%,d", change.after())
                            : "**" + cell(change.failure()) + "**",
                    some(change.lost()),
                    some(change.gained())));
        }
        more(changes.size());
    }

    private void figures() {
        if (!impact.figures().isEmpty()) {
            out.append("\n### Search quality\n\n| | before | after |\n|---|---|---|\n");
            impact.figures()
                    .forEach((name, both) ->
                            out.append(String.format(Locale.ROOT, "| %s | %.4f | %.4f |%n", name, both[0], both[1])));
        }
    }

    private void more(int size) {
        if (size > SHOWN) {
            out.append(String.format(Locale.ROOT, "%nand %,d more (all with `--format json`).%n", size - SHOWN));
        }
    }

    private static String names(Collection<String> iris) {
        return iris.isEmpty()
                ? ""
                : "`"
                        + String.join(
                                "`, `", iris.stream().map(ImpactReport::name).toList()) + "`";
    }

    private static String name(String iri) {
        return iri.replaceFirst("^.*[#/](?=.)", "");
    }

    private static String some(List<String> rows) {
        String shown = String.join(
                ", ", rows.stream().limit(2).map(row -> "`" + cell(row) + "`").toList());
        return rows.size() > 2 ? String.format(Locale.ROOT, "%,d, such as %s", rows.size(), shown) : shown;
    }

    private static String code(String text) {
        return text.replace("<", "&lt;").replace("\n", " ");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    /** For tools: nothing is left out. */
    String json() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
        json.put("level", impact.diff().level().toString());
        json.put("offerings", impact.offerings());
        json.set("refused", mapper.valueToTree(impact.refused()));
        json.set("moved", mapper.valueToTree(impact.moved()));
        json.set("demands", mapper.valueToTree(impact.demands()));
        json.set("queries", mapper.valueToTree(impact.queries()));
        json.set("figures", mapper.valueToTree(impact.figures()));
        return json.toPrettyString() + "\n";
    }
}
