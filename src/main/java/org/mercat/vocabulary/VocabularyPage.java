// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.List;
import java.util.Optional;

/**
 * What people want to know of a vocabulary, or of a namespace that several share, in one language.
 *
 * @param name in its path
 * @param path of this page, without an ending
 * @param version empty of a namespace
 * @param newer whether there is a newer version
 * @param licence IRI; empty if it says none
 * @param parts the vocabularies that share a namespace; empty of a vocabulary
 * @param versions that can be read, the newest first
 * @param tree of its terms; empty if none is above another
 * @param entries all its terms, by name
 * @param alignments which of its statements say that terms are alike
 */
public record VocabularyPage(
        String name,
        String path,
        String iri,
        Text title,
        Optional<Text> description,
        String version,
        boolean newer,
        String licence,
        String prefix,
        String namespace,
        List<Link> parts,
        List<Version> versions,
        List<TermTree> tree,
        List<Entry> entries,
        List<Alignment> alignments) {

    /**
     * A version that can be read.
     *
     * @param isCurrent whether it is the one there is now
     */
    public record Version(String version, String path, boolean isCurrent) {}

    /** A term. */
    public record Entry(Link term, String anchor, TermKind kind, Optional<Text> definition, List<Link> broader) {}

    /** That terms are alike, and how. */
    public record Alignment(Link one, String how, Link other) {}

    /** A line of the list of vocabularies. */
    public record Item(String name, String iri, Text title, Optional<Text> description, String version, int terms) {}
}
