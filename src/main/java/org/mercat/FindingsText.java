// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.mercat.vocabulary.Finding;
import org.mercat.vocabulary.Severity;
import picocli.CommandLine.Help.Ansi;

/** Findings for people: a line each, which editors and terminals take for a link, and the source line of syntax errors. */
final class FindingsText {
    private static final Map<Severity, Ansi.Style> STYLES = Map.of(
            Severity.ERROR, Ansi.Style.fg_red,
            Severity.WARNING, Ansi.Style.fg_yellow,
            Severity.NOTE, Ansi.Style.fg_cyan);
    private static final int WIDEST = 160;

    private final PrintWriter out;
    private final Ansi ansi;
    private final int most;

    /** @param most how many findings of one rule are shown for a file */
    FindingsText(PrintWriter out, Ansi ansi, int most) {
        this.out = out;
        this.ansi = ansi;
        this.most = most;
    }

    /**
     * @param files how many were checked
     * @param source a file's text by its name, as the finding has it
     */
    void print(List<Finding> findings, int files, Function<String, String> source) {
        Map<String, Integer> shown = new HashMap<>();
        Map<String, Integer> hidden = new TreeMap<>();
        for (Finding finding : findings) {
            if (shown.merge(finding.file() + " " + finding.rule(), 1, Integer::sum) <= most) {
                print(finding, source);
            } else {
                hidden.merge(finding.rule(), 1, Integer::sum);
            }
        }
        hidden.forEach((rule, count) ->
                out.println(faint(count + " more of [" + rule + "] are not shown; --all shows them.")));
        if (!findings.isEmpty()) {
            out.println();
        }
        out.println(summary(findings, files));
        out.flush();
    }

    private void print(Finding finding, Function<String, String> source) {
        String place = finding.line() > 0 ? ":" + finding.line() + ":" + finding.column() : "";
        out.println(bold(finding.file() + place) + ": "
                + styled(finding.severity().word(), STYLES.get(finding.severity()), Ansi.Style.bold) + ": "
                + finding.message() + " " + faint("[" + finding.rule() + "]"));
        if (finding.rule().equals("syntax") && finding.line() > 0) {
            line(source.apply(finding.file()), finding.line()).ifPresent(line -> printLine(line, finding));
        }
    }

    private static java.util.Optional<String> line(String text, int number) {
        return text.lines().skip(number - 1L).findFirst();
    }

    private void printLine(String line, Finding finding) {
        int from = Math.max(0, Math.min(finding.column() - 1, line.length()) - WIDEST / 2);
        String part =
                line.substring(from, Math.min(line.length(), from + WIDEST)).replace('\t', ' ');
        String number = String.format(Locale.ROOT, "%6d | ", finding.line());
        out.println(faint(number) + part);
        out.println(" ".repeat(number.length() + finding.column() - 1 - from)
                + styled("^", STYLES.get(finding.severity()), Ansi.Style.bold));
    }

    private String summary(List<Finding> findings, int files) {
        String checked = files + (files == 1 ? " file" : " files") + " checked: ";
        if (findings.isEmpty()) {
            return checked + styled("all is well.", Ansi.Style.fg_green, Ansi.Style.bold);
        }
        Map<Severity, Long> counts =
                findings.stream().collect(Collectors.groupingBy(Finding::severity, Collectors.counting()));
        return checked
                + Arrays.stream(Severity.values())
                        .filter(counts::containsKey)
                        .map(severity -> styled(
                                counts.get(severity) + " " + severity.word() + (counts.get(severity) == 1 ? "" : "s"),
                                STYLES.get(severity),
                                Ansi.Style.bold))
                        .collect(Collectors.joining(", "))
                + ".";
    }

    private String bold(String text) {
        return styled(text, Ansi.Style.bold);
    }

    private String faint(String text) {
        return styled(text, Ansi.Style.faint);
    }

    private String styled(String text, Ansi.IStyle... styles) {
        return ansi.enabled() ? Ansi.Style.on(styles) + text + Ansi.Style.off(styles) : text;
    }
}
