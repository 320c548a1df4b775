// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which strings may become IRIs. Stricter than RFC 3987 where that catches mistakes, never laxer. */
final class IriSyntax {
    private static final Pattern WORD =
            Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}_.~+-]*(/[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_.~+-]*)*");
    private static final Pattern SCHEME =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?#].*|urn:[A-Za-z0-9][A-Za-z0-9-]+:.+", Pattern.DOTALL);
    private static final Pattern PREFIXED =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]*");
    private static final Pattern BAD_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final String FORBIDDEN = "<>\"{}|\\^`";

    private IriSyntax() {}

    /** Whether this can be a bare word: letters, digits and {@code _ . ~ + -}, in parts between slashes. */
    static boolean isWord(String word) {
        return WORD.matcher(word).matches();
    }

    /** Whether this begins like a full IRI: {@code scheme://host} or {@code urn:name:}. */
    static boolean isFull(String iri) {
        return iri.startsWith("https://") && iri.length() > 8 && Character.isLetterOrDigit(iri.charAt(8))
                || SCHEME.matcher(iri).matches();
    }

    /** Whether this looks like {@code prefix:name}, the prefix being none of ours. */
    static boolean isPrefixed(String iri) {
        return PREFIXED.matcher(iri).matches();
    }

    /** What is wrong with the characters of an IRI, or null if nothing is. */
    static String fault(String iri) {
        for (int i = 0; i < iri.length(); i++) {
            char c = iri.charAt(i);
            if (isForbidden(c) || isNoCharacter(iri, i)) {
                return String.format(
                        Locale.ROOT, "it contains U+%04X at position %d, which no IRI may contain", (int) c, i + 1);
            }
        }
        return iri.indexOf('%') >= 0 && BAD_PERCENT.matcher(iri).find()
                ? "a % in it is not followed by two hexadecimal digits"
                : null;
    }

    /** Delimiters; controls, and what a reader does not see: spaces of all kinds, marks of direction. */
    private static boolean isForbidden(char c) {
        if (c > ' ' && c < 0x7F) {
            return FORBIDDEN.indexOf(c) >= 0;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    /** Whether there is half a surrogate pair or one of the code points that are no characters. */
    static boolean isNoCharacter(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c >= 0xFFFE;
    }
}
