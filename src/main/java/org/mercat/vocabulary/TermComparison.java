// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.mercat.rdf.Fold;
import org.mercat.vocabulary.VocabularyChange.Kind;
import org.mercat.vocabulary.VocabularyState.Term;
import org.mercat.vocabulary.VocabularyState.Value;

/** Compares terms one by one. Terms that were renamed have their new IRIs on both sides. */
final class TermComparison {
    private final VocabularyState before;
    private final VocabularyState after;
    private final List<VocabularyChange> changes = new ArrayList<>();

    /** The term that is looked at, as it was and as it is; empty where it was not or is not. */
    private Term old;

    private Term now;

    TermComparison(VocabularyState before, VocabularyState after, Map<String, String> renames) {
        this.before = before;
        this.after = after;
        renames.forEach((from, to) -> {
            look(to);
            add(Kind.RENAMED, Level.MAJOR, from, Optional.of(to), List.of(), List.of());
        });
    }

    List<VocabularyChange> changes() {
        Set<String> all = new TreeSet<>(before.terms().keySet());
        all.addAll(after.terms().keySet());
        all.forEach(this::compare);
        return changes;
    }

    private void look(String iri) {
        old = before.term(iri).orElse(new Term(iri, new TreeMap<>()));
        now = after.term(iri).orElse(new Term(iri, new TreeMap<>()));
    }

    private void compare(String iri) {
        look(iri);
        Predicate<String> vocabularies = any -> true;
        if (old.isDeclared() != now.isDeclared()) {
            String home = (now.isDeclared() ? now : old).vocabulary();
            if (now.isDeclared()) {
                add(Kind.ADDED, Level.MINOR, iri, Optional.empty(), List.of(), parents(now));
            } else {
                add(Kind.REMOVED, Level.MAJOR, iri, replacement(old), parents(old), List.of());
            }
            vocabularies = vocabulary -> !vocabulary.equals(home);
        }
        SortedSet<String> properties = new TreeSet<>(old.properties().keySet());
        properties.addAll(now.properties().keySet());
        properties.removeAll(Properties.VERSIONS);
        for (String property : properties) {
            compare(property, vocabularies);
        }
    }

    private static List<String> parents(Term term) {
        return Properties.PARENTS.stream()
                .sorted()
                .flatMap(property -> term.values(property).stream())
                .filter(Value::isIri)
                .map(Value::text)
                .toList();
    }

    private static Optional<String> replacement(Term term) {
        return term.values(Properties.REPLACED_BY).stream()
                .filter(Value::isIri)
                .map(value -> value.text().substring(1, value.text().length() - 1))
                .findFirst();
    }

    private void compare(String property, Predicate<String> vocabularies) {
        SortedMap<Value, String> gone = new TreeMap<>(old.properties().getOrDefault(property, new TreeMap<>()));
        SortedMap<Value, String> come = new TreeMap<>(now.properties().getOrDefault(property, new TreeMap<>()));
        Set<Value> same = new TreeSet<>(gone.keySet());
        same.retainAll(come.keySet());
        gone.keySet().removeAll(same);
        come.keySet().removeAll(same);
        gone.values().removeIf(vocabularies.negate());
        come.values().removeIf(vocabularies.negate());
        boolean isTold = property.equals(Properties.TOP) && !parents(old).equals(parents(now)); // by these
        if (gone.isEmpty() && come.isEmpty() || isTold) {
            return;
        }
        if (Properties.PARENTS.contains(property)) {
            parents(property, iris(gone, true), iris(come, true));
            values(property, iris(gone, false), iris(come, false));
        } else if (Properties.LABELS.contains(property) || property.equals(Properties.DEFINITION)) {
            texts(property, gone, come);
        } else if (property.equals(Properties.DEPRECATED) && isNewlyDeprecated()) {
            change(Kind.DEPRECATED, Level.MINOR, property, "", gone, come, replacement(now));
        } else if (!property.equals(Properties.REPLACED_BY) || !isNewlyDeprecated()) { // else it is told with that
            values(property, gone, come);
        }
    }

    private boolean isNewlyDeprecated() {
        return isDeprecated(now) && !isDeprecated(old);
    }

    private static boolean isDeprecated(Term term) {
        return term.values(Properties.DEPRECATED).contains(new Value("true", ""));
    }

