// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.mercat.vocabulary.VocabularyChange.Kind;

/** What became of terms from version to version, as far as versions are kept. For any number of threads. */
final class TermHistory {
    private final VersionArchive archive;
    private final Function<Node, List<TermEvent>> elsewhere;
    private volatile Known known;

    /** What was found out about one state of the vocabularies. */
    private record Known(Glossary glossary, Map<String, Map<String, List<TermEvent>>> events) {}

    /** @param elsewhere what else is on record of a term, such as who proposed it; the oldest first */
    TermHistory(VersionArchive archive, Function<Node, List<TermEvent>> elsewhere) {
        this.archive = archive;
        this.elsewhere = elsewhere;
    }

    /** The versions of a vocabulary, the oldest first; the last one is the one there is now. */
    static SortedMap<String, Graph> versions(VersionArchive archive, String name, Graph now) {
        SortedMap<String, Graph> versions = new TreeMap<>(new VersionOrder());
        archive.versions(name)
                .forEach(version -> archive.graph(name, version).ifPresent(graph -> versions.put(version, graph)));
        versions.put(VersionArchive.versionOf(now), now);
        return versions;
    }

    /** What happened to a term, the oldest first. */
    List<TermEvent> of(Glossary glossary, Node term, String vocabulary) {
        Known state = known;
        if (state == null || state.glossary != glossary) {
            state = new Known(glossary, new ConcurrentHashMap<>());
            known = state;
        }
        List<TermEvent> events = new ArrayList<>(state.events
                .computeIfAbsent(
                        vocabulary,
                        name -> events(name, glossary.vocabularies().byName().get(name)))
                .getOrDefault(term.getURI(), List.of()));
        events.addAll(elsewhere.apply(term));
        return events;
    }

    private Map<String, List<TermEvent>> events(String name, Graph now) {
        Map<String, List<TermEvent>> events = new HashMap<>();
        Graph before = null;
        for (Map.Entry<String, Graph> version : versions(archive, name, now).entrySet()) {
            if (before == null) {
                first(events, name, version.getKey(), version.getValue());
            } else {
                later(events, name, version.getKey(), before, version.getValue());
            }
            before = version.getValue();
        }
        return events;
    }

    /** Nobody knows what was before the first one. */
    private static void first(Map<String, List<TermEvent>> events, String name, String version, Graph graph) {
        VocabularyState.of(new TreeMap<>(Map.of(name, graph)), iri -> iri)
                .declared()
                .keySet()
                .forEach(iri -> add(events, iri, new TermEvent(version, "first", "")));
    }

    private static void later(
            Map<String, List<TermEvent>> events, String name, String version, Graph before, Graph after) {
        VocabularyDiff diff =
                VocabularyDiff.between(new TreeMap<>(Map.of(name, before)), new TreeMap<>(Map.of(name, after)));
        for (DiffReport.Row row : new DiffReport(diff).rows()) {
            VocabularyChange change = row.change();
            TermEvent event = new TermEvent(version, change.kind().toString(), row.details());
            add(events, change.term(), event);
            if (change.kind() == Kind.RENAMED) {
                change.other().ifPresent(now -> {
                    List<TermEvent> earlier = List.copyOf(events.get(change.term()));
                    earlier.subList(0, earlier.size() - 1).forEach(old -> add(events, now, old));
                    add(events, now, new TermEvent(version, event.what(), row.name()));
                });
            }
        }
    }

    /** As one event where the same happened in the same version, such as new names in several languages. */
    private static void add(Map<String, List<TermEvent>> events, String iri, TermEvent event) {
        List<TermEvent> its = events.computeIfAbsent(iri, key -> new ArrayList<>());
        int last = its.size() - 1;
        if (last >= 0 && its.get(last).isLike(event)) {
            its.set(
                    last,
                    new TermEvent(event.version(), event.what(), its.get(last).details() + "; " + event.details()));
        } else {
            its.add(event);
        }
    }
}
