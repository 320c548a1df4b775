// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

/**
 * Something that happened to a term.
 *
 * @param version of the vocabulary in which it shows
 * @param what a word: {@code first} in the first version that is known, else a kind of change such as {@code relabelled}
 * @param details in words; may be empty
 */
public record TermEvent(String version, String what, String details) {
    boolean isLike(TermEvent other) {
        return version.equals(other.version) && what.equals(other.what);
    }
}
