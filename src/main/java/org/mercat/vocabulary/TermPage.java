// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.List;
import java.util.Optional;
import org.mercat.search.TermUsage;

/**
 * What people want to know of a term, in one language.
 *
 * @param path of the page, without an ending; empty if another term of the vocabulary has its name
 * @param vocabulary that defines it
 * @param version of that
 * @param labels in every language
 * @param otherNames in every language
 * @param written how the term stands in the JSON of an offering; empty if it does not
 * @param replacements of a deprecated term
 * @param paths the ways from the top down to the term
 * @param properties what else is said of it
 * @param alignments what terms of others it is like
 * @param offerings some that use it
 * @param history the oldest first
 */
public record TermPage(
        Link term,
        String path,
        TermKind kind,
        Link vocabulary,
        String version,
        List<Text> labels,
        List<Text> otherNames,
        Optional<Text> definition,
        List<Text> notes,
        List<Text> examples,
        String written,
        List<Link> replacements,
        List<List<Link>> paths,
        List<Link> narrower,
        List<Property> properties,
        List<Property> alignments,
        List<TermUsage.Use> uses,
        List<Offering> offerings,
        List<TermEvent> history) {

    /**
     * What is said of the term by a property.
     *
     * @param word for the property
     */
    public record Property(String word, List<Link> links, List<String> values) {}

    /** Whether offerings use narrower terms in place of this one. */
    public boolean hasNarrowerUses() {
        return uses.stream().anyMatch(TermUsage.Use::isHierarchic);
    }

    /** An offering that uses the term. */
    public record Offering(Text title, String href) {}
}
