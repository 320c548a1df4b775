// SPDX-License-Identifier: Apache-2.0
package org.mercat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.mercat.http.Fault;
import org.mercat.vocabulary.VocabularyVersion;

/**
 * What came of reading the files of the home again.
 *
 * @param time when it was done, as RFC 3339 writes it
 * @param detail in a sentence
 * @param files that differed from those in force
 * @param vocabularies that changed, with their versions and the level of the change
 * @param filedAnew offerings that the search finds otherwise since
 * @param errors why it was refused; empty if it was not
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Reload(
        Outcome outcome,
        String time,
        String detail,
        List<String> files,
        List<Version> vocabularies,
        int filedAnew,
        List<Fault> errors) {

    /** A vocabulary that says something else, as {@link VocabularyVersion} has it. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Version(String vocabulary, String before, String after, String needed, String fault) {
        static Version of(VocabularyVersion its) {
            return new Version(
                    its.vocabulary(),
                    its.before(),
                    its.after(),
                    its.needed().toString(),
                    its.fault().orElse(""));
        }
    }

    /** What happened. */
    enum Outcome {
        /** The files are those in force. */
        UNCHANGED,
        /** The new files are in force. */
        TAKEN,
        /** Something is wrong with them, and those from before go on. */
        REFUSED;

        /** As it stands in JSON. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
