// SPDX-License-Identifier: Apache-2.0
package org.mercat.search;

import org.mercat.rdf.Documents;
import org.mercat.rdf.JsonContext;
import org.mercat.rdf.Terms;

/** What the vocabularies of one moment mean to the search. Immutable; when they change, another one takes its place. */
record Lexicon(
        Terms terms,
        Concepts concepts,
        Facts facts,
        Labels labels,
        Words words,
        Languages languages,
        Projection projection,
        CriteriaQuery queries) {

    static Lexicon of(Terms terms, JsonContext context, Documents documents) {
        Concepts concepts = new Concepts(terms);
        Facts facts = new Facts(terms, concepts);
        Labels labels = new Labels(terms);
        Languages languages = new Languages(labels.words("de"));
        return new Lexicon(
                terms,
                concepts,
                facts,
                labels,
                new Words(terms, context.prefixes()),
                languages,
                new Projection(concepts, labels, languages, facts, documents),
                new CriteriaQuery(concepts, facts, languages));
    }
}
