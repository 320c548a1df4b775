// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.mercat.vocabulary.VocabularyChange.Kind;

/** What differs between two states of vocabularies, in words for people. */
public final class DiffReport {
    private static final Pattern IRI = Pattern.compile("<([^<>]*)>");

    private final VocabularyDiff diff;
    private final Prefixes prefixes;

    public DiffReport(VocabularyDiff diff) {
        this.diff = diff;
        prefixes = new Prefixes(diff.prefixes());
    }

    /**
     * A change in words.
     *
     * @param name of the term, with a prefix where there is one
     * @param details may be empty
     */
    record Row(VocabularyChange change, String name, String details) {}

    /** The changes one by one, the weightiest first. */
    List<Row> rows() {
        return diff.changes().stream()
                .map(change -> new Row(
                        change,
                        name(change.term()),
                        details(change).replaceFirst("^: ", "").strip()))
                .toList();
    }

    /** For a terminal. */
    public String text() {
        if (diff.isEmpty()) {
            return "No difference in meaning.\n";
        }
        StringBuilder out = new StringBuilder(summary()).append('\n');
        reasons().forEach(reason -> out.append("  ").append(reason).append('\n'));
        changesByVocabulary().forEach((vocabulary, changes) -> {
            out.append('\n').append(vocabulary).append(version(vocabulary)).append('\n');
            for (VocabularyChange change : changes) {
                String kind = change.kind().toString();
                out.append(String.format(
                        Locale.ROOT, "  %-6s %-10s  %s%n", change.level(), kind, term(change) + details(change)));
            }
            fault(vocabulary)
                    .ifPresent(fault -> out.append("  version: ").append(fault).append(".\n"));
        });
        return out.toString();
    }

    /** For the description of a pull request. */
    public String markdown() {
        if (diff.isEmpty()) {
            return "## Vocabulary changes: none\n";
        }
        StringBuilder out =
                new StringBuilder("## Vocabulary changes: ").append(summary()).append("\n\n");
        reasons().forEach(reason -> out.append("- ").append(reason).append('\n'));
        changesByVocabulary().forEach((vocabulary, changes) -> {
            out.append("\n### `")
                    .append(vocabulary)
                    .append('`')
                    .append(version(vocabulary))
                    .append("\n\n");
            fault(vocabulary)
                    .ifPresent(fault ->
                            out.append("**Version:** ").append(cell(fault)).append(".\n\n"));
            if (!changes.isEmpty()) {
                out.append("| | | term | |\n|---|---|---|---|\n");
            }
            for (VocabularyChange change : changes) {
                out.append("| ")
                        .append(change.level())
                        .append(" | ")
                        .append(change.kind())
                        .append(" | `");
                out.append(name(change.term()))
                        .append("` ")
                        .append(cell(label(change)))
                        .append(" | ");
                out.append(cell(details(change).replaceFirst("^: ", ""))).append(" |\n");
            }
        });
        return out.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ").strip();
    }

    /** Such as {@code major (2 removed, 1 added)}. */
    private String summary() {
        Map<Kind, Long> counts = diff.changes().stream()
                .collect(Collectors.groupingBy(VocabularyChange::kind, TreeMap::new, Collectors.counting()));
        if (counts.isEmpty()) {
            return "only the version";
        }
        return diff.level()
                + counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    /** Why it is as weighty as it is. */
    private List<String> reasons() {
        return diff.changes().stream()
                .filter(change -> change.level() == diff.level())
                .map(VocabularyChange::kind)
                .distinct()
                .map(kind -> kind + ": " + kind.reason())
                .toList();
    }

    private Map<String, List<VocabularyChange>> changesByVocabulary() {
        var vocabularies = new TreeSet<>(
                diff.versions().stream().map(VocabularyVersion::vocabulary).toList());
        diff.changes().forEach(change -> vocabularies.add(change.vocabulary()));
        Map<String, List<VocabularyChange>> grouped = new LinkedHashMap<>();
        vocabularies.forEach(vocabulary -> grouped.put(
                vocabulary,
                diff.changes().stream()
                        .filter(change -> change.vocabulary().equals(vocabulary))
                        .toList()));
        return grouped;
    }

    private Optional<VocabularyVersion> versionOf(String vocabulary) {
        return diff.versions().stream()
                .filter(version -> version.vocabulary().equals(vocabulary))
                .findFirst();
    }

    private String version(String vocabulary) {
        return versionOf(vocabulary)
                .map(version -> version.before().equals(version.after())
                        ? " " + version.after()
                        : " " + version.before() + " -> " + version.after())
                .orElse("");
    }

    private Optional<String> fault(String vocabulary) {
        return versionOf(vocabulary).flatMap(VocabularyVersion::fault);
    }

    private String term(VocabularyChange change) {
        String label = label(change);
        return name(change.term()) + (label.isEmpty() ? "" : " " + label);
    }

    private static String label(VocabularyChange change) {
        return change.label().isEmpty() ? "" : "\"" + change.label() + "\"";
    }

    private String details(VocabularyChange change) {
        Optional<String> other = change.other().map(this::name);
        return switch (change.kind()) {
            case RENAMED -> ": now " + other.orElseThrow();
            case REMOVED -> other.map(name -> ": " + name + " replaces it").orElse("");
            case DEPRECATED -> other.map(name -> ": " + name + " replaces it").orElse(": without a replacement");
            case ADDED -> change.after().isEmpty() ? "" : ": below " + values(change.after(), "");
            case MOVED -> ": from " + place(change.before()) + " to " + place(change.after());
            default -> {
                String language = change.language().isEmpty() ? "" : " (" + change.language() + ")";
                String property = change.property().isEmpty() ? "a node without a name" : name(change.property());
                yield ": " + property + language + " " + values(change);
            }
        };
    }

    private String place(List<String> parents) {
        return parents.isEmpty() ? "the top" : values(parents, "");
    }

    private String values(VocabularyChange change) {
        String gone = values(change.before(), change.language());
        String come = values(change.after(), change.language());
        if (change.before().isEmpty()) {
            return "new: " + come;
        }
        return change.after().isEmpty() ? "gone: " + gone : gone + " became " + come;
    }

    private String values(List<String> texts, String language) {
        List<String> shown = new ArrayList<>();
        for (String text : texts) {
            if (text.startsWith("\"")) {
                boolean isTagged = text.toLowerCase(Locale.ROOT).endsWith("@" + language) && !language.isEmpty();
                shown.add(isTagged ? text.substring(0, text.length() - language.length() - 1) : text);
            } else {
                shown.add(IRI.matcher(text).replaceAll(found -> Matcher.quoteReplacement(name(found.group(1)))));
            }
        }
        shown.sort(Comparator.naturalOrder());
        return String.join(", ", shown);
    }

    private String name(String iri) {
        return prefixes.name(iri);
    }
}
