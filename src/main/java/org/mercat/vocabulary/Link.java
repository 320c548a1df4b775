// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import org.apache.jena.graph.Node;

/**
 * Something that a page names and leads to.
 *
 * @param name with a prefix where there is one
 * @param href where it is described; empty if nobody can go there
 * @param isForeign whether that is elsewhere
 */
public record Link(Text label, String iri, String name, String href, boolean isForeign, boolean isDeprecated) {

    /** The same for a term of an earlier version that has no page any more. */
    Link withoutPage() {
        return new Link(label, iri, name, "", false, isDeprecated);
    }

    /** A term, or anything else that terms are said to have to do with. */
    static Link to(Glossary glossary, Node thing, String language) {
        String iri = thing.toString();
        boolean isWeb = iri.startsWith("http://") || iri.startsWith("https://");
        String own = glossary.place(thing)
                .map(Glossary.Place::path)
                .or(() -> glossary.vocabulary(thing).map(name -> "/vocabularies/" + Glossary.encoded(name)))
                .orElse("");
        boolean isForeign = own.isEmpty() && isWeb;
        return new Link(
                Text.label(glossary.graph(), thing, language),
                iri,
                glossary.name(iri),
                isForeign ? iri : own,
                isForeign,
                glossary.terms().isDeprecated(thing));
    }
}
