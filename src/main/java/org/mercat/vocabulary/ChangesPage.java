// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.List;
import org.apache.jena.graph.NodeFactory;

/**
 * What has changed in a vocabulary.
 *
 * @param vocabulary its name
 * @param level of the weightiest change
 * @param changes the weightiest first
 */
public record ChangesPage(String vocabulary, String from, String until, String level, List<Change> changes) {
    /**
     * A change of a term.
     *
     * @param kind a word
     * @param name of the term, with a prefix where there is one
     * @param href of the term's page; empty if there is none any more
     */
    public record Change(String level, String kind, String name, String label, String href, String details) {}

    /** @param versions the one that the changes begin at, and the one they end at */
    static ChangesPage of(Glossary glossary, String vocabulary, List<String> versions, VocabularyDiff diff) {
        List<Change> changes = new DiffReport(diff)
                .rows().stream()
                        .map(row -> new Change(
                                row.change().level().toString(),
                                row.change().kind().toString(),
                                row.name(),
                                row.change().label(),
                                glossary.place(NodeFactory.createURI(
                                                row.change().term()))
                                        .map(Glossary.Place::path)
                                        .orElse(""),
                                row.details()))
                        .toList();
        return new ChangesPage(
                vocabulary, versions.get(0), versions.get(1), diff.level().toString(), changes);
    }
}
