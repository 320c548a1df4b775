// SPDX-License-Identifier: Apache-2.0
package org.mercat.vocabulary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDFS;
import org.apache.jena.vocabulary.SKOS;
import org.mercat.rdf.Fold;
import org.mercat.rdf.Suggestion;

/**
 * Finds terms while a name is being typed: by the beginnings of the words of their labels, other names and IRIs in every
 * language; after these by names that are nearly the same. For any number of threads.
 */
final class TermSearch {
    private static final List<Node> NAMES =
            List.of(SKOS.prefLabel.asNode(), RDFS.label.asNode(), SKOS.altLabel.asNode(), SKOS.hiddenLabel.asNode());
    private static final Pattern BORDER =
            Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|[^\\p{L}\\p{N}]+");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int LONGEST = 200;

    /** Fewer letters are like everything. */
    private static final int LEAST_ALIKE = 3;

    /** Of which it may be that what is meant is not among them. */
    private static final int FEW = 5;

    /** Terms that are nearly called so come after all that are called so. */
    private static final double NEARLY = 0.5;

    private final Glossary glossary;
    /** In their order, so that all with one beginning stand together. */
    private volatile Word[] words;

    /** @param text of the name as it is written */
    private record Name(Node term, String text, String language, boolean isMain, String folded) {}

    private record Word(String word, Name name) {}

    /**
     * A term that was found.
     *
     * @param name of its names the one that was meant
     * @param similarity from 0 to 1, which is the same name
     */
    record Found(Node term, Text name, double similarity) {}

    TermSearch(Glossary glossary) {
        this.glossary = glossary;
    }

    /**
     * The terms that are meant, the most likely first.
     *
     * @param typed a name or its beginning
     * @param allowed which terms may be found
     * @param language of which names are preferred
     */
    List<Found> find(String typed, Predicate<Node> allowed, String language, int limit) {
        words(); // for who opens a page without having typed yet, too
        String asked = typed.length() > LONGEST ? typed.substring(0, LONGEST) : typed;
        Map<Node, Found> found = new LinkedHashMap<>();
        List<Found> begun = begunWith(NO_WORD.split(asked), allowed, language);
        if (begun.isEmpty()) {
            begun = begunWith(BORDER.split(asked), allowed, language); // as in ParkingSpace
        }
        begun.stream()
                .sorted(Comparator.comparingDouble(Found::similarity)
                        .reversed()
                        .thenComparing(one -> one.name.text().length())
                        .thenComparing(one -> one.term.getURI()))
                .limit(limit)
                .forEach(one -> found.put(one.term, one));
        if (found.size() < FEW && asked.strip().length() >= LEAST_ALIKE) {
            for (Suggestion near : glossary.terms().nearest(asked, Node.ANY, Math.max(limit * 2, 50))) {
                if (found.size() < limit
                        && allowed.test(near.term())
                        && glossary.place(near.term()).isPresent()) {
                    Text label = Text.label(glossary.graph(), near.term(), language);
                    found.putIfAbsent(near.term(), new Found(near.term(), label, near.similarity() * NEARLY));
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** Those of which one name has a word that begins with each word that was typed, with the best such name. */
    private List<Found> begunWith(String[] typed, Predicate<Node> allowed, String language) {
        String[] asked = Arrays.stream(typed)
                .filter(word -> !word.isEmpty())
                .map(Fold::fold)
                .toArray(String[]::new);
        if (asked.length == 0) {
            return List.of();
        }
        String rarest = Arrays.stream(asked)
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
        String whole = String.join(" ", asked);
        Map<Node, Found> best = new HashMap<>();
        Word[] all = words();
        for (int i = first(all, rarest); i < all.length && all[i].word.startsWith(rarest); i++) {
            Name name = all[i].name;
            if (isMeant(name, asked)) {
                double similarity = similarity(all[i], whole, language);
                Found before = best.get(name.term);
                if ((before == null || before.similarity < similarity) && allowed.test(name.term)) {
                    best.put(name.term, new Found(name.term, new Text(name.text, name.language), similarity));
                }
            }
        }
        return new ArrayList<>(best.values());
    }

    private static boolean isMeant(Name name, String[] asked) {
        String spaced = " " + name.folded;
        return Arrays.stream(asked).allMatch(word -> spaced.contains(" " + word));
    }

    /** From {@link #NEARLY} to 1: more for a whole name, for its beginning, for a label, for the reader's language. */
    private static double similarity(Word word, String whole, String language) {
        Name name = word.name;
        double share = Math.min(1, (double) whole.length() / name.folded.length());
        double fit = name.folded.equals(whole) ? 1 : name.folded.startsWith(whole) ? 0.8 : 0.5;
        double tongue = name.language.equals(language) ? 1 : name.language.equals("en") ? 0.8 : 0.6;
        double rank = 0.5 * fit + 0.15 * share + 0.2 * tongue + (name.isMain ? 0.15 : 0.05);
        return NEARLY + (1 - NEARLY) * Math.min(1, rank);
    }

    private static int first(Word[] all, String beginning) {
        int low = 0;
        int high = all.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (all[middle].word.compareTo(beginning) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Made when first asked; made twice by chance they are the same. */
    private Word[] words() {
        if (words == null) {
            List<Word> all = new ArrayList<>();
            glossary.places().keySet().forEach(term -> {
                add(all, term, Glossary.localName(term.getURI()), "", false);
                for (Node property : NAMES) {
                    boolean isMain = property.equals(NAMES.get(0)) || property.equals(NAMES.get(1));
                    glossary.graph()
                            .find(term, property, Node.ANY)
                            .mapWith(Triple::getObject)
                            .filterKeep(Node::isLiteral)
                            .forEachRemaining(label ->
                                    add(all, term, label.getLiteralLexicalForm(), label.getLiteralLanguage(), isMain));
                }
            });
            Word[] sorted = all.toArray(Word[]::new);
            Arrays.sort(sorted, Comparator.comparing(Word::word));
            words = sorted;
        }
        return words;
    }

    private static void add(List<Word> all, Node term, String text, String language, boolean isMain) {
        List<String> parts = Arrays.stream(BORDER.split(text))
                .filter(part -> !part.isEmpty())
                .map(Fold::fold)
                .toList();
        Name name = new Name(term, text, language, isMain, String.join(" ", parts));
        parts.forEach(part -> all.add(new Word(part, name)));
    }
}
