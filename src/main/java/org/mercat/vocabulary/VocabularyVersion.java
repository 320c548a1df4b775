// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mercat.vocabulary.VocabularyState.Value;

/**
 * The version of a vocabulary and whether it was raised as much as its changes ask for.
 *
 * @param vocabulary IRI of the ontology, or the name of a file without one
 * @param before {@code owl:versionInfo}; empty if there was none
 * @param after the same; empty if there is none
 * @param needed what the weightiest change of this vocabulary asks for
 * @param fault what to write instead; empty if all is well
 */
public record VocabularyVersion(String vocabulary, String before, String after, Level needed, Optional<String> fault) {
    private static final String INFO = Prefixes.usual("owl:versionInfo");
    private static final String IRI = Prefixes.usual("owl:versionIRI");
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})(?:\\.(\\d{1,9}))?");

    /** Of each vocabulary that was there before and changed. */
    static List<VocabularyVersion> compare(
            VocabularyState before, VocabularyState after, List<VocabularyChange> changes) {
        Set<String> vocabularies = new TreeSet<>(before.ontologies());
        vocabularies.retainAll(after.ontologies());
        List<VocabularyVersion> versions = new ArrayList<>();
        for (String vocabulary : vocabularies) {
            Level needed = changes.stream()
                    .filter(change -> change.vocabulary().equals(vocabulary))
                    .map(VocabularyChange::level)
                    .reduce(Level.NONE, (a, b) -> a.compareTo(b) > 0 ? a : b);
            String old = version(before, vocabulary, INFO);
            String now = version(after, vocabulary, INFO);
            boolean sameIri = version(before, vocabulary, IRI).equals(version(after, vocabulary, IRI));
            if (needed != Level.NONE || !old.equals(now) || !sameIri) {
                Optional<String> fault =
                        fault(needed, old, now).or(() -> iriFault(vocabulary, now, version(after, vocabulary, IRI)));
                versions.add(new VocabularyVersion(vocabulary, old, now, needed, fault));
            }
        }
        return versions;
    }

    private static String version(VocabularyState state, String vocabulary, String property) {
        return state.term(vocabulary)
                .map(term -> term.values(property))
                .flatMap(values -> values.stream().findFirst())
                .map(Value::text)
                .map(text -> text.replaceAll("^[\"<]|[\">]$", ""))
                .orElse("");
    }

    private static Optional<String> fault(Level needed, String old, String now) {
        Matcher from = NUMBERS.matcher(old);
        Matcher to = NUMBERS.matcher(now);
        if (!from.matches()) {
            return needed != Level.NONE && old.equals(now)
                    ? Optional.of(old.isEmpty() ? "it has no owl:versionInfo" : "owl:versionInfo is still " + old)
                    : Optional.empty();
        }
        String least = raised(from, needed);
        if (to.matches() && compare(to, NUMBERS.matcher(least)) >= 0) {
            return Optional.empty();
        }
        String is = now.equals(old) ? "is still " + old : "is \"" + now + "\"";
        return Optional.of("owl:versionInfo " + is + ": write " + least);
    }

    /** The version after a change of that level; empty if the text is none. */
    public static Optional<String> raised(String version, Level level) {
        return Optional.of(NUMBERS.matcher(version)).filter(Matcher::matches).map(matched -> raised(matched, level));
    }

    /** A version below 1.0.0 promises nothing yet: there, a minor is enough. */
    private static String raised(Matcher version, Level level) {
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        int patch = version.group(3) == null ? 0 : Integer.parseInt(version.group(3));
        return switch (level == Level.MAJOR && major == 0 ? Level.MINOR : level) {
            case MAJOR -> (major + 1) + ".0.0";
            case MINOR -> major + "." + (minor + 1) + ".0";
            case PATCH -> major + "." + minor + "." + (patch + 1);
            case NONE -> version.group();
        };
    }

    private static int compare(Matcher one, Matcher other) {
        if (!other.matches()) {
            throw new IllegalArgumentException("No version: " + other);
        }
        for (int part = 1; part <= 3; part++) {
            int order = Integer.compare(number(one, part), number(other, part));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int number(Matcher version, int part) {
        return version.group(part) == null ? 0 : Integer.parseInt(version.group(part));
    }

    private static Optional<String> iriFault(String vocabulary, String version, String iri) {
        return iri.isEmpty() || version.isEmpty() || iri.endsWith(version) || iri.endsWith(version + "/")
                ? Optional.empty()
                : Optional.of("owl:versionIRI is <" + iri + ">: write <" + vocabulary.replaceAll("[#/]$", "") + "/"
                        + version + ">");
    }
}
