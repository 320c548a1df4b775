// SPDX-License-Identifier: Apache-2.0
package org.mercat.rdf;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A label, word or IRI taken apart for comparison: its words in lower case without accents and plural endings, so that
 * {@code mobility/numberOfFreeSpaces} and "Number of free spaces" are alike.
 */
record TermName(List<String> words) {
    private static final Pattern BORDER =
            Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|[^\\p{L}\\p{N}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final int LONGEST = 200;

    /** Words that carry no meaning of their own in a term's name. */
    private static final Set<String> IDLE = Set.of(
            "of",
            "the",
            "a",
            "an",
            "in",
            "to",
            "has",
            "is",
            "category",
            "type",
            "value",
            "de",
            "del",
            "la",
            "el",
            "d",
            "l",
            "di",
            "der",
            "die",
            "das",
            "von",
            "und",
            "and",
            "en",
            "i",
            "e");

    /** Other words for the same part of a name. */
    private static final Map<String, String> SAME =
            Map.of("id", "identifier", "count", "number", "available", "vacant", "free", "vacant");

    TermName {
        words = List.copyOf(words);
    }

    /** Takes apart a label or a word. */
    static TermName ofLabel(String label) {
        String text = label.length() > LONGEST ? label.substring(0, LONGEST) : label;
        List<String> all = Arrays.stream(BORDER.split(text))
                .filter(word -> !word.isEmpty())
                .map(TermName::fold)
                .toList();
        List<String> telling = all.stream().filter(word -> !IDLE.contains(word)).toList();
        List<String> kept = telling.isEmpty() ? all : telling;
        return new TermName(kept.stream()
                .map(TermName::singular)
                .map(word -> SAME.getOrDefault(word, word))
                .toList());
    }

    /** Takes apart the last part of an IRI, compact IRI or path; a plain word is taken as it is. */
    static TermName ofIri(String iri) {
        int end = iri.length();
        while (end > 0 && "/#:".indexOf(iri.charAt(end - 1)) >= 0) {
            end--;
        }
        int start = end;
        while (start > 0 && "/#:".indexOf(iri.charAt(start - 1)) < 0) {
            start--;
        }
        return ofLabel(iri.substring(start, end));
    }

    /** The words in one piece. */
    String joined() {
        return String.join("", words);
    }

    private static String fold(String word) {
        String plain =
                MARKS.matcher(Normalizer.normalize(word, Normalizer.Form.NFD)).replaceAll("");
        return plain.toLowerCase(Locale.ROOT);
    }

    private static String singular(String word) {
        if (word.length() < 4 || !word.endsWith("s") || word.endsWith("ss") || word.endsWith("us")) {
            return word;
        }
        return word.endsWith("ies") ? word.substring(0, word.length() - 3) + "y" : word.substring(0, word.length() - 1);
    }
}
