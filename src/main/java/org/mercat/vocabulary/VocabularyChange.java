// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One change of one term. Values are written as in Turtle, with IRIs in full; a blank node is written as what is said of
 * it.
 *
 * @param term its IRI; of a term that was renamed the old one
 * @param label in English if there is one; else empty
 * @param vocabulary IRI of the ontology whose file says it, or the name of a file without one
 * @param other the IRI that a term is renamed to or replaced by
 * @param property its IRI, of a change of values; empty where a whole term changes
 * @param language of the texts that changed
 * @param before values that are gone: of a term that was moved its parents
 * @param after values that are new: of a term that was added its parents
 */
public record VocabularyChange(
        Kind kind,
        Level level,
        String term,
        String label,
        String vocabulary,
        Optional<String> other,
        String property,
        String language,
        List<String> before,
        List<String> after) {
    /** What happened to the term. */
    public enum Kind {
        REMOVED("data and searches that use the term have none any more"),
        RENAMED("data and searches that use the old IRI have none any more"),
        MOVED("searches for a broader term find other things"),
        REDEFINED("data that use the term may be wrong now"),
        NARROWED("data that were right may be refused"),
        ADDED("there is a new term"),
        DEPRECATED("the term stays, but is to be used no more"),
        EXTENDED("more is said of the term"),
        RELABELLED("people read another name"),
        DOCUMENTED("people read other words");

        private final String reason;

        Kind(String reason) {
            this.reason = reason;
        }

        /** Why that is as much as its level says. */
        public String reason() {
            return reason;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public VocabularyChange {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}
