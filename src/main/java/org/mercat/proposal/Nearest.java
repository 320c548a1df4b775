// SPDX-License-Identifier: Apache-2.0
package org.mercat.proposal;

import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.jena.graph.Node;
import org.mercat.rdf.Suggestion;
import org.mercat.rdf.Terms;

/** Known terms that may be meant, in words. */
final class Nearest {
    private static final int SUGGESTIONS = 3;

    private final Supplier<Terms> terms;

    /** @param terms of the vocabularies as they are now */
    Nearest(Supplier<Terms> terms) {
        this.terms = terms;
    }

    /** The end of a sentence about a term that is not known. */
    String didYouMean(Node term, Node type) {
        String names = nearest(term.isURI() ? term.getURI() : term.getLiteralLexicalForm(), type, 0, null);
        return names.isEmpty() ? "." : "; did you mean " + names + "?";
    }

    /**
     * The most alike terms of a class. Those that are only proposed are among them where others must be like them in part.
     *
     * @param least similarity, from 0
     * @param but a term that is left out, or null
     */
    String nearest(String word, Node type, double least, Node but) {
        return terms.get().nearest(word, type, 2 * SUGGESTIONS).stream()
                .filter(suggestion ->
                        suggestion.similarity() >= least && !suggestion.term().equals(but))
                .filter(suggestion -> least > 0 || !terms.get().isProvisional(suggestion.term()))
                .limit(SUGGESTIONS)
                .map(Nearest::named)
                .collect(Collectors.joining(", "));
    }

    private static String named(Suggestion suggestion) {
        return suggestion.term().getLocalName() + " (" + suggestion.label() + ", <" + suggestion.term() + ">)";
    }
}