    private static SortedMap<Value, String> iris(SortedMap<Value, String> values, boolean wanted) {
        SortedMap<Value, String> some = new TreeMap<>(values);
        some.keySet().removeIf(value -> value.isIri() != wanted);
        return some;
    }

    private void parents(String property, SortedMap<Value, String> gone, SortedMap<Value, String> come) {
        if (!gone.isEmpty()) {
            change(Kind.MOVED, Level.MAJOR, property, "", gone, come, Optional.empty());
        } else if (!come.isEmpty() && old.values(property).isEmpty()) {
            change(Kind.MOVED, Level.MAJOR, property, "", gone, come, Optional.empty());
        } else if (!come.isEmpty()) {
            change(Kind.EXTENDED, Level.MINOR, property, "", gone, come, Optional.empty());
        }
    }

    private void texts(String property, SortedMap<Value, String> gone, SortedMap<Value, String> come) {
        SortedSet<String> languages = new TreeSet<>();
        gone.keySet().forEach(value -> languages.add(value.language()));
        come.keySet().forEach(value -> languages.add(value.language()));
        for (String language : languages) {
            SortedMap<Value, String> oldTexts = new TreeMap<>(gone);
            SortedMap<Value, String> newTexts = new TreeMap<>(come);
            oldTexts.keySet().removeIf(value -> !value.language().equals(language));
            newTexts.keySet().removeIf(value -> !value.language().equals(language));
            Kind kind = Kind.RELABELLED;
            if (property.equals(Properties.DEFINITION)) {
                kind = oldTexts.isEmpty() || words(oldTexts).equals(words(newTexts)) ? Kind.DOCUMENTED : Kind.REDEFINED;
            }
            Level level = kind == Kind.REDEFINED ? Level.MAJOR : Level.PATCH;
            change(kind, level, property, language, oldTexts, newTexts, Optional.empty());
        }
    }

    /** Without what no meaning hangs on: case, accents, blanks and punctuation. */
    private static List<String> words(SortedMap<Value, String> texts) {
        return texts.keySet().stream()
                .map(value -> Fold.fold(value.text()).replaceAll("[^\\p{L}\\p{N}]+", " "))
                .sorted()
                .toList();
    }

    private void values(String property, SortedMap<Value, String> gone, SortedMap<Value, String> come) {
        if (gone.isEmpty() && come.isEmpty()) {
            return;
        }
        boolean nameless = iris(gone, true).isEmpty() && iris(come, true).isEmpty();
        if (Properties.isNote(property)) {
            change(Kind.DOCUMENTED, Level.PATCH, property, "", gone, come, Optional.empty());
        } else if (Properties.narrows(property, !gone.isEmpty(), !come.isEmpty(), nameless)) {
            change(Kind.NARROWED, Level.MAJOR, property, "", gone, come, Optional.empty());
        } else {
            change(Kind.EXTENDED, Level.MINOR, property, "", gone, come, Optional.empty());
        }
    }

    private void add(Kind kind, Level level, String iri, Optional<String> other, List<String> gone, List<String> come) {
        String vocabulary = (now.isDeclared() ? now : old).vocabulary();
        changes.add(new VocabularyChange(kind, level, iri, label(), vocabulary, other, "", "", gone, come));
    }

    private void change(
            Kind kind,
            Level level,
            String property,
            String language,
            SortedMap<Value, String> gone,
            SortedMap<Value, String> come,
            Optional<String> other) {
        SortedMap<Value, String> all = new TreeMap<>(gone);
        all.putAll(come);
        for (String vocabulary : new TreeSet<>(all.values())) {
            changes.add(new VocabularyChange(
                    kind,
                    level,
                    now.iri(),
                    label(),
                    vocabulary,
                    other,
                    property,
                    language,
                    said(gone, vocabulary),
                    said(come, vocabulary)));
        }
    }

    private static List<String> said(SortedMap<Value, String> values, String vocabulary) {
        return values.keySet().stream()
                .filter(value -> values.get(value).equals(vocabulary))
                .map(Value::text)
                .toList();
    }

    private String label() {
        Term term = now.properties().isEmpty() ? old : now;
        return Properties.MAIN_LABELS.stream()
                .sorted()
                .flatMap(property -> term.values(property).stream())
                .sorted(Comparator.comparing(value -> !value.language().equals("en")))
                .findFirst()
                .map(value -> value.text().replaceFirst("\"(?:@[^\"]*)?$", "").substring(1))
                .orElse("");
    }
}
