// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.Comparator;

/**
 * One thing that is wrong in a vocabulary file.
 *
 * @param severity how bad it is
 * @param rule what found it: {@code syntax}, the name of a shape, or of a file in {@code queries/hygiene}
 * @param file the file's name as it was given
 * @param line from 1; 0 if it is about the file as a whole
 * @param column from 1; 0 if it is about the file as a whole
 * @param term the IRI that it is about, empty if there is none
 * @param message what is wrong and what to write instead
 */
public record Finding(Severity severity, String rule, String file, int line, int column, String term, String message) {
    /** By file, and there from top to bottom. */
    static final Comparator<Finding> ORDER = Comparator.comparing(Finding::file)
            .thenComparingInt(Finding::line)
            .thenComparingInt(Finding::column)
            .thenComparing(Finding::severity)
            .thenComparing(Finding::rule)
            .thenComparing(Finding::message);

    Finding(Severity severity, String rule, String file, Place place, String message) {
        this(severity, rule, file, place.line(), place.column(), "", message);
    }
}
