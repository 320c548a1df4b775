// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.jena.graph.Graph;

/**
 * What differs in meaning between two states of vocabularies, whatever their files look like.
 *
 * @param versions of each vocabulary that changed or has another version
 * @param changes the weightiest first
 * @param prefixes namespace by prefix, as the files bind them
 */
public record VocabularyDiff(
        List<VocabularyVersion> versions, List<VocabularyChange> changes, Map<String, String> prefixes) {
    public VocabularyDiff {
        prefixes = Map.copyOf(prefixes);
        versions = List.copyOf(versions);
        changes = List.copyOf(changes);
    }

    /** Compares graphs by file name; two single files are two states of one, whatever their names. */
    public static VocabularyDiff between(SortedMap<String, Graph> old, SortedMap<String, Graph> after) {
        SortedMap<String, Graph> before = old.size() == 1 && after.size() == 1
                ? new TreeMap<>(Map.of(after.firstKey(), old.get(old.firstKey())))
                : old;
        var newer = VocabularyState.of(after, term -> term);
        var renames = Renames.between(VocabularyState.of(before, term -> term), newer);
        var older = VocabularyState.of(before, term -> renames.getOrDefault(term, term));
        List<VocabularyChange> changes = new TermComparison(older, newer, renames)
                .changes().stream()
                        .sorted(Comparator.comparing(VocabularyChange::level)
                                .reversed()
                                .thenComparing(VocabularyChange::kind)
                                .thenComparing(VocabularyChange::term)
                                .thenComparing(VocabularyChange::property)
                                .thenComparing(VocabularyChange::language))
                        .toList();
        List<Graph> graphs = new ArrayList<>(after.values());
        graphs.addAll(before.values());
        return new VocabularyDiff(
                VocabularyVersion.compare(older, newer, changes), changes, VocabularyPlace.prefixes(graphs));
    }

    /** That of the weightiest change. */
    public Level level() {
        return changes.stream()
                .map(VocabularyChange::level)
                .max(Comparator.naturalOrder())
                .orElse(Level.NONE);
    }

    public boolean isEmpty() {
        return changes.isEmpty() && versions.isEmpty();
    }
}
